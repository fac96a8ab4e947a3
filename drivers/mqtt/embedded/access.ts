import { createHash, timingSafeEqual } from 'node:crypto'
import type { BrokerCredential } from '@eaves/driver-kit'

/** The credentials that hold now; everything else is refused. */
export class Credentials {
  #byUsername = new Map<string, BrokerCredential>()
  #byId = new Map<string, BrokerCredential>()

  /** Takes the whole list; returns the credentials that hold no longer as they were. */
  replace(list: readonly BrokerCredential[]): readonly BrokerCredential[] {
    const old = this.#byId
    this.#byId = new Map(list.map((one) => [one.id, one]))
    this.#byUsername = new Map(list.map((one) => [one.username, one]))
    return [...old.values()].filter((one) => !isSame(one, this.#byId.get(one.id)))
  }
  verify(username: string | undefined, password: Buffer | undefined): BrokerCredential | undefined {
    const found = username === undefined ? undefined : this.#byUsername.get(username)
    const given = createHash('sha256')
      .update(password ?? Buffer.alloc(0))
      .digest()
    const wanted = Buffer.from(found?.passwordHash ?? '', 'hex')
    // An unknown name takes the same path as a wrong password.
    const isRight = timingSafeEqual(
      given,
      wanted.length === given.length ? wanted : Buffer.alloc(given.length),
    )
    return isRight && wanted.length === given.length && password !== undefined ? found : undefined
  }
  /** Whether this very credential still holds: same home, same password. */
  holds(credential: BrokerCredential): boolean {
    return isSame(credential, this.#byId.get(credential.id))
  }
  holdsId(id: string, home: string): boolean {
    return this.#byId.get(id)?.home === home
  }
}
function isSame(a: BrokerCredential, b: BrokerCredential | undefined): boolean {
  return (
    b !== undefined && a.home === b.home && a.username === b.username && a.passwordHash === b.passwordHash
  )
}

const longestTopic = 512
const mostLevels = 32
const fits = (topic: string): boolean =>
  topic.length > 0 &&
  topic.length <= longestTopic &&
  !topic.includes('\u0000') &&
  topic.split('/').length <= mostLevels

/** A device may write anything of its own home but what begins with a dollar sign: `$SYS` and `$share` are closed. */
export function mayPublish(topic: string): boolean {
  return fits(topic) && !topic.startsWith('$') && !/[+#]/.test(topic)
}
export function maySubscribe(filter: string): boolean {
  return fits(filter) && !filter.startsWith('$')
}
/** What may be delivered: nothing of the broker's own, whatever filter it came through. */
export function mayReceive(topic: string): boolean {
  return !topic.startsWith('$')
}
