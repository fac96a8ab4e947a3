import { createHash, timingSafeEqual } from 'node:crypto'
import type { BrokerCredential, BrokerScope } from '@eaves/driver-kit'
import { Scope } from './scope.ts'

const connectBurst = 20
const connectsPerSecond = 0.5

/** A credential as it holds now; `isLive` ends with it and never comes back. */
export class Grant {
  readonly id: string
  readonly home: string
  readonly credential: BrokerCredential
  readonly scope: Scope
  isLive = true
  #connects = connectBurst
  #connectedAt = 0

  constructor(credential: BrokerCredential) {
    this.id = credential.id
    this.home = credential.home
    this.credential = credential
    this.scope = new Scope(credential.scope)
  }
  /** Whether it may connect once more now: two devices with one credential would throw each other out for ever. */
  takeConnect(now: number): boolean {
    const earned = (Math.max(0, now - this.#connectedAt) / 1000) * connectsPerSecond
    this.#connects = Math.min(connectBurst, this.#connects + earned)
    this.#connectedAt = now
    if (this.#connects < 1) return false
    this.#connects--
    return true
  }
}

/** The credentials that hold now; everything else is refused. */
export class Credentials {
  #byUsername = new Map<string, Grant>()
  #byId = new Map<string, Grant>()

  /** Takes the whole list; returns what holds no longer as it was. */
  replace(list: readonly BrokerCredential[]): readonly Grant[] {
    const old = this.#byId
    this.#byId = new Map()
    this.#byUsername = new Map()
    for (const one of list) {
      const held = old.get(one.id)
      const grant = held !== undefined && isSame(one, held.credential) ? held : new Grant(one)
      this.#byId.set(one.id, grant)
      this.#byUsername.set(one.username, grant)
    }
    const gone = [...old.values()].filter((one) => this.#byId.get(one.id) !== one)
    for (const one of gone) one.isLive = false
    return gone
  }
  verify(username: string | undefined, password: Buffer | undefined): Grant | undefined {
    const found = username === undefined ? undefined : this.#byUsername.get(username)
    const given = createHash('sha256')
      .update(password ?? Buffer.alloc(0))
      .digest()
    const wanted = Buffer.from(found?.credential.passwordHash ?? '', 'hex')
    // An unknown name takes the same path as a wrong password.
    const isRight = timingSafeEqual(
      given,
      wanted.length === given.length ? wanted : Buffer.alloc(given.length),
    )
    return isRight && wanted.length === given.length && password !== undefined ? found : undefined
  }
  /** The grant of an id in a home, while it holds. */
  grant(id: string, home: string): Grant | undefined {
    const grant = this.#byId.get(id)
    return grant?.home === home ? grant : undefined
  }
}

function isSame(a: BrokerCredential, b: BrokerCredential): boolean {
  return (
    a.home === b.home &&
    a.username === b.username &&
    a.passwordHash === b.passwordHash &&
    isSameScope(a.scope, b.scope)
  )
}
function isSameScope(a: BrokerScope, b: BrokerScope): boolean {
  const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((filter, at) => filter === other[at])
  return (
    isSameList(a.publish, b.publish) &&
    isSameList(a.announce, b.announce) &&
    isSameList(a.subscribe, b.subscribe) &&
    a.messagesPerSecond === b.messagesPerSecond &&
    a.mostRetained === b.mostRetained
  )
}
