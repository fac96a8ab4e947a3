import assert from 'node:assert/strict'
import {
  newId,
  type HomeId,
  type HomeRole,
  type MemberLimits,
  type StaffRole,
  type SubjectId,
} from '@eaves/model'
import { stepUpMs } from '@eaves/policy'
import type { Entry } from '../server/src/http/entry.ts'
import { early, standsIn } from './authorisation-stands.ts'
import { anHour } from './authorisation-meter.ts'
import { openInHouse, type Answer, type InHouse } from './in-house.ts'
import { sampleOf } from './sample-body.ts'
import type { Dialect } from '../server/src/store/testing.ts'

/** Whoever calls: what they hold, and what they are in each home of the world. */
export interface Caller {
  readonly name: string
  readonly kind: 'stranger' | 'person' | 'token' | 'panel' | 'staff'
  /** What staff are there for. */
  readonly work?: StaffRole
  readonly cookie?: string
  readonly token?: string
  readonly roles: ReadonlyMap<string, HomeRole>
  /** What a token was made for; absent = everything. */
  readonly homes?: ReadonlySet<string>
  readonly verbs?: ReadonlySet<string>
  readonly agreed: boolean
  /** `old`: proved who they are longer ago than sensitive acts take. */
  readonly proof?: 'old'
  /** What narrows them in a home. */
  readonly limits?: ReadonlyMap<string, Limits>
}
export type Limits = Pick<MemberLimits, 'reach' | 'rules'> & { readonly isClosed: boolean }
export interface World extends InHouse {
  readonly isHousehold: boolean
  readonly callers: readonly Caller[]
  /** The home that most callers belong to, another of theirs in which they are guests, and one of a stranger. */
  readonly own: HomeId
  readonly lesser: HomeId
  readonly foreign: HomeId
  readonly deleted: HomeId
  /** Path parameters that name what stands in this home. */
  readonly inside: (home: HomeId) => Readonly<Record<string, string>>
  /** A device of this home that the narrowed do not see. */
  readonly hidden: (home: HomeId) => string
  readonly ask: (
    caller: Caller,
    entry: Entry,
    params: Readonly<Record<string, string>>,
    query?: string,
  ) => Promise<Answer>
}

export const homeRoles = [
  'owner',
  'admin',
  'adult',
  'child',
  'guest',
  'kiosk',
] as const satisfies readonly HomeRole[]
const dayMs = 86_400_000
/** Fields whose sample would change something in the home, so that a refusal that fails to refuse is seen. */
const known = {
  zone: 'Europe/Berlin',
  email: 'x@example.org',
  capability: 'onOff',
  command: 'turnOn',
  driver: 'mqtt',
  config: { url: 'mqtt://127.0.0.1:1' },
  pin: '4711',
  ...{ ...early, ...anHour },
}

