// Catches a page about the home that shows or lets change what it should not, keeps what was deleted, or becomes needed for anything else.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales, type HomeId } from '@eaves/model'
import { homeAboutEdit } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { internalsOf } from '../server/src/store/internals.ts'
import { homeRoles, openWorld } from './authorisation-world.ts'
import { openInHouse } from './in-house.ts'

const nothing = { floorAreaM2: null, familyStatus: null, address: null }
const details = { floorAreaM2: 84.5, familyStatus: 'generations', address: 'Elm Street 5, 12345 Town' }

test('an address turns no direction of writing, as a name does not', () => {
  for (const sign of ['\u202e', '\u202a', '\u2066', '\u2069', '\u2028'])
    assert.equal(homeAboutEdit.safeParse({ address: `Elm ${sign}Street` }).success, false, escape(sign))
  for (const address of ['Elm Street 5\u200f', 'שדרות האלה 5', '榆树街 5 号'])
    assert.ok(homeAboutEdit.safeParse({ address }).success, address)
})

test('owners and administrators see, change and delete each detail; adults see; others are refused and change nothing', async () => {
  clause('pp.4.1')
  const world = await openWorld('sqlite')
  try {
    const { own, foreign, deleted, callers } = world
    const ask = (name: string, method: string, home: HomeId, body?: unknown) => {
      const { cookie, token } = callers.find((each) => each.name === name)!
      return world.call({ method, path: `/api/homes/${home}/about`, cookie, token, body })
    }
    for (const keeper of ['owner', 'admin', 'token for this home']) {
      for (const [field, value] of Object.entries(details)) {
        const made = await ask(keeper, 'PATCH', own, { [field]: value })
        assert.deepEqual([made.status, made.json], [200, { ...nothing, [field]: value }], keeper)
        assert.deepEqual((await ask(keeper, 'GET', own)).json, made.json)
        const gone = await ask(keeper, 'PATCH', own, { [field]: null })
        assert.deepEqual([gone.status, gone.json], [200, nothing], keeper)
      }
    }
    assert.equal((await ask('owner', 'PATCH', own, details)).status, 200)
    for (const role of homeRoles.filter((each) => each !== 'owner' && each !== 'admin')) {
      const seen = await ask(role, 'GET', own)
      assert.deepEqual(
        [seen.status, seen.json.address],
        role === 'adult' ? [200, details.address] : [403, undefined],
        role,
      )
      const before = await world.mark()
      for (const body of [{ address: 'Elsewhere' }, { address: null }, {}])
        assert.equal((await ask(role, 'PATCH', own, body)).status, 403, role)
      assert.equal(await world.mark(), before, role)
    }
    for (const home of [foreign, deleted])
      for (const method of ['GET', 'PATCH'])
        assert.equal((await ask('owner', method, home, method === 'GET' ? undefined : details)).status, 404)
    for (const gone of ['ex-member', 'token for another home'])
      assert.equal((await ask(gone, 'GET', own)).status, 404, gone)
    assert.equal((await ask('without the current agreement', 'GET', own)).status, 451)
    assert.deepEqual((await ask('owner', 'GET', own)).json, details)
    await world.house.homes.remove(own, world.house.homes.relations.members(own)[0]!.subject)
    const { factsFile } = internalsOf(world.house.stores)
    assert.deepEqual(factsFile!.all('SELECT home_id FROM home_about'), [])
  } finally {
    await world.end()
  }
})

