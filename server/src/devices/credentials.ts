import { createHash, randomBytes } from 'node:crypto'
import { AppError, base32, newId, type CredentialId, type HomeId, type SubjectId } from '@eaves/model'
import type { BrokerListen } from '@eaves/driver-kit'
import type { Credential, CredentialMade, CredentialScopeWish } from '@eaves/model/api'
import { reachableHost } from '../broker-port.ts'
import { isoInstant } from '../deps.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import type { DriverWord, Homes } from '../homes/homes.ts'
import { roleVerbs } from '../privacy/privacy.ts'
import type { Connections } from './connections.ts'
import { brokerScope, chooseScope, topicOf } from './scopes.ts'
import {
  deleteCredentials,
  insertCredential,
  loadCredentials,
  type CredentialRecord,
  type FactsDb,
} from './store.ts'

const credentialsPerHome = 2000

export interface CredentialsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly connections: Connections
  readonly drivers: Pick<DriverHost, 'send' | 'onUp' | 'onDown'>
  /** The embedded broker's listener; null when it is off. */
  readonly listen: BrokerListen | null
  readonly now: () => number
  readonly random?: (size: number) => Uint8Array
}
export interface BrokerState {
  readonly state: 'listening' | 'failed' | 'off'
  readonly port: number | undefined
}

/** Access data of the embedded broker: one for each device, each fixed to its home. */
export class Credentials {
  readonly #deps: CredentialsDeps
  readonly #byHome = new Map<HomeId, CredentialRecord[]>()
  readonly #connected = new Set<string>()
  /** One is made at a time, so that wishes at once are counted as many as they are. */
  #making: Promise<unknown> = Promise.resolve()
  readonly #endings: (() => void)[] = []
  readonly #brokerListeners = new Set<(state: BrokerState) => void>()
  #broker: BrokerState = { state: 'off', port: undefined }

  constructor(deps: CredentialsDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { facts, homes, drivers, listen } = this.#deps
    for (const home of homes.ids()) this.#byHome.set(home, await loadCredentials(facts, home))
    homes.intake.listen((word) => this.#hear(word))
    homes.onClosing(async (home) => {
      this.#byHome.delete(home)
      this.#push()
    })
    this.#endings.push(
      drivers.onUp(() => {
        this.#push()
        drivers.send({ t: 'broker', listen })
      }),
      drivers.onDown(() => {
        this.#connected.clear()
        this.#broker = { state: 'off', port: undefined }
      }),
    )
  }

  stop(): void {
    for (const end of this.#endings.splice(0)) end()
  }

  broker(): BrokerState {
    return this.#broker
  }

  /** Told when the embedded broker listens, fails or ends; a port that was chosen is kept by whoever asked for it. */
  onBroker(listener: (state: BrokerState) => void): void {
    this.#brokerListeners.add(listener)
  }

  #hear(word: DriverWord): void {
    if (word.t === 'client') {
      if (word.connected === true) this.#connected.add(word.credential)
      else this.#connected.delete(word.credential)
    } else if (word.t === 'broker') {
      this.#broker = { state: word.state, port: typeof word.port === 'number' ? word.port : undefined }
      for (const listener of this.#brokerListeners) listener(this.#broker)
    }
  }

  /** Always the whole list: what is missing is revoked at once. // pp.5.1 */
  #push(): void {
    const list = [...this.#byHome].flatMap(([home, all]) => {
      const prefix = this.#deps.connections.discoveryPrefix(home)
      return all.map(({ id, username, hash, scope }) => ({
        id,
        home,
        username,
        passwordHash: hash,
        scope: brokerScope(scope, prefix),
      }))
    })
    this.#deps.drivers.send({ t: 'credentials', list })
  }

  list(home: HomeId): Credential[] {
    return (this.#byHome.get(home) ?? []).map((each) => this.#view(each))
  }

  /** The password is in this answer and nowhere else. */
  add(home: HomeId, subject: SubjectId, name: string, wish?: CredentialScopeWish): Promise<CredentialMade> {
    const mine = this.#making.then(() => this.#add(home, subject, name, wish))
    this.#making = mine.catch(() => undefined)
    return mine
  }

  async #add(
    home: HomeId,
    subject: SubjectId,
    name: string,
    wish: CredentialScopeWish | undefined,
  ): Promise<CredentialMade> {
    const { facts, homes, connections, listen, now, random = randomBytes } = this.#deps
    // Whoever has left, or is a keeper no more, since asking makes nothing that would outlive their right to.
    const role = homes.rolesOf(subject).get(home)
    if (role === undefined) throw new AppError('auth.not-found')
    if (roleVerbs.get(role)?.has('credential.manage') !== true) throw new AppError('auth.forbidden')
    if (listen === null)
      throw new AppError('input.conflict', { detail: 'The built-in broker is off on this server.' })
    const others = this.#byHome.get(home) ?? []
    if (others.length >= credentialsPerHome)
      throw new AppError('input.conflict', {
        detail: `A home has at most ${credentialsPerHome} credentials.`,
      })
    const password = Buffer.from(random(32)).toString('base64url')
    const username = `d-${base32(random(10))}`
    const record: CredentialRecord = {
      id: newId<CredentialId>(),
      name,
      username,
      scope: chooseScope(
        wish,
        username,
        others.map((each) => each.scope),
        connections.discoveryPrefix(home),
      ),
      hash: createHash('sha256').update(password).digest('hex'),
      createdAt: now(),
      madeBy: subject,
    }
    await connections.addEmbedded(home, subject)
    await insertCredential(facts, home, subject, record)
    this.#byHome.set(home, [...(this.#byHome.get(home) ?? []), record])
    this.#push()
    const host = reachableHost(listen.host)
    const port = this.#broker.port ?? listen.port
    const tls = listen.tls !== undefined
    return {
      ...this.#view(record),
      password,
      host,
      port,
      tls,
      topic: topicOf(record.scope),
      uri: `${tls ? 'mqtts' : 'mqtt'}://${username}:${password}@${host.includes(':') ? `[${host}]` : host}:${port}`,
    }
  }

  async remove(home: HomeId, id: CredentialId): Promise<void> {
    const all = this.#byHome.get(home) ?? []
    if (!all.some((each) => each.id === id)) throw new AppError('auth.not-found')
    await this.#end(home, new Set([id]))
  }

  /** Ends what these people made, or all of the home; answers how many that were. One that is being made is waited for. // T9 */
  endOf(home: HomeId, makers: ReadonlySet<SubjectId> | 'all'): Promise<number> {
    const mine = this.#making.then(async () => {
      const all = this.#byHome.get(home) ?? []
      const gone = all.filter(
        ({ madeBy }) => makers === 'all' || (madeBy !== undefined && makers.has(madeBy)),
      )
      if (gone.length > 0) await this.#end(home, new Set(gone.map((each) => each.id)))
      return gone.length
    })
    this.#making = mine.catch(() => undefined)
    return mine
  }

  async #end(home: HomeId, ids: ReadonlySet<CredentialId>): Promise<void> {
    await deleteCredentials(this.#deps.facts, home, [...ids])
    this.#byHome.set(
      home,
      (this.#byHome.get(home) ?? []).filter((each) => !ids.has(each.id)),
    )
    for (const id of ids) this.#connected.delete(id)
    this.#push()
  }

  #view({ id, name, username, createdAt, scope, madeBy }: CredentialRecord): Credential {
    return {
      id,
      name,
      username,
      scope,
      createdAt: isoInstant(createdAt),
      connected: this.#connected.has(id),
      ...(madeBy === undefined ? {} : { madeBy }),
    }
  }
}