/** What makes the world a hosted one, with people who work there. */
export interface Hosted {
  readonly env?: Readonly<Record<string, string>>
  /** Called when what is proved now will be old, and what it answers when it is. */
  readonly staff?: (inside: InHouse) => Promise<() => Promise<readonly Caller[]>>
}
/** A server with three homes, somebody of each role, tokens of each kind, and people who are no longer or not yet let in. */
export async function openWorld(dialect: Dialect, { env, staff }: Hosted = {}): Promise<World> {
  const inside = await openInHouse(dialect, undefined, env === undefined ? {} : { env })
  const { house, clock } = inside
  const people = await settle(inside)
  const { owner, stranger } = people
  const create = async (subject: SubjectId, name: string) =>
    house.createHome(subject, { name, zone: 'Europe/Berlin' })
  const own = await create(owner, 'OWN house')
  const lesser = await create(stranger, 'LESSER house')
  const foreign = await create(stranger, 'FOREIGN house')
  const deleted = await create(owner, 'DELETED house')
  for (const role of homeRoles) if (role !== 'owner') await inside.join(own, people[role], role)
  await inside.join(own, people.lapsed, 'owner')
  for (const subject of Object.values(people))
    if (subject !== stranger) await inside.join(lesser, subject, 'guest')
  for (const [home, subject, tag] of [
    [own, owner, 'own'],
    [lesser, stranger, 'lesser'],
    [foreign, stranger, 'foreign'],
  ] as const)
    await inside.furnish(home, subject, tag)
  const expired = (
    await house.people.tokens.create(owner, { name: 'expired', homes: 'all', verbs: 'all', days: 1 }, 'test')
  ).token
  clock.advance(2 * dayMs)
  const long = await inside.signIn(owner)
  const staffLater = await staff?.(inside)
  clock.advance(stepUpMs + 1)
  await house.homes.remove(deleted, owner)
  await house.privacy.refuse(people.lapsed, 'en', 'EU', 'app')
  const roles = (role: HomeRole) =>
    new Map<string, HomeRole>([
      [own, role],
      [lesser, 'guest'],
    ])
  const cookie = async (subject: SubjectId) => (await inside.signIn(subject)).cookie
  const token = async (name: string, homes?: string[], verbs?: string[]): Promise<Caller> => ({
    name: `token ${name}`,
    kind: 'token',
    agreed: true,
    roles: roles('owner'),
    token: (
      await house.people.tokens.create(
        owner,
        { name, days: 1, homes: homes ?? 'all', verbs: verbs ?? 'all' },
        'test',
      )
    ).token,
    ...(homes && { homes: new Set(homes) }),
    ...(verbs && { verbs: new Set(verbs) }),
  })
  const ended = await token('revoked')
  const endToken = async (name: string) => {
    const [row] = (await house.people.tokens.list(owner)).filter((each) => each.name === name)
    await house.people.tokens.end(owner, row!.id)
  }
  await endToken('revoked')
  // Used a moment ago, so that what the server remembers of it is put to the test.
  const midFlight = await token('revoked after use')
  assert.equal((await inside.call({ method: 'GET', path: '/api/homes', token: midFlight.token })).status, 200)
  await endToken('revoked after use')
  const signedOut = await inside.signIn(owner)
  assert.equal(
    (await inside.call({ method: 'GET', path: '/api/homes', cookie: signedOut.cookie })).status,
    200,
  )
  await house.people.sessions.end(owner, { only: signedOut.session })
  const narrowed = await narrow(inside, own, lesser)
  const outside = { roles: new Map<string, HomeRole>(), agreed: true }
  const callers: Caller[] = [
    { name: 'stranger', kind: 'stranger', ...outside },
    { name: 'forged cookie', kind: 'stranger', cookie: 'A'.repeat(43), ...outside },
    { name: 'forged token', kind: 'stranger', token: `eaves_pat_${'A'.repeat(43)}`, ...outside },
    { name: 'expired token', kind: 'stranger', token: expired, ...outside },
    { ...ended, ...outside, name: 'revoked token', kind: 'stranger' },
    { ...midFlight, ...outside, name: 'token revoked after use', kind: 'stranger' },
    { name: 'ended sign-in', kind: 'stranger', cookie: signedOut.cookie, ...outside },
    ...(await Promise.all(
      homeRoles.map(async (role): Promise<Caller> => ({
        name: role,
        kind: 'person',
        cookie: await cookie(people[role]),
        roles: roles(role),
        agreed: true,
      })),
    )),
    ...narrowed,
    {
      name: 'owner with an old proof',
      kind: 'person',
      cookie: long.cookie,
      roles: roles('owner'),
      agreed: true,
      proof: 'old',
    },
    {
      name: 'ex-member',
      kind: 'person',
      cookie: await cookie(people.former),
      roles: new Map([[lesser, 'guest']]),
      agreed: true,
    },
    {
      name: 'without the current agreement',
      kind: 'person',
      cookie: await cookie(people.lapsed),
      roles: roles('owner'),
      agreed: false,
    },
    {
      name: 'wall panel',
      kind: 'panel',
      cookie: await hang(inside, own, owner),
      roles: new Map([[own, 'kiosk']]),
      agreed: true,
    },
    await token('with all rights'),
    await token('for this home', [own]),
    await token('for another home', [lesser]),
    await token('with one verb', undefined, ['device.read']),
    ...((await staffLater?.()) ?? []),
  ]
  const stands = new Map(
    await Promise.all(
      [own, lesser, foreign].map(
        async (home) => [home, await standsIn(inside, home, home === own ? owner : stranger)] as const,
      ),
    ),
  )
  await settled(inside)
  return {
    ...inside,
    isHousehold: env === undefined,
    callers,
    own,
    lesser,
    foreign,
    deleted,
    inside: (home) => stands.get(home)!,
    hidden: (home) => hiddenIn(inside, home),
    ask: (caller, entry, params, query = '') => ask(inside, caller, entry, params, query),
  }
}

