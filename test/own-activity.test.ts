// Catches an act at a door of the server that leaves no line or the wrong one, and a hardware number that leaves the house by any of them.
import assert from 'node:assert/strict'
import type { HomeId } from '@eaves/model'
import { activityPage } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { lampMessage } from '../server/src/devices/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { test } from 'node:test'
import { openInHouse, type InHouse } from './in-house.ts'

const serial = '0x00158d00cafe0077'
const dayMs = 86_400_000

/** Whoever claims the server; until then it answers nobody. */
async function claimed({ house, codes }: InHouse) {
  const done = await house.people.claim.claim({
    code: codes.at(-1)!,
    identifier: { email: 'ada@example.org' },
    acts: house.privacy.currentActs('en', 'EU'),
    surface: 'app',
    place: { address: '192.0.2.0' },
  })
  return done.subject
}

async function listed(house: InHouse, cookie: string, query = '') {
  const answer = await house.call({ method: 'GET', path: `/api/me/activity${query}`, cookie })
  assert.equal(answer.status, 200, answer.text)
  return activityPage.parse(answer.json).entries
}

onBothDialects('the doors of the server note what passes through them', async (_at, dialect) => {
  clause('pp.2.2.3')
  const house = await openInHouse(dialect)
  try {
    const owner = await claimed(house)
    const other = await house.person('ben@example.org')
    const { cookie, session } = await house.signIn(owner)
    const elsewhere = await house.signIn(owner)
    const act = async (method: string, path: string, body?: unknown, token?: string) => {
      house.clock.advance(1000)
      const by = token === undefined ? { cookie } : { token }
      const answer = await house.call({ method, path, ...by, ...(body === undefined ? {} : { body }) })
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`)
      return answer.json
    }
    const home = (await act('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })).id as HomeId
    await house.furnish(home, owner, 'tag')
    const devices = (await act('GET', `/api/homes/${home}/devices`)) as { id: string; kind: string }[]
    const path = (kind: string) =>
      `/api/homes/${home}/devices/${devices.find((each) => each.kind === kind)!.id}/commands`
    const token = await act('POST', '/api/me/tokens', {
      name: 'script',
      homes: 'all',
      verbs: 'all',
      days: 90,
    })
    await act('POST', path('lock'), { capability: 'lock', command: 'lock' }, token.token)
    await act('POST', path('light'), { capability: 'onOff', command: 'turnOn' })
    await act('DELETE', `/api/me/sign-ins/${elsewhere.session}`)
    await act('DELETE', `/api/me/tokens/${token.id}`)
    await act('DELETE', `/api/homes/${home}`)
    const lines = await listed(house, cookie)
    const told = lines
      .filter(({ kind }) => !['sign-in', 'account-made'].includes(kind))
      .map(({ kind, surface, home: where, device }) => [kind, surface, where, device])
    assert.deepEqual(told, [
      ['home-removed', 'app', home, session],
      ['token-ended', 'app', undefined, session],
      ['sign-in-ended', 'app', undefined, session],
      ['command-sensitive', 'api', home, token.id],
      ['token-made', 'app', undefined, session],
      ['home-made', 'app', home, session],
    ])
    assert.equal(
      (await listed(house, (await house.signIn(other)).cookie)).some(({ home: where }) => where === home),
      false,
    )
    const { status } = await house.call({ method: 'GET', path: '/api/me/activity?kind=anything', cookie })
    assert.equal(status, 422)
    // What is kept against misuse is not the person’s alone to remove: whoever took the account would remove their traces.
    assert.equal((await house.call({ method: 'DELETE', path: '/api/me/activity', cookie })).status, 405)
    await act('POST', '/api/sign-out')
    house.clock.advance(dayMs / 24)
    const [last] = await listed(house, (await house.signIn(owner)).cookie, '?kind=sign-out')
    assert.equal(last?.device, session)
  } finally {
    await house.end()
  }
})

test('what changes who gets into a home, or is noted about it, leaves its line, and a refused wish leaves none', async () => {
  clause('pp.2.2.3')
  clause('pp.4.1')
  const house = await openInHouse()
  try {
    const owner = await claimed(house)
    const taker = await house.person('ben@example.org')
    const mine = (await house.signIn(owner)).cookie
    const theirs = (await house.signIn(taker)).cookie
    const made = await house.call({
      method: 'POST',
      path: '/api/homes',
      cookie: mine,
      body: { name: 'Elm Street', zone: 'Europe/Berlin' },
    })
    const home = made.json.id as HomeId
    await house.furnish(home, owner, 'tag')
    await house.join(home, taker, 'adult')
    const [{ id: device }] = (
      await house.call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie: mine })
    ).json as [{ id: string }]
    const newest = async (cookie: string) => (await listed(house, cookie, '?group=homes'))[0]
    const act = async (kind: string, method: string, path: string, body?: unknown, cookie = mine) => {
      house.clock.advance(10)
      const wish = { method, path: `/api/homes/${home}${path}`, ...(body === undefined ? {} : { body }) }
      const before = (await newest(cookie))?.id
      if (body !== undefined) {
        const refused = await house.call({ ...wish, cookie, body: { nonsense: 1 } })
        assert.equal(refused.status, 422, `${method} ${path}`)
        assert.equal((await newest(cookie))?.id, before, 'nothing was done')
      }
      const done = await house.call({ ...wish, cookie })
      assert.ok(done.status < 300, `${method} ${path}: ${done.status} ${done.text}`)
      const line = await newest(cookie)
      assert.deepEqual([line?.kind, line?.home], [kind, home], `${method} ${path}`)
      assert.notEqual(line?.id, before)
      return done.json
    }
    await act('about-changed', 'PATCH', '/about', { floorAreaM2: 80 })
    await act('confirm-changed', 'PUT', '/confirm', { who: 'everybody' })
    await act('confirm-changed', 'PUT', `/confirm/devices/${device}`, { guarded: true })
    await act('history-changed', 'PUT', '/history/keep', {
      ...{ device, capability: 'onOff', attribute: 'on' },
      isKept: false,
    })
    await act('pin-set', 'PUT', '/members/me/pin', { pin: '4711' })
    await act('pin-removed', 'DELETE', `/members/${owner}/pin`)
    const panel = (await act('panel-added', 'POST', '/panels', { name: 'Hall' })).id as string
    await act('panel-changed', 'PATCH', `/panels/${panel}`, { name: 'Hallway' })
    await act('panel-changed', 'PUT', `/panels/${panel}/pin`, { pin: '4711' })
    await act('panel-code-made', 'POST', `/panels/${panel}/code`)
    await act('panel-removed', 'DELETE', `/panels/${panel}`)
    const credential = await act('credential-made', 'POST', '/mqtt/credentials', { name: 'Lamp' })
    await act('credential-ended', 'DELETE', `/mqtt/credentials/${credential.id}`)
    await act('home-offered', 'POST', '/transfer', { to: taker, keep: true })
    await act('home-offer-ended', 'DELETE', '/transfer')
    await act('home-offered', 'POST', '/transfer', { to: taker, keep: true })
    await act('home-taken-over', 'POST', '/transfer/accept', undefined, theirs)
    await act('locked-out', 'POST', '/lock-out', { credentials: false }, theirs)
  } finally {
    await house.end()
  }
})

test('no answer of a home tells anybody in it the hardware number of a device', async () => {
  clause('pp.2.2.2')
  const house = await openInHouse()
  try {
    const owner = await claimed(house)
    const made = await house.call({
      method: 'POST',
      path: '/api/homes',
      cookie: (await house.signIn(owner)).cookie,
      body: { name: 'Elm Street', zone: 'Europe/Berlin' },
    })
    const home = made.json.id as HomeId
    const { connection } = await house.furnish(home, owner, 'tag')
    const about = { name: serial, manufacturer: 'Acme', model: 'B1' }
    house.driver.say(lampMessage(connection, 90, serial, about))
    const people = [[owner, 'owner'] as const]
    for (const role of ['admin', 'adult', 'child', 'guest'] as const) {
      const subject = await house.person(`${role}@example.org`)
      await house.join(home, subject, role)
      people.push([subject, role] as never)
    }
    const asked = house.house.entries.filter(
      ({ method, access, path }) =>
        method === 'get' && access.kind === 'home' && !/\{(?!home|device\})/.test(path),
    )
    let answered = 0
    for (const [subject, role] of people) {
      const { cookie } = await house.signIn(subject)
      const list = await house.call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie })
      const device = (list.json as { id: string; name: string }[]).find(({ name }) => name === 'Acme B1')!
      for (const { path } of asked) {
        const query = path.endsWith('/history')
          ? `?device=${device.id}&capability=onOff&attribute=on&from=2026-01-01T00:00:00.000Z`
          : ''
        const answer = await house.call({
          method: 'GET',
          path: path.replace('{home}', home).replace('{device}', device.id) + query,
          cookie,
        })
        if (answer.status === 200) answered++
        assert.doesNotMatch(answer.text, /00158d00cafe0077/i, `${role} ${path}`)
      }
    }
    assert.ok(answered >= 30, `only ${answered} answers`)
    assert.doesNotMatch(house.house.homes.runtime(home).snapshotJson(), /00158d00cafe0077/i)
  } finally {
    await house.end()
  }
})
