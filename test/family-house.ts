import assert from 'node:assert/strict'
import { newId, type HomeId, type HomeRole, type SubjectId } from '@eaves/model'
import type { Member } from '@eaves/model/api'
import { stepUpMs } from '@eaves/policy'
import type { Membership } from '../server/src/homes/homes.ts'
import { asSignIn, setVerified } from '../server/src/people/store.ts'
import type { Dialect } from '../server/src/store/testing.ts'
import { openInHouse, type Answer, type InHouse } from './in-house.ts'

/** Somebody who calls. */
export interface Someone {
  readonly subject: SubjectId
  readonly email: string
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Answer>
}
export interface FamilyHouse extends InHouse {
  readonly home: HomeId
  readonly owner: Someone
  /** Somebody with an account, and with a place in the home when a role is named. */
  readonly somebody: (name: string, role?: HomeRole, more?: Partial<Membership>) => Promise<Someone>
  /** The same person with another token or sign-in. */
  readonly byToken: (
    someone: Someone,
    more?: { readonly homes?: HomeId[]; readonly verbs?: string[] },
  ) => Promise<Someone['ask']>
  readonly roleOf: (someone: Someone) => HomeRole | undefined
  /** A path below the home. */
  readonly at: (path?: string) => string
  /** The path of somebody's place in the home. */
  readonly member: (someone: Someone) => string
  /** What a member sees of another, undefined where that is nothing. */
  readonly seenBy: (viewer: Someone, whom: Someone) => Promise<Member>
  /** Ids of the lamp and the lock that stand in the home. */
  readonly devices: () => Promise<{ readonly lamp: string; readonly lock: string }>
}

/** A claimed server with one home, its owner, a lamp and a lock. */
export async function openFamily(
  dialect: Dialect = 'sqlite',
  startMs?: number,
  more: Parameters<typeof openInHouse>[2] = {},
): Promise<FamilyHouse> {
  const inside = await openInHouse(dialect, startMs, more)
  const { house, codes, call } = inside
  const { subject } = await house.people.claim.claim({
    code: codes.at(-1)!,
    identifier: { email: 'owner@example.org' },
    acts: house.privacy.currentActs('en', 'EU'),
    surface: 'app',
    place: { address: '192.0.2.0' },
  })
  // Letters go to addresses that are proved.
  await setVerified(asSignIn(house.stores.facts, 'service.core'), subject, 'email', inside.clock.now())
  const home = await house.createHome(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
  await inside.furnish(home, subject, 'elm')
  house.app(() => inside.origins, { name: 'x', secure: false })
  const asSomeone = async (each: SubjectId, email: string): Promise<Someone> => {
    let signedIn = { at: inside.clock.now(), ...(await inside.signIn(each)) }
    return {
      subject: each,
      email,
      ask: async (method, path, body) => {
        // A sign-in ends when it is not used for days, and sensitive acts take a fresh proof.
        if (inside.clock.now() - signedIn.at > stepUpMs)
          signedIn = { at: inside.clock.now(), ...(await inside.signIn(each)) }
        return call({ method, path, cookie: signedIn.cookie, body })
      },
    }
  }
  const owner = await asSomeone(subject, 'owner@example.org')
  const at = (path = '') => `/api/homes/${home}${path}`
  return {
    ...inside,
    home,
    owner,
    somebody: async (name, role, more) => {
      const email = `${name}-${newId().slice(0, 6)}@example.org`
      const each = await inside.person(email)
      if (role !== undefined) await inside.join(home, each, role, more)
      return asSomeone(each, email)
    },
    byToken: async (someone, more) => {
      const wish = { name: 'token', days: 1, homes: 'all', verbs: 'all', ...more } as const
      const { token } = await house.people.tokens.create(someone.subject, wish, 'test')
      return (method, path, body) => call({ method, path, token, body })
    },
    get house() {
      return inside.house
    },
    at,
    member: (someone) => at(`/members/${someone.subject}`),
    seenBy: async (viewer, whom) =>
      assertOk(await viewer.ask('GET', at('/members'))).find(
        (each: Member) => each.accountId === whom.subject,
      ),
    roleOf: (someone) => inside.house.homes.rolesOf(someone.subject).get(home),
    devices: async () => {
      const { json } = await owner.ask('GET', `/api/homes/${home}/devices`)
      const of = (start: string) =>
        (json as { id: string; name: string }[]).find((each) => each.name.startsWith(start))!.id
      return { lamp: of('Lamp'), lock: of('Lock') }
    },
  }
}

/** The answer's status and, of a problem, its code and wrong fields. */
export const told = ({ status, json }: Answer): string =>
  [status, json?.code, ...(json?.errors ?? []).map((each: any) => `${each.path} ${each.code}`)]
    .filter((each) => each !== undefined)
    .join(' ')

export function assertOk(answer: Answer, status = 200): any {
  assert.equal(answer.status, status, answer.text)
  return answer.json
}

export const statuses = (answers: readonly Answer[]): number[] =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b)