async function settle(
  inside: InHouse,
): Promise<Record<HomeRole | 'former' | 'lapsed' | 'stranger', SubjectId>> {
  const { house, codes, person } = inside
  const { subject } = await house.people.claim.claim({
    code: codes.at(-1)!,
    identifier: { email: 'owner@example.org' },
    acts: house.privacy.currentActs('en', 'EU'),
    surface: 'app',
    place: { address: '192.0.2.0' },
  })
  const [admin, adult, child, guest, kiosk, former, lapsed, stranger] = await Promise.all(
    ['admin', 'adult', 'child', 'guest', 'kiosk', 'former', 'lapsed', 'stranger'].map((name) =>
      person(`${name}@example.org`),
    ),
  )
  return {
    owner: subject,
    admin: admin!,
    adult: adult!,
    child: child!,
    guest: guest!,
    kiosk: kiosk!,
    former: former!,
    lapsed: lapsed!,
    stranger: stranger!,
  }
}

const hiddenIn = ({ house }: InHouse, home: HomeId): string =>
  [...house.homes.runtime(home).devices.values()].find((each) => each.name.startsWith('Lock'))!.id

/** Members whose role says less than half of what they may: by device, by hour, and a child without an adult. */
async function narrow(inside: InHouse, own: HomeId, lesser: HomeId): Promise<Caller[]> {
  const { house, clock } = inside
  const lamp = [...house.homes.runtime(own).devices.values()].find((each) => each.name.startsWith('Lamp'))!.id
  const closed: Limits = { isClosed: true, reach: 'listed', rules: [] }
  const lampOnly = { effect: 'allow', on: { device: lamp }, acts: ['see', 'control'] } as const
  const listed = { reach: 'listed', rules: [lampOnly] } as const
  const made = async (name: string, role: HomeRole, limits: Limits, more: Parameters<InHouse['join']>[3]) => {
    const subject = await inside.person(`${name.replaceAll(' ', '-')}@example.org`)
    await inside.join(own, subject, role, more)
    await inside.join(lesser, subject, 'guest')
    const roles = new Map<string, HomeRole>([
      [own, role],
      [lesser, 'guest'],
    ])
    return {
      name,
      kind: 'person',
      agreed: true,
      roles,
      limits: new Map([[own as string, limits]]),
      cookie: (await inside.signIn(subject)).cookie,
    } as const
  }
  const hours = { reach: 'all', rules: [], hours: [] } as const
  return Promise.all([
    made(
      'guest with one lamp',
      'guest',
      { isClosed: false, ...listed },
      { limits: { ...listed, hours: [] } },
    ),
    made(
      'adult with one lamp',
      'adult',
      { isClosed: false, ...listed },
      { limits: { ...listed, hours: [] } },
    ),
    made('guest before the beginning', 'guest', closed, {
      limits: hours,
      startsAt: clock.now() + 30 * dayMs,
    }),
    made('child without an adult', 'child', closed, { guardian: undefined }),
  ])
}

/** The cookie of a wall panel that was added and paired. */
async function hang({ house }: InHouse, home: HomeId, keeper: SubjectId): Promise<string> {
  const { pairing } = await house.panels.add(home, keeper, { name: 'Hall' })
  return (await house.panels.pair(pairing.code, '192.0.2.0')).secret
}

/** Until nothing more is written by itself. */
async function settled({ mark }: InHouse): Promise<void> {
  for (let last = '', now = await mark(); last !== now; now = await mark()) {
    last = now
    await new Promise((resolve) => setTimeout(resolve, 400))
  }
}

async function ask(
  { call }: InHouse,
  caller: Caller,
  entry: Entry,
  params: Readonly<Record<string, string>>,
  query: string,
): Promise<Answer> {
  const path = entry.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => params[name] ?? newId()) + query
  const body = entry.body === undefined ? undefined : sampleOf(entry.body, known)
  return call({ method: entry.method.toUpperCase(), path, cookie: caller.cookie, token: caller.token, body })
}
