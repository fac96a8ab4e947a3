// Catches care that crosses homes or rights: acts, bridges, joins, groups, pictures and replacements asked for by those who may not.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ConnectionId, HomeId, HomeRole, SubjectId } from '@eaves/model'
import { clause, stepUpMs } from '@eaves/policy'
import { lampMessage } from '../server/src/devices/testing.ts'
import { openInHouse, type Answer, type InHouse } from './in-house.ts'

const bridgeStatus = {
  id: '0x00124b0018e2abcd',
  name: 'Attic',
  online: true,
  acts: ['permitJoin', 'createGroup'],
} as const
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0])
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>

describe('the life of devices through the API', () => {
  let inside: InHouse
  let own: HomeId, foreign: HomeId, connection: ConnectionId, theirs: string, foreignBridge: string
  const as: Partial<Record<HomeRole, Ask>> = {}
  before(async () => {
    inside = await openInHouse()
    const { house, codes } = inside
    const { subject: owner } = await house.people.claim.claim({
      code: codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const zone = 'Europe/Berlin'
    own = await house.createHome(owner, { name: 'Own', zone })
    const neighbour = await inside.person('neighbour@example.org')
    foreign = await house.createHome(neighbour, { name: 'Foreign', zone })
    ;({ connection } = await inside.furnish(own, owner, 'own'))
    const other = await inside.furnish(foreign, neighbour, 'foreign')
    inside.driver.say({ t: 'bridge', connection, bridge: bridgeStatus })
    inside.driver.say({ t: 'bridge', connection: other.connection, bridge: bridgeStatus })
    const speakAs = async (subject: SubjectId): Promise<Ask> => {
      const { cookie } = await inside.signIn(subject)
      return (method, path, body) =>
        inside.call({
          method,
          path: `/api/homes/${own}${path}`,
          cookie,
          ...(body === undefined ? {} : { body }),
        })
    }
    as.owner = await speakAs(owner)
    for (const role of ['adult', 'child', 'guest'] as const) {
      const subject = await inside.person(`${role}@example.org`)
      await inside.join(own, subject, role)
      as[role] = await speakAs(subject)
    }
    const { cookie } = await inside.signIn(neighbour)
    const { json } = await inside.call({ method: 'GET', path: `/api/homes/${foreign}/devices`, cookie })
    foreignBridge = (await inside.call({ method: 'GET', path: `/api/homes/${foreign}/bridges`, cookie }))
      .json[0].id as string
    theirs = (json as { id: string; name: string }[]).find((each) => each.name.startsWith('Lamp'))!.id
  })
  after(() => inside?.end())

  const devices = async () =>
    (await as.owner!('GET', '/devices')).json as { id: string; name: string; kind: string }[]
  const named = async (start: string) => (await devices()).find((each) => each.name.startsWith(start))!.id
  /** Sends a request that the driver is asked about, and answers for the bridge. */
  async function answered(
    asking: Promise<Answer>,
    over: { code?: string; detail?: string } = {},
  ): Promise<Answer> {
    const before1 = inside.driver.of('act').length
    while (inside.driver.of('act').length === before1) await new Promise((resolve) => setImmediate(resolve))
    inside.driver.say({ t: 'acted', act: inside.driver.of('act').at(-1)!.act, ...over })
    return asking
  }

  test('a group of two makes is made, driven, renamed and dissolved, and holds no device of another home', async () => {
    const [lamp, lock] = [await named('Lamp'), await named('Lock')]
    inside.driver.say(lampMessage(connection, 90, 'second', { name: 'Second lamp' }))
    const second = await named('Second')
    const stolen = await as.owner!('POST', '/groups', { name: 'x', devices: [lamp, theirs] })
    assert.deepEqual([stolen.status, stolen.json.errors], [422, [{ path: 'devices.1', code: 'not-found' }]])
    const made = await as.adult!('POST', '/groups', { name: 'Evening', devices: [lamp, second] })
    assert.deepEqual([made.status, made.json.kind, made.json.members], [201, 'group', [lamp, second]])
    const sent = await as.child!('POST', `/devices/${made.json.id}/commands`, {
      capability: 'onOff',
      command: 'turnOn',
    })
    assert.equal(sent.status, 202)
    assert.equal(inside.driver.of('command').length, 2)
    for (const { command } of inside.driver.of('command'))
      inside.driver.say({ t: 'refused', command, code: 'device.rejected' })
    assert.equal((await as.child!('POST', '/groups', { name: 'x', devices: [lamp] })).status, 403)
    const edited = await as.adult!('PATCH', `/groups/${made.json.id}`, { name: 'Night', devices: [lamp] })
    assert.deepEqual([edited.json.name, edited.json.members], ['Night', [lamp]])
    const doors = await as.owner!('POST', '/groups', { name: 'Doors', devices: [lock] })
    const open = (role: 'adult' | 'child' | 'guest') =>
      as[role]!('POST', `/devices/${doors.json.id}/commands`, { capability: 'lock', command: 'unlock' })
    assert.deepEqual([(await open('child')).status, (await open('guest')).status], [403, 403])
    for (const id of [made.json.id, doors.json.id])
      assert.equal((await as.adult!('DELETE', `/groups/${id}`)).status, 204)
    assert.equal((await as.adult!('DELETE', `/groups/${lamp}`)).status, 404)
    assert.equal((await devices()).filter((each) => each.kind === 'group').length, 0)
  })

  test('acts reach the bridge of one’s own device, removal only by those who may remove', async () => {
    inside.driver.say(lampMessage(connection, 91, 'cared', { name: 'Cared for', acts: ['rename', 'remove'] }))
    const cared = await named('Cared')
    const rename = { act: 'rename', args: { name: 'Hall' } }
    assert.equal((await answered(as.adult!('POST', `/devices/${cared}/acts`, rename))).status, 204)
    const refused = await answered(as.owner!('POST', `/devices/${cared}/acts`, { act: 'remove' }), {
      code: 'device.rejected',
      detail: 'not reachable',
    })
    assert.deepEqual(
      [refused.status, refused.json.code, refused.json.detail],
      [502, 'device.rejected', 'not reachable'],
    )
    const before1 = inside.driver.of('act').length
    assert.equal((await as.adult!('POST', `/devices/${cared}/acts`, { act: 'remove' })).status, 403)
    assert.equal((await as.child!('POST', `/devices/${cared}/acts`, rename)).status, 403)
    assert.equal((await as.owner!('POST', `/devices/${theirs}/acts`, rename)).status, 404)
    assert.equal((await as.owner!('POST', `/devices/${cared}/acts`, { act: 'explode' })).status, 422)
    assert.equal(inside.driver.of('act').length, before1)
  })

  test('a join through one’s own bridge is opened, looked at and ended; that of another home does not exist', async () => {
    clause('pp.2.2.2')
    const bridges = await as.adult!('GET', '/bridges')
    assert.equal(bridges.json.length, 1)
    assert.doesNotMatch(bridges.text, /00124b/i)
    const bridge = bridges.json[0].id as string
    assert.equal((await as.guest!('GET', '/bridges')).status, 403)
    const wish = { bridge, seconds: 60 }
    assert.equal((await as.adult!('POST', '/joins', wish)).status, 403)
    const opened = await answered(as.owner!('POST', '/joins', wish))
    assert.deepEqual([opened.status, opened.json.state, opened.json.bridge], [201, 'open', bridge])
    const again = await as.owner!('POST', '/joins', wish)
    assert.deepEqual([again.status, again.json.code], [409, 'bridge.joining'])
    assert.notEqual(foreignBridge, bridge)
    assert.equal((await as.owner!('POST', '/joins', { bridge: foreignBridge, seconds: 60 })).status, 404)
    inside.driver.say({
      t: 'joining',
      connection,
      joining: {
        bridge: bridgeStatus.id,
        nativeId: '0x00158d0001a2b3c4',
        stage: 'interviewing',
        model: 'B1',
      },
    })
    const seen = await as.owner!('GET', `/joins/${opened.json.id}`)
    assert.deepEqual([seen.json.found[0].stage, seen.json.found[0].model], ['interviewing', 'B1'])
    assert.doesNotMatch(seen.text, /00158d|00124b/i)
    assert.equal((await answered(as.owner!('DELETE', `/joins/${opened.json.id}`))).status, 204)
    assert.equal((await as.owner!('GET', '/joins')).json[0].state, 'ended')
  })

  test('a picture is bytes that no cache keeps and no child or guest sees', async () => {
    clause('pp.2.3.1')
    inside.driver.say({
      t: 'device',
      connection,
      handle: 92,
      shape: {
        nativeId: 'cam',
        name: 'Porch',
        kind: 'camera',
        confirmable: false,
        parts: [
          {
            id: 'main',
            capabilities: { camera: { attributes: [], commands: [], events: ['snapshot'] } },
            vendor: {},
          },
        ],
      },
      base: 920,
      slots: [],
      online: true,
    })
    const camera = await named('Porch')
    const ask = (role: 'owner' | 'adult' | 'child' | 'guest') =>
      as[role]!('GET', `/devices/${camera}/picture`)
    assert.equal((await ask('owner')).status, 404)
    inside.driver.say({
      t: 'image',
      handle: 92,
      part: 'main',
      type: 'image/jpeg',
      data: jpeg.toString('base64'),
    })
    const { status, headers } = await ask('adult')
    const header = (name: string) => headers.find(([each]) => each === name)?.[1]
    assert.deepEqual(
      [status, header('content-type'), header('cache-control'), header('x-content-type-options')],
      [200, 'image/jpeg', 'no-store', 'nosniff'],
    )
    assert.deepEqual([(await ask('child')).status, (await ask('guest')).status], [403, 403])
  })

  test('a device is replaced by another of the home only, by those who may remove one', async () => {
    inside.driver.say(
      lampMessage(connection, 93, 'worn', { name: 'Worn out' }),
      lampMessage(connection, 94, 'fresh', { name: 'Fresh one' }),
    )
    const [worn, fresh] = [await named('Worn'), await named('Fresh')]
    const path = `/devices/${worn}/replacement`
    assert.equal((await as.owner!('POST', path, { by: theirs })).status, 404)
    assert.equal((await as.owner!('POST', `/devices/${theirs}/replacement`, { by: fresh })).status, 404)
    assert.equal((await as.adult!('POST', path, { by: fresh })).status, 403)
    const preview = await as.owner!('POST', `${path}/preview`, { by: fresh })
    assert.deepEqual([preview.status, preview.json.warnings], [200, ['still-online']])
    const done = await as.owner!('POST', path, { by: fresh })
    assert.deepEqual(
      [done.status, done.json.id, done.json.name, done.json.isNew],
      [200, worn, 'Worn out', false],
    )
    assert.equal((await as.owner!('GET', `/devices/${fresh}`)).status, 404)
    assert.equal((await as.owner!('GET', `/devices/${worn}/values`)).json.length, 4)
  })

  test('maintenance is told to those who look after the home', async () => {
    inside.driver.say({ t: 'reach', handle: 94, online: false })
    const { json, status } = await as.adult!('GET', '/maintenance')
    assert.equal(status, 200)
    assert.ok((json.offline as { name: string }[]).some((each) => each.name === 'Worn out'))
    assert.equal((await as.child!('GET', '/maintenance')).status, 403)
  })
})

test('what is treated as a lock is taken out, alone or with its connection, only by whoever just proved who they are', async () => {
  clause('pp.5.1')
  const { house, codes, driver, clock, ...inside } = await openInHouse()
  try {
    const { subject } = await house.people.claim.claim({
      code: codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const home = await house.createHome(subject, { name: 'Own', zone: 'Europe/Berlin' })
    const { connection } = await inside.furnish(home, subject, 'own')
    driver.say(lampMessage(connection, 91, 'gate'), lampMessage(connection, 92, 'lamp'))
    let { cookie } = await inside.signIn(subject)
    const ask = (method: string, path: string, body?: unknown) =>
      inside.call({
        method,
        path: `/api/homes/${home}${path}`,
        cookie,
        ...(body === undefined ? {} : { body }),
      })
    const list = async () =>
      (await ask('GET', '/devices')).json as { id: string; name: string; guarded?: true }[]
    const [gate, lamp] = await Promise.all(
      ['Lamp gate', 'Lamp lamp'].map(async (name) => (await list()).find((each) => each.name === name)!.id),
    )
    assert.equal((await ask('PUT', `/confirm/devices/${gate}`, { guarded: true })).status, 204)
    clock.advance(stepUpMs + 1)
    for (const path of [`/devices/${gate}`, `/connections/${connection}`]) {
      const refused = await ask('DELETE', path)
      assert.deepEqual([refused.status, refused.json.code], [403, 'auth.step-up-required'], path)
    }
    assert.equal((await list()).find(({ id }) => id === gate)?.guarded, true)
    assert.equal((await ask('DELETE', `/devices/${lamp}`)).status, 204, 'what is no lock needs none')
    ;({ cookie } = await inside.signIn(subject))
    assert.equal((await ask('DELETE', `/devices/${gate}`)).status, 204)
    clock.advance(stepUpMs + 1)
    assert.equal((await ask('DELETE', `/connections/${connection}`)).status, 204)
  } finally {
    await inside.end()
  }
})
