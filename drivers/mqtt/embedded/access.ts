import { createHash, timingSafeEqual } from 'node:crypto'
import type { BrokerCredential, BrokerScope } from '@eaves/driver-kit'
import { Scope } from './scope.ts'

const connectBurst = 20
const connectsPerSecond = 0.5
/** Each filter, also one held already, is compared with all that is kept: subscribing over and over would hold up every home. */
const filterBurst = 2000
const filtersPerSecond = 50

/** So many at once, and then so many a second. */
class Allowance {
  readonly #most: number
  readonly #perSecond: number
  #left: number
  #at = 0

  constructor(most: number, perSecond: number) {
    this.#most = most
    this.#perSecond = perSecond
    this.#left = most
  }
  take(now: number): boolean {
    const earned = (Math.max(0, now - this.#at) / 1000) * this.#perSecond
    this.#left = Math.min(this.#most, this.#left + earned)
    this.#at = now
    if (this.#left < 1) return false
    this.#left--
    return true
  }
}

/** A credential as it holds now; `isLive` ends with it and never comes back. */
export class Grant {
  readonly id: string
  readonly home: string
  readonly credential: BrokerCredential
  readonly scope: Scope
  /** What it announces speaks for it and for no other device. // pp.5.1 */
  readonly reaches = (topic: string): boolean => this.scope.publish(topic) === 'yes'
  isLive = true
  readonly #connects = new Allowance(connectBurst, connectsPerSecond)
  readonly #filters = new Allowance(filterBurst, filtersPerSecond)

  constructor(credential: BrokerCredential) {
    this.id = credential.id
    this.home = credential.home
    this.credential = credential
    this.scope = new Scope(credential.scope)
  }
  /** Whether it may connect once more now: two devices with one credential would throw each other out for ever. */
  takeConnect(now: number): boolean {
    return this.#connects.take(now)
  }
  /** Whether it may subscribe to one more filter now. */
  takeFilter(now: number): boolean {
    return this.#filters.take(now)
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
