// Catches a search that tells of what its caller does not see: another's home, a hidden device by name, by room, by group or by count.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  newId,
  reachActs,
  type DeviceId,
  type HomeId,
  type MemberLimits,
  type ReachRule,
  type RoomId,
  type SubjectId,
} from '@eaves/model'
import type { SearchAnswer, SearchHome } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lampMessage } from '../server/src/devices/testing.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { seeded } from './raw-http.ts'

const rooms = ['Kitchen', 'Küche oben', '客厅', 'Bath', 'Attic'] as const
const lamps = 16
const none: MemberLimits = { reach: 'all', rules: [], hours: [] }

describe('search', () => {
  let inside: InHouse, owner: SubjectId, home: HomeId, other: HomeId, foreign: HomeId
  let roomIds: string[], cookieOf: (subject: SubjectId) => Promise<string>
  const listOf = async (cookie: string, at: HomeId) =>
    (await inside.call({ method: 'GET', path: `/api/homes/${at}/devices`, cookie })).json as {
      id: DeviceId
      name: string
      kind: 'light'
      room: RoomId | null
      roomName: string | null
    }[]
  const find = async (by: { cookie?: string; token?: string }, q: string): Promise<SearchHome[]> => {
    const answer = await inside.call({ method: 'POST', path: '/api/search', ...by, body: { q } })
    assert.equal(answer.status, 200, answer.text)
    return (answer.json as SearchAnswer).homes
  }

  before(async () => {
    inside = await openInHouse()
    const { house, codes, call, signIn, driver } = inside
    owner = (
      await house.people.claim.claim({
        code: codes.at(-1)!,
        identifier: { email: 'owner@example.org' },
        acts: house.privacy.currentActs('en', 'EU'),
        surface: 'app',
        place: { address: '192.0.2.0' },
      })
    ).subject
    const stranger = await inside.person('stranger@example.org')
    cookieOf = async (subject) => (await signIn(subject)).cookie
    const make = (subject: SubjectId, name: string) =>
      house.createHome(subject, { name, zone: 'Europe/Berlin' })
    home = await make(owner, 'Elm Street')
    other = await make(owner, 'Cabin')
    foreign = await make(stranger, 'Strange place')
    const cookie = await cookieOf(owner)
    const ask = async (method: string, path: string, body: unknown) => {
      const answer = await call({ method, path, cookie, body })
      assert.ok(answer.status < 300, answer.text)
      return answer.json
    }
    roomIds = []
    for (const name of rooms) roomIds.push((await ask('POST', `/api/homes/${home}/rooms`, { name })).id)
    await ask('POST', `/api/homes/${other}/rooms`, { name: 'Kitchen' })
    const { connection } = await inside.furnish(home, owner, 'own')
    await inside.furnish(other, owner, 'cabin')
    await inside.furnish(foreign, stranger, 'foreign')
    for (let i = 0; i < lamps; i++)
      driver.say(lampMessage(connection, 100 + i, `native-${i}`, { name: `Lamp Nr. ${i}` }))
    const list = await listOf(cookie, home)
    for (const [i, device] of list.entries())
      if (i % 6 !== 5) await ask('PATCH', `/api/homes/${home}/devices/${device.id}`, { room: roomIds[i % 6] })
    await ask('POST', `/api/homes/${home}/groups`, { name: 'Evening', devices: [list[0]!.id, list[1]!.id] })
  })
  after(() => inside?.end())

  test('finds homes, rooms, devices and members of every home of the caller, whatever the case, width or order of words', async () => {
    const ada = await inside.person('ada@example.org')
    await inside.join(home, ada, 'adult', { name: 'Ada Straße' })
    const cookie = await cookieOf(owner)
    const kitchens = await find({ cookie }, 'kitchen')
    assert.deepEqual(
      kitchens.map(({ name, rooms: found }) => [name, found.map((each) => each.name)]),
      [
        ['Elm Street', ['Kitchen']],
        ['Cabin', ['Kitchen']],
      ],
    )
    const inKitchen = (await listOf(cookie, home)).filter(({ roomName }) => roomName === 'Kitchen')
    assert.deepEqual(
      kitchens[0]!.devices.map(({ id }) => id).toSorted(),
      inKitchen.map(({ id }) => id).toSorted(),
    )
    for (const [q, room] of [
      ['KÜCHE', 'Küche oben'],
      ['ku\u0308che', 'Küche oben'],
      ['ｋｉｔｃｈｅｎ', 'Kitchen'],
      ['oben küche', 'Küche oben'],
      ['厅', '客厅'],
    ] as const)
      assert.ok(
        (await find({ cookie }, q)).some((each) => each.rooms.some(({ name }) => name === room)),
        q,
      )
    assert.deepEqual(
      (await find({ cookie }, 'STRASSE'))[0]!.members.map(({ accountId, name, role }) => [
        accountId,
        name,
        role,
      ]),
      [[ada, 'Ada Straße', 'adult']],
    )
    assert.deepEqual(
      (await find({ cookie }, 'cab')).map(({ name, isMatch }) => [name, isMatch]),
      [['Cabin', true]],
    )
    assert.equal((await find({ cookie }, 'nr. 3'))[0]!.devices[0]!.name, 'Lamp Nr. 3')
    assert.deepEqual(await find({ cookie }, 'no such thing'), [])
    assert.deepEqual(await find({ cookie }, 'strange'), [])
    assert.deepEqual(await find({ cookie }, 'foreign'), [])
    for (const q of ['', '   ', 'x'.repeat(101), 7, null])
      assert.equal(
        (await inside.call({ method: 'POST', path: '/api/search', cookie, body: { q } })).status,
        422,
      )
  })

  test('a token finds in its homes by its verbs alone, and a guest finds no member', async () => {
    clause('pp.4.1')
    const { house } = inside
    const token = async (homes: HomeId[] | 'all', verbs: string[]) =>
      (await house.people.tokens.create(owner, { name: newId(), days: 1, homes, verbs }, 'test')).token
    const named = (found: SearchHome[]) =>
      found.map(({ name, rooms: r, devices, members }) => [name, r.length, devices.length, members.length])
    await inside.join(home, await inside.person('kit@example.org'), 'child', { name: 'Kit Chen' })
    const all = await find({ cookie: await cookieOf(owner) }, 'kit')
    assert.ok(all[0]!.devices.length > 0)
    assert.deepEqual(
      named(all).map(([name, ...rest]) => [name, rest[0], rest[2]]),
      [
        ['Elm Street', 1, 1],
        ['Cabin', 1, 0],
      ],
    )
    assert.deepEqual(
      named(await find({ token: await token([other], ['home.read', 'device.read']) }, 'kit')),
      [['Cabin', 1, 0, 0]],
    )
    assert.deepEqual(named(await find({ token: await token('all', ['home.read']) }, 'kit')), [
      ['Elm Street', 1, 0, 0],
      ['Cabin', 1, 0, 0],
    ])
    // The list of homes is not what is in them.
    assert.deepEqual(await find({ token: await token('all', ['home.list']) }, 'kit'), [])
    const guest = await inside.person('guest@example.org')
    await inside.join(home, guest, 'guest')
    assert.deepEqual(
      (await find({ cookie: await cookieOf(guest) }, 'kit')).map(({ rooms: r, members }) => [
        r.length,
        members,
      ]),
      [[1, []]],
    )
  })

  test('a guest with a few devices never finds another by its name, its room, its group or a number', async () => {
    clause('pp.5.1')
    const guest = await inside.person('cleaner@example.org')
    const list = await listOf(await cookieOf(owner), home)
    const mine = list.filter(({ roomName }) => roomName === 'Bath').slice(0, 2)
    const limits: MemberLimits = {
      ...none,
      reach: 'listed',
      rules: mine.map(({ id }) => ({ effect: 'allow', on: { device: id }, acts: ['see', 'control'] })),
    }
    await inside.join(home, guest, 'guest', { limits })
    const cookie = await cookieOf(guest)
    const ids = new Set<string>(mine.map(({ id }) => id))
    for (const { id, name } of list) {
      const found = await find({ cookie }, name)
      const hit = found.flatMap((each) => each.devices).some((each) => each.id === id)
      assert.equal(hit, ids.has(id), name)
      assert.ok(
        found.flatMap(({ devices }) => devices).every((each) => ids.has(each.id)),
        name,
      )
    }
    for (const name of rooms.filter((each) => each !== 'Bath'))
      assert.deepEqual(await find({ cookie }, name), [])
    assert.deepEqual(await find({ cookie }, 'Evening'), [])
    const wide = await find({ cookie }, 'l')
    assert.deepEqual(
      wide.map(({ devices, hasMore }) => [devices.map(({ id }) => id), hasMore]),
      [[mine.map(({ id }) => id), false]],
    )
    // Outside their hours the home gives nothing, not even its name.
    const never: MemberLimits = { ...limits, hours: [{ days: [7], from: '03:00', to: '03:01' }] }
    await inside.join(home, guest, 'guest', { limits: never })
    for (const q of ['l', 'Elm', mine[0]!.name]) assert.deepEqual(await find({ cookie }, q), [], q)
  })

  test('under any limits it finds exactly what the plain lists show', async () => {
    clause('pp.5.1')
    const random = seeded(20261129)
    const any = <T>(list: readonly T[]): T => list[random(list.length)]!
    const subject = await inside.person('somebody@example.org')
    const all = await listOf(await cookieOf(owner), home)
    const cookie = await cookieOf(subject)
    const rule = (): ReachRule => ({
      effect: any(['allow', 'allow', 'deny'] as const),
      on: any([
        { device: any(all).id },
        { room: any(roomIds) as RoomId },
        { kind: any(['light', 'lock', 'group'] as const) },
        { home: true },
      ] as const),
      acts: random(10) < 7 ? ['see'] : [any(reachActs)],
    })
    let seenSome = 0
    for (let turn = 0; turn < 60; turn++) {
      const limits: MemberLimits = {
        reach: any(['all', 'listed'] as const),
        rules: Array.from({ length: random(5) }, rule),
        hours: [],
      }
      await inside.join(home, subject, any(['guest', 'child', 'adult'] as const), { limits })
      const said = JSON.stringify(limits)
      const listed = await listOf(cookie, home)
      const { json: shownRooms } = await inside.call({
        method: 'GET',
        path: `/api/homes/${home}/rooms`,
        cookie,
      })
      if (listed.length > 0 && listed.length < all.length) seenSome += 1
      for (const q of ['lamp', 'lock', 'evening', ...rooms]) {
        const [found] = await find({ cookie }, q)
        const has = (text: string | null) => text?.toLowerCase().includes(q.toLowerCase()) === true
        const expected = listed.filter(({ name, roomName }) => has(name) || has(roomName))
        assert.ok(expected.length <= 20)
        assert.deepEqual(
          (found?.devices ?? []).map(({ id }) => id).toSorted(),
          expected.map(({ id }) => id).toSorted(),
          `${q}: ${said}`,
        )
        assert.deepEqual(
          (found?.rooms ?? []).map(({ id }) => id),
          (shownRooms as { id: string; name: string }[]).filter(({ name }) => has(name)).map(({ id }) => id),
          `${q}: ${said}`,
        )
        assert.equal(found?.hasMore ?? false, false)
      }
    }
    assert.ok(seenSome > 15, `${seenSome} of the limits showed a part`)
  })
})
