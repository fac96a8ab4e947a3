import assert from 'node:assert/strict'
import { newId, type HomeId, type HomeRole, type SubjectId } from '@eaves/model'
import type { Entry } from '../server/src/http/entry.ts'
import { openInHouse, type Answer, type InHouse } from './in-house.ts'
import { sampleOf } from './sample-body.ts'
import type { Dialect } from '../server/src/store/testing.ts'

/** Whoever calls: what they hold, and what they are in each home of the world. */
export interface Caller {
  readonly name: string
  readonly kind: 'stranger' | 'person' | 'token' | 'panel'
  readonly cookie?: string
  readonly token?: string
  readonly roles: ReadonlyMap<string, HomeRole>
  /** What a token was made for; absent = everything. */
  readonly homes?: ReadonlySet<string>
  readonly verbs?: ReadonlySet<string>
  readonly agreed: boolean
}
export interface World extends InHouse {
  readonly callers: readonly Caller[]
  /** The home that most callers belong to, another of theirs in which they are guests, and one of a stranger. */
  readonly own: HomeId
  readonly lesser: HomeId
  readonly foreign: HomeId
  readonly deleted: HomeId
  /** Path parameters that name what stands in this home. */
  readonly inside: (home: HomeId) => Readonly<Record<string, string>>
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
}

/** A server with three homes, somebody of each role, tokens of each kind, and people who are no longer or not yet let in. */
export async function openWorld(dialect: Dialect): Promise<World> {
  const inside = await openInHouse(dialect)
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
  const expired = (await house.people.tokens.create(owner, { name: 'expired', days: 1 }, 'test')).token
  clock.advance(2 * dayMs)
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
        { name, days: 1, ...(homes && { homes }), ...(verbs && { verbs }) },
        'test',
      )
    ).token,
    ...(homes && { homes: new Set(homes) }),
    ...(verbs && { verbs: new Set(verbs) }),
  })
  const ended = await token('revoked')
  const [row] = (await house.people.tokens.list(owner)).filter((each) => each.name === 'revoked')
  await house.people.tokens.end(owner, row!.id)
  const outside = { roles: new Map<string, HomeRole>(), agreed: true }
  const callers: Caller[] = [
    { name: 'stranger', kind: 'stranger', ...outside },
    { name: 'forged cookie', kind: 'stranger', cookie: 'A'.repeat(43), ...outside },
    { name: 'forged token', kind: 'stranger', token: `eaves_pat_${'A'.repeat(43)}`, ...outside },
    { name: 'expired token', kind: 'stranger', token: expired, ...outside },
    { ...ended, ...outside, name: 'revoked token', kind: 'stranger' },
    ...(await Promise.all(
      homeRoles.map(async (role): Promise<Caller> => ({
        name: role,
        kind: 'person',
        cookie: await cookie(people[role]),
        roles: roles(role),
        agreed: true,
      })),
    )),
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
  ]
  const stands = new Map(
    await Promise.all(
      [own, lesser, foreign].map(
        async (home) => [home, await inHome(inside, home, home === own ? owner : stranger)] as const,
      ),
    ),
  )
  await settled(inside)
  return {
    ...inside,
    callers,
    own,
    lesser,
    foreign,
    deleted,
    inside: (home) => stands.get(home)!,
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

async function inHome(
  { house, signIn, call, driver }: InHouse,
  home: HomeId,
  owner: SubjectId,
): Promise<Record<string, string>> {
  const { cookie, session } = await signIn(owner)
  const made = async (path: string, body: unknown) => {
    const answer = await call({ method: 'POST', path: `/api/homes/${home}${path}`, cookie, body })
    assert.ok(answer.status < 300, answer.text)
    return answer.json.id as string
  }
  const { json: devices } = await call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie })
  const lamp = (devices as { id: string; name: string }[]).find((each) => each.name.startsWith('Lamp'))!
  const { json: onboardings } = await call({ method: 'GET', path: `/api/homes/${home}/onboarding`, cookie })
  const { connection } = onboardings[0] as { connection: string }
  driver.say({
    t: 'bridge',
    connection,
    bridge: { id: '0x1', name: 'Coordinator', online: true, acts: ['permitJoin', 'createGroup'] },
  })
  const { json: bridges } = await call({ method: 'GET', path: `/api/homes/${home}/bridges`, cookie })
  const joining = made('/joins', { bridge: bridges[0].id, seconds: 60 })
  const asked = () => driver.of('act').find((each) => each.connection === connection)
  while (asked() === undefined) await new Promise((resolve) => setImmediate(resolve))
  driver.say({ t: 'acted', act: asked()!.act })
  const [document] = house.privacy.documents('en')
  const command = await made(`/devices/${lamp.id}/commands`, { capability: 'onOff', command: 'turnOn' })
  driver.say({ t: 'refused', command, code: 'device.rejected' }) // nothing is left to time out later
  return {
    home,
    device: lamp.id,
    command,
    signIn: session,
    purpose: 'account.device-label',
    document: document!.document,
    version: document!.version,
    locale: 'en',
    floor: await made('/floors', { name: 'Floor' }),
    room: await made('/rooms', { name: 'Room' }),
    credential: await made('/mqtt/credentials', { name: 'Credential' }),
    onboarding: onboardings[0].id,
    connection,
    bridge: bridges[0].id,
    join: await joining,
    group: await made('/groups', { name: 'Group', devices: [lamp.id] }),
    panel: (await house.panels.add(home, owner, { name: 'Panel' })).id,
    member: owner,
    token: (await house.people.tokens.create(owner, { name: 'kept', days: 1 }, 'test')).id,
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