test('what is out of bounds is refused by the name of its field, and what stood there stays', async () => {
  const inside = await openInHouse()
  try {
    const { house, codes, call, signIn } = inside
    const { subject } = await house.people.claim.claim({
      code: codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const home = await house.createHome(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
    const { cookie } = await signIn(subject)
    const path = `/api/homes/${home}/about`
    assert.equal((await call({ method: 'PATCH', path, cookie, body: details })).status, 200)
    for (const [field, values] of Object.entries({
      floorAreaM2: [0, -5, 100_001, 84.55, '84', true, [84]],
      familyStatus: ['married', '', 'Couple', 3],
      address: ['', '   ', 'x'.repeat(301), 'Elm\u0000Street', 'Elm\nStreet', '\ud800', 7],
      familyMembers: [4],
    }))
      for (const value of values) {
        const { status, json } = await call({ method: 'PATCH', path, cookie, body: { [field]: value } })
        assert.deepEqual([status, json.errors[0].path], [422, field], JSON.stringify(value))
      }
    assert.deepEqual((await call({ method: 'GET', path, cookie })).json, details)
    for (const floorAreaM2 of [1, 42.1, 99_999.9, 100_000])
      assert.equal((await call({ method: 'PATCH', path, cookie, body: { floorAreaM2 } })).status, 200)
    for (const locale of locales) {
      const { json: notices } = await call({
        method: 'GET',
        path: `/api/notices/home?locale=${locale}`,
        cookie,
      })
      clause('pp.lb.3')
      assert.deepEqual(
        notices.map(({ field }: { field: string }) => field),
        Object.keys(details),
      )
      for (const key of ['mandatory', 'category'])
        assert.equal(new Set(notices.map((each: Record<string, string>) => each[key])).size, 3, key)
      assert.ok(notices.every(({ recipients }: { recipients: string[] }) => recipients.length === 0))
    }
  } finally {
    await inside.end()
  }
})

test('a home lives without a floor, a room, a member’s name, an area, a status or an address', async () => {
  clause('pp.2.2.1')
  const inside = await openInHouse()
  try {
    const { house, codes, call, signIn, driver, person, join } = inside
    const { subject } = await house.people.claim.claim({
      code: codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const { cookie } = await signIn(subject)
    const ask = async (method: string, path: string, body?: unknown) => {
      const answer = await call({ method, path, cookie, body })
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`)
      return answer.json
    }
    const { id: home } = await ask('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })
    const at = `/api/homes/${home}`
    const { report } = await inside.furnish(home, subject, 'plain')
    const guest = await person('guest@example.org')
    await join(home, guest, 'guest')
    const devices = await ask('GET', `${at}/devices`)
    const lamp = devices.find((each: { name: string }) => each.name.startsWith('Lamp'))
    assert.equal(lamp.room, null)
    await ask('PATCH', `${at}/devices/${lamp.id}`, { name: 'Reading lamp', isNew: false })
    await ask('POST', `${at}/groups`, { name: 'Evening', devices: [lamp.id] })
    await ask('POST', `${at}/devices/${lamp.id}/commands`, { capability: 'onOff', command: 'turnOn' })
    assert.ok(driver.of('command').length > 0)
    report(true)
    const [, series] = [
      await ask('GET', `${at}/maintenance`),
      await ask(
        'GET',
        `${at}/history?device=${lamp.id}&capability=onOff&attribute=on&from=2020-01-01T00:00:00.000Z`,
      ),
    ]
    assert.equal(series.points.at(-1)[1], true)
    await ask('POST', `${at}/mqtt/credentials`, { name: 'Plug' })
    assert.deepEqual((await ask('POST', '/api/search', { q: 'reading' })).homes[0].devices[0].id, lamp.id)
    const theirs = (await signIn(guest)).cookie
    const seen = await call({ method: 'GET', path: `${at}/devices`, cookie: theirs })
    assert.ok(seen.json.length >= devices.length)
    const members = await ask('GET', `${at}/members`)
    assert.deepEqual(
      members.map(({ role, name }: { role: string; name?: string }) => [role, name]),
      [
        ['owner', undefined],
        ['guest', undefined],
      ],
    )
    for (const place of ['floors', 'rooms']) assert.deepEqual(await ask('GET', `${at}/${place}`), [])
    assert.deepEqual(await ask('GET', `${at}/about`), nothing)
    const { factsFile } = internalsOf(house.stores)
    for (const table of ['home_about', 'floor', 'room'])
      assert.deepEqual(factsFile!.all(`SELECT home_id FROM ${table}`), [], table)
  } finally {
    await inside.end()
  }
})
