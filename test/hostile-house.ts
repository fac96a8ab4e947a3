import assert from 'node:assert/strict'
import type { DeviceId, HomeId, HomeRole, RoomId, SubjectId } from '@eaves/model'
import { lampMessage } from '../server/src/devices/testing.ts'
import { openFamily, type FamilyHouse } from './family-house.ts'

/** What somebody may call themselves or their things, and what no entry lets in but a screen must bear all the same. */
export const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)//"><a href=javascript:alert(1)>x',
  '<svg/onload=alert(1)><style>*{display:none}</style>',
  '</title></style>{{7*7}}${7*7}<%=7*7%>{0, plural, other {#}}',
  '👩‍👩‍👧‍👦'.repeat(80),
  'W'.repeat(80),
  'ל'.repeat(80),
  '\u202eright\u2066to\u202bleft\u0007\u0000',
  `${'x'.repeat(9_990)}<b>${'Z\u0351\u0352\u0353'.repeat(8)}`,
] as const

export interface HostileHouse {
  readonly family: FamilyHouse
  readonly home: HomeId
  readonly rooms: readonly RoomId[]
  readonly lamps: readonly DeviceId[]
  readonly group: string
  readonly members: readonly SubjectId[]
  /** Codes of an invitation and of a panel that wait. */
  readonly invitation: string
  readonly pairing: string
  readonly guest: SubjectId
  readonly cookies: { readonly owner: string; readonly guest: string; readonly panel: string }
}

/** A home where every name is hostile, written past the entries that would refuse some of them. */
export async function openHostile(): Promise<HostileHouse> {
  const family = await openFamily('sqlite', Date.now())
  const { house, home, owner } = family
  const { subject } = owner
  const rooms: RoomId[] = []
  const { places } = house.homes.home(home)
  for (const name of hostile) {
    const floor = await places.addFloor(subject, name)
    rooms.push((await places.addRoom(subject, { name, floor: floor.id as never })).id as RoomId)
  }
  const lamps = await furnish(family, rooms)
  const members: SubjectId[] = []
  for (const [n, name] of hostile.entries()) {
    const role: HomeRole = (['admin', 'adult', 'child', 'guest'] as const)[n % 4]!
    const each = await family.person(`m${n}@example.org`)
    await family.join(home, each, role, { name })
    members.push(each)
  }
  const limits = {
    reach: 'listed' as const,
    rules: rooms.map((room) => ({
      effect: 'allow' as const,
      on: { room },
      acts: ['see' as const, 'control' as const],
    })),
    hours: [],
  }
  const guest = await family.person('guest@example.org')
  await family.join(home, guest, 'guest', { name: hostile[1], limits })
  let invitation = ''
  let pairing = ''
  let panel = ''
  for (const name of hostile) {
    invitation = (await house.family.invitations.create(home, members[0]!, { role: 'guest', name, limits }))
      .code
    const made = await house.panels.add(home, subject, { name, limits })
    if (panel === '') panel = (await house.panels.pair(made.pairing.code, '')).secret
    pairing = made.pairing.code
    await house.credentials.add(home, subject, name)
    await house.people.tokens.create(subject, { name, homes: 'all', verbs: 'all', days: 9 }, 'app')
  }
  await house.homes.keepMember(home, subject, {
    ...house.homes.relations.get(home, subject)!,
    name: hostile[9],
  })
  await house.homes.edit(home, subject, { name: hostile[9] })
  await house.createHome(subject, { name: hostile[8], zone: 'Europe/Berlin' })
  const made = await owner.ask('POST', `/api/homes/${home}/groups`, {
    name: hostile[3],
    devices: lamps.slice(0, 3),
  })
  assert.equal(made.status, 201, made.text)
  const about = await owner.ask('PATCH', `/api/homes/${home}/about`, { address: hostile[4] })
  assert.equal(about.status, 200, about.text)
  const cookie = async (who: SubjectId) =>
    (await house.people.sessions.open(who, { address: '192.0.2.0', device: hostile[1] })).secret
  return {
    family,
    home,
    rooms,
    lamps,
    group: made.json.id,
    members,
    invitation,
    pairing,
    guest,
    cookies: { owner: await cookie(subject), guest: await cookie(guest), panel },
  }
}

async function furnish({ house, home, driver, owner }: FamilyHouse, rooms: readonly RoomId[]) {
  const connection = driver.of('open').at(-1)!.connection as never
  const problems = [...hostile]
  for (const [n, name] of hostile.entries())
    driver.say(
      lampMessage(connection, 100 + n, `hostile-${n}`, {
        name,
        manufacturer: name,
        model: name,
        firmware: name,
        problems,
      }),
    )
  const listed = await owner.ask('GET', `/api/homes/${home}/devices`)
  const lamps = (listed.json as { id: DeviceId; kind: string; name: string }[])
    .filter(({ kind, name }) => kind === 'light' && name !== 'Lamp elm-lamp')
    .map(({ id }) => id)
  assert.equal(lamps.length, hostile.length)
  for (const [n, id] of lamps.entries())
    await house.devices.edit(home, id, { name: hostile[n]!, room: rooms[n]! })
  return lamps
}
