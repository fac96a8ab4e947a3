// Catches a change of the commands, ports and shapes that integrations rely on, run against the real program and an independent broker.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import mqtt from 'mqtt'
import { hasMosquitto, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { openLive } from './live-client.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'

const setup = ['setup', '--owner', 'ada@example.org', '--home', 'Elm Street', '--agree', '--json']
const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'

describe('a household with a broker of its own', { skip }, () => {
  let house: Household,
    server: Running,
    broker: Awaited<ReturnType<typeof startMosquitto>>,
    lamp: Lamp,
    http: Api,
    home: string,
    token: string
  before(async () => {
    broker = await startMosquitto()
    house = household({ EAVES_MQTT_URL: broker.url })
    const made = await house.run(setup)
    assert.equal(made.code, 0, made.stderr)
    assert.equal(made.stdout.trim().split('\n').length, 1)
    ;({ homeId: home, token } = JSON.parse(made.stdout) as { homeId: string; token: string })
    server = await house.start()
    http = api(server.base, token)
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
  })
  after(async () => {
    await lamp?.stop()
    await house?.dispose()
    await broker?.stop()
  })
  const devices = async () => (await http.call('GET', `/api/homes/${home}/devices`)).body as any[]
  const find = (name: string) =>
    until(async () => (await devices()).find((d) => d.name === name), `${name} in the list`, 2000)

  test('the home is listed with its zone and the maker’s role', async () => {
    const { body } = await http.call('GET', '/api/homes')
    assert.equal(body.length, 1)
    assert.deepEqual(
      [body[0].id, body[0].name, body[0].role, typeof body[0].zone],
      [home, 'Elm Street', 'owner', 'string'],
    )
  })

  test('what Zigbee2MQTT announces is there within two seconds, in the contract’s shape', async () => {
    const device = await find('Reading lamp')
    const lit = await until(async () => {
      const d = (await devices()).find((x) => x.name === 'Reading lamp')
      return (
        d.parts[0].capabilities.onOff?.on !== undefined &&
        d.parts[0].capabilities.level?.percent !== undefined &&
        d
      )
    }, 'its first report')
    assert.match(device.id, /^[a-z2-7]{26}$/)
    assert.deepEqual(
      [lit.room, lit.roomName, lit.online, lit.driver, lit.parts[0].id],
      [null, null, true, 'mqtt', 'main'],
    )
    assert.equal(lit.parts[0].capabilities.onOff.on, false)
    assert.equal(lit.parts[0].capabilities.level.percent, 50)
  })

  test('a command is confirmed by the device’s own report, and its key makes it one', async () => {
    const device = await find('Reading lamp')
    const path = `/api/homes/${home}/devices/${device.id}/commands`
    const body = { capability: 'onOff', command: 'turnOn', idempotencyKey: 'k1' }
    const sent = lamp.received().length
    const done = await http.call('POST', `${path}?wait=confirmed`, body)
    assert.deepEqual([done.status, done.body.status, done.body.confirmable], [200, 'confirmed', true])
    assert.ok(done.body.at.accepted <= done.body.at.sent && done.body.at.sent <= done.body.at.confirmed)
    assert.equal(JSON.parse(lamp.received().at(-1)!).state, 'ON')
    const again = await http.call('POST', path, body)
    assert.equal(again.body.id, done.body.id)
    assert.equal(lamp.received().length, sent + 1)
    assert.equal((await http.call('POST', path, { ...body, command: 'turnOff' })).status, 409)
    assert.equal(
      (await http.call('GET', `/api/homes/${home}/commands/${done.body.id}`)).body.status,
      'confirmed',
    )
  })

  test('wrong commands are refused by what is wrong with them', async () => {
    const device = await find('Reading lamp')
    const send = (body: unknown) =>
      http.call('POST', `/api/homes/${home}/devices/${device.id}/commands`, body)
    assert.equal((await send({ capability: 'lock', command: 'unlock' })).body.code, 'device.unsupported')
    assert.equal(
      (await send({ capability: 'level', command: 'setLevel', args: { percent: 140 } })).body.code,
      'device.out-of-range',
    )
    assert.equal((await send({ capability: 'onOff', command: 'turnOn', colour: 'red' })).status, 422)
    assert.equal(
      (
        await http.call('POST', `/api/homes/${home}/devices/${'a'.repeat(26)}/commands`, {
          capability: 'onOff',
          command: 'turnOn',
        })
      ).status,
      404,
    )
  })

  test('the live socket tells snapshot, changes numbered without gap, and each status of a command', async () => {
    const device = await find('Reading lamp')
    const live = await openLive(server.port, [
      { type: 'hello', token },
      { type: 'watch', home },
    ])
    const snapshot = await live.next((m) => m.type === 'snapshot')
    assert.ok(snapshot.devices.some((d: any) => d.id === device.id))
    live.send({
      type: 'command',
      ref: 'r1',
      home,
      device: device.id,
      capability: 'level',
      command: 'setLevel',
      args: { percent: 80 },
    })
    const end = await live.next((m) => m.type === 'command' && m.status === 'confirmed')
    assert.equal(end.ref, 'r1')
    const change = await live.next((m) => m.type === 'change' && m.capability === 'level')
    assert.deepEqual(
      [change.home, change.device, change.part, change.values],
      [home, device.id, 'main', { percent: 80 }],
    )
    assert.deepEqual(change.cause, { kind: 'command', id: end.id })
    const numbers = live
      .all()
      .filter((m) => m.version !== undefined)
      .map((m) => m.version)
    assert.deepEqual(
      numbers,
      numbers.map((_n, i) => numbers[0] + i),
    )
    live.send({ type: 'watch', home: 'b'.repeat(26) })
    assert.equal((await live.next((m) => m.type === 'error')).code, 'auth.not-found')
    live.close()
  })

  test('what Home Assistant discovery announces is there within two seconds, and the same hardware announced both ways is one device', async () => {
    const client = await mqtt.connectAsync(broker.url, { protocolVersion: 4 })
    await client.publishAsync(
      'homeassistant/switch/pump/config',
      JSON.stringify({
        name: 'Pump',
        uniq_id: 'pump1',
        '~': 'garden/pump',
        stat_t: '~/state',
        cmd_t: '~/set',
        dev: { ids: ['pump-77'], name: 'Garden pump' },
      }),
      { retain: true },
    )
    await client.publishAsync(
      'homeassistant/light/0x00158d0001a2b3c4/light/config',
      JSON.stringify({
        schema: 'json',
        unique_id: 'x',
        state_topic: 'zigbee2mqtt/Reading lamp',
        command_topic: 'zigbee2mqtt/Reading lamp/set',
        brightness: true,
        device: { identifiers: ['zigbee2mqtt_0x00158d0001a2b3c4'], name: 'Reading lamp' },
      }),
      { retain: true },
    )
    const pump = await find('Garden pump')
    client.on('message', (_t, payload) => client.publish('garden/pump/state', payload, { retain: true }))
    await client.subscribeAsync('garden/pump/set')
    const done = await http.call('POST', `/api/homes/${home}/devices/${pump.id}/commands?wait=confirmed`, {
      capability: 'onOff',
      command: 'turnOn',
    })
    assert.equal(done.body.status, 'confirmed')
    assert.equal((await devices()).filter((d) => d.name === 'Reading lamp').length, 1)
    await client.endAsync()
  })

  test('history holds what changed', async () => {
    const device = await find('Reading lamp')
    const points = await until(async () => {
      const { body } = await http.call(
        'GET',
        `/api/homes/${home}/history?device=${device.id}&part=main&capability=onOff&attribute=on&from=2020-01-01T00:00:00.000Z`,
      )
      return body.points?.length >= 2 && body.points
    }, 'two points')
    assert.deepEqual([typeof points[0][0], points.at(-1)[1]], ['number', true])
  })

  test('nothing acknowledged is lost by kill -9, and the list is there at once after a restart', async () => {
    const device = await find('Reading lamp')
    const accepted = await http.call('POST', `/api/homes/${home}/devices/${device.id}/commands`, {
      capability: 'onOff',
      command: 'turnOff',
    })
    assert.equal(accepted.status, 202)
    await server.kill('SIGKILL')
    server = await house.start()
    http = api(server.base, token)
    assert.equal((await http.call('GET', `/api/homes/${home}/commands/${accepted.body.id}`)).status, 200)
    assert.ok((await devices()).some((d) => d.id === device.id))
  })
})

describe('a fresh server', () => {
  const house = household()
  after(() => house.dispose())

  test('answers its closed list, is claimed once through the running server, and then refuses a second claim', async () => {
    const server = await house.start()
    const http = api(server.base)
    assert.deepEqual((await http.call('GET', '/health')).body.claimed, false)
    assert.equal((await http.call('GET', '/api/homes')).body.code, 'server.unclaimed')
    assert.match(server.output(), /Claim this home: http:\/\/127\.0\.0\.1:\d+\/claim#\S+/)
    const made = await house.run(setup)
    assert.equal(made.code, 0, made.stderr)
    const { homeId, token, accountId } = JSON.parse(made.stdout) as Record<string, string>
    assert.deepEqual(
      [homeId, accountId].every((id) => /^[a-z2-7]{26}$/.test(id!)),
      true,
    )
    assert.equal((await api(server.base, token).call('GET', '/api/homes')).body[0].id, homeId)
    assert.equal((await http.call('GET', '/health')).body.claimed, true)
    const second = await house.run(setup)
    assert.equal(second.code, 3)
    assert.equal(JSON.parse(second.stderr).code, 'claim.claimed')
    assert.equal(second.stdout, '')
    await server.kill()
    assert.equal(server.process.exitCode, 0)
  })

  test('describes every route, without a token', async () => {
    const server = await house.start()
    const { body } = await api(server.base).call('GET', '/api/openapi.json')
    assert.equal(body.openapi, '3.1.0')
    for (const path of [
      '/health',
      '/api/homes',
      '/api/homes/{home}/devices',
      '/api/homes/{home}/devices/{device}/commands',
      '/api/homes/{home}/commands/{command}',
      '/api/homes/{home}/history',
      '/api/homes/{home}/onboarding',
      '/api/live/tickets',
      '/api/claim',
      '/api/gate',
    ])
      assert.ok(body.paths[path], path)
    assert.equal((await api(server.base).call('GET', '/api/docs')).status, 200)
    await server.kill()
  })

  test('a second server on the same data or port is refused with a sentence', async () => {
    const server = await house.start()
    const second = await house.run(['serve'])
    assert.notEqual(second.code, 0)
    assert.match(second.stderr, /in use|another/i)
    const other = household({ EAVES_PORT: String(server.port) })
    const third = await other.run(['serve'])
    assert.match(third.stderr, /Port \d+ on 127\.0\.0\.1 is taken/)
    await other.dispose()
    await server.kill()
  })

  test('an unknown setting, verb or option is refused by name', async () => {
    assert.match((await house.run(['serve'], { EAVES_PROT: '1' })).stderr, /EAVES_PROT/)
    assert.match((await house.run(['doctor'])).stderr, /doctor.*not in this version/)
    assert.match((await house.run(['setup', '--onwer', 'x'])).stderr, /--onwer/)
  })
})
