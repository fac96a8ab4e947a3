// Catches access data that let a device in where it should not be, or that honest firmware cannot work with.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import type { Credential } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { freePort, lampEntry } from './broker.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'

describe('the built-in broker', { timeout: 60_000 }, () => {
  let house: Household, server: Running, http: Api, home: string, port: number
  const dialled = new Set<MqttClient>()
  before(async () => {
    port = await freePort()
    house = household({ EAVES_MQTT_PORT: String(port) })
    const { homeId, token } = await house.claim()
    home = homeId
    server = await house.start()
    http = api(server.base, token)
  })
  after(async () => {
    for (const client of dialled) client.end(true)
    await house?.dispose()
  })

  const path = () => `/api/homes/${home}/mqtt/credentials`
  const make = async (name: string, scope?: unknown) => {
    const answer = await http.call('POST', path(), { name, ...(scope === undefined ? {} : { scope }) })
    assert.equal(answer.status, 201, answer.text)
    return answer.body as {
      id: string
      username: string
      password: string
      topic: string
      uri: string
      host: string
      port: number
      tls: boolean
      scope: unknown
    }
  }
  /** Dials with the text of the QR code alone. */
  const dial = async (uri: string, options: IClientOptions = {}) => {
    const client = await until(
      () =>
        mqtt
          .connectAsync(uri, { protocolVersion: 4, reconnectPeriod: 0, ...options }, false)
          .catch(() => undefined),
      'the broker to listen',
    )
    dialled.add(client)
    return client
  }
  const devices = async () => (await http.call('GET', `/api/homes/${home}/devices`)).body as DeviceView[]
  const find = (name: string, fits: (device: any) => boolean = () => true) =>
    until(
      async () => (await devices()).find((each) => each.name === name && fits(each)),
      `${name} in the list`,
    )
  const turn = async (device: any, command: string) =>
    (
      await http.call('POST', `/api/homes/${home}/devices/${device.id}/commands?wait=confirmed`, {
        capability: 'onOff',
        command,
      })
    ).body.status

  test('the answer alone holds the password and the text for a QR code', async () => {
    clause('pp.5.1')
    const made = await make('Plug', { kind: 'device', topic: 'plug' })
    assert.deepEqual([made.topic, made.scope, made.tls], ['plug', { kind: 'device', topic: 'plug' }, false])
    assert.equal(made.uri, `mqtt://${made.username}:${made.password}@127.0.0.1:${port}`)
    const client = await dial(made.uri)
    const listed = await until(async () => {
      const { body, text } = await http.call('GET', path())
      assert.ok(!text.includes(made.password) && !text.includes('mqtt://'))
      return (body as Credential[]).find((each) => each.id === made.id && each.connected)
    }, 'the client to be shown as connected')
    assert.deepEqual(listed.scope, made.scope)
    await client.endAsync(true)
  })

  test('a device of ESPHome’s shape comes in, is commanded and hears nothing else', async () => {
    const { uri } = await make('Desk', { kind: 'device', topic: 'desk' })
    const will = { topic: 'desk/status', payload: Buffer.from('offline'), qos: 0 as const, retain: true }
    const client = await dial(uri, { will })
    const report = (state: string) =>
      client.publishAsync('desk/light/lamp/state', `{"state":"${state}"}`, { retain: true })
    const heard: string[] = []
    client.on('message', (topic, payload) => {
      heard.push(topic)
      if (topic === 'desk/light/lamp/command')
        void report((JSON.parse(String(payload)) as { state: string }).state)
    })
    await client.publishAsync('esphome/discover/desk', '{}', { qos: 1 })
    await client.subscribeAsync(['desk/light/lamp/command', 'homeassistant/status', 'esphome/discover'])
    await client.publishAsync('desk/status', 'online', { retain: true })
    await client.publishAsync(
      'homeassistant/light/desk/lamp/config',
      JSON.stringify({
        schema: 'json',
        name: 'Desk lamp',
        uniq_id: 'desk-lamp',
        stat_t: 'desk/light/lamp/state',
        cmd_t: 'desk/light/lamp/command',
        avty_t: 'desk/status',
        dev: { ids: '84f3eb112233', name: 'Desk', mf: 'espressif' },
      }),
      { retain: true, qos: 1 },
    )
    await report('OFF')
    const device = await find(
      'Desk',
      (each) => each.online && each.parts[0]!.capabilities.onOff?.on === false,
    )
    assert.equal(await turn(device, 'turnOn'), 'confirmed')
    assert.deepEqual(heard, ['desk/light/lamp/command'])
    client.stream.destroy()
    await find('Desk', (each) => !each.online)
  })

  /** A switch that speaks as Tasmota does, anew at each connection. */
  const kettle = async (uri: string) => {
    const will = { topic: 'tele/kettle/LWT', payload: Buffer.from('Offline'), qos: 1 as const, retain: true }
    const client = await dial(uri, { will, clean: false, clientId: 'DVES_A1B2C3' })
    const report = (state: string) => client.publishAsync('stat/kettle/POWER', state)
    client.on('message', (topic, payload) => {
      if (topic === 'cmnd/kettle/POWER') void report(String(payload))
    })
    await client.subscribeAsync('cmnd/kettle/#')
    // The group topic and the fallback topic of the firmware are not its own; it lives without them.
    for (const filter of ['cmnd/tasmotas/#', 'cmnd/DVES_A1B2C3_fb/#'])
      await client.subscribeAsync(filter).catch(() => undefined)
    await client.publishAsync('tele/kettle/LWT', 'Online', { retain: true })
    await client.publishAsync(
      'homeassistant/switch/A1B2C3_RL_1/config',
      JSON.stringify({
        name: 'Kettle',
        uniq_id: 'A1B2C3_RL_1',
        stat_t: 'stat/kettle/POWER',
        cmd_t: 'cmnd/kettle/POWER',
        pl_on: 'ON',
        pl_off: 'OFF',
        avty_t: 'tele/kettle/LWT',
        pl_avail: 'Online',
        pl_not_avail: 'Offline',
        dev: { ids: ['A1B2C3'], name: 'Kettle' },
      }),
      { retain: true, qos: 1 },
    )
    await report('OFF')
  }
  let kettleUri = ''

  test('a device of Tasmota’s shape comes in though its announcement bears its hardware number', async () => {
    kettleUri = (await make('Kettle', { kind: 'device', topic: 'kettle' })).uri
    await kettle(kettleUri)
    const device = await find('Kettle', (each) => each.online)
    assert.equal(await turn(device, 'turnOn'), 'confirmed')
  })

  test('a bridge of Zigbee2MQTT’s shape brings its devices under its base', async () => {
    const { uri } = await make('Zigbee', { kind: 'bridge', base: 'zigbee2mqtt' })
    const client = await dial(uri)
    client.on('message', (_topic, payload) => {
      void client.publishAsync('zigbee2mqtt/Shelf', String(payload), { retain: true })
    })
    await client.subscribeAsync('zigbee2mqtt/#').catch(() => undefined)
    await client.unsubscribeAsync('zigbee2mqtt/#')
    await client.subscribeAsync('zigbee2mqtt/+/set')
    await client.publishAsync('zigbee2mqtt/bridge/state', '{"state":"online"}', { retain: true })
    await client.publishAsync(
      'zigbee2mqtt/bridge/devices',
      JSON.stringify([lampEntry('Shelf', '0x00158d0000000099')]),
      {
        retain: true,
      },
    )
    await client.publishAsync('zigbee2mqtt/Shelf', '{"state":"OFF","brightness":100}', { retain: true })
    const device = await find('Shelf', (each) => each.parts[0]!.capabilities.onOff?.on === false)
    assert.equal(await turn(device, 'turnOn'), 'confirmed')
  })

  test('a gateway of OpenMQTTGateway’s shape announces sensors of others under numbers of theirs', async () => {
    const { uri } = await make('Gateway', { kind: 'device', topic: 'OpenMQTTGateway' })
    const client = await dial(uri)
    await client.subscribeAsync('home/OpenMQTTGateway/commands/#')
    await client.publishAsync(
      'homeassistant/sensor/A4C138112233-tempc/config',
      JSON.stringify({
        name: 'Cellar temperature',
        uniq_id: 'A4C138112233-tempc',
        stat_t: 'home/OpenMQTTGateway/BTtoMQTT/A4C138112233',
        val_tpl: '{{ value_json.tempc }}',
        dev_cla: 'temperature',
        unit_of_meas: '°C',
        dev: { ids: ['A4C138112233'], name: 'Cellar' },
      }),
      { retain: true, qos: 1 },
    )
    await find('Cellar')
    await until(async () => {
      await client.publishAsync('home/OpenMQTTGateway/BTtoMQTT/A4C138112233', '{"tempc":12.5}')
      return (await devices()).some(
        (each) => each.name === 'Cellar' && each.parts[0]!.capabilities.temperature?.celsius === 12.5,
      )
    }, 'the temperature')
  })

  test('a device whose access data are revoked is not there any more; one that a person placed stays as unavailable', async () => {
    const rooms = (await http.call('POST', `/api/homes/${home}/rooms`, { name: 'Kitchen' })).body as {
      id: string
    }
    const announce = async (word: string) => {
      const made = await make(word, { kind: 'device', topic: word })
      const client = await dial(made.uri)
      const config = {
        name: null,
        uniq_id: word,
        stat_t: `${word}/s`,
        cmd_t: `${word}/c`,
        dev: { ids: [word], name: word },
      }
      await client.publishAsync(`homeassistant/switch/${word}/config`, JSON.stringify(config), {
        retain: true,
        qos: 1,
      })
      return { id: made.id, device: await find(word) }
    }
    const [loose, placed] = [await announce('loose'), await announce('placed')]
    const patched = await http.call('PATCH', `/api/homes/${home}/devices/${placed.device.id}`, {
      room: rooms.id,
    })
    assert.ok(patched.status < 300, patched.text)
    for (const { id } of [loose, placed])
      assert.equal((await http.call('DELETE', `${path()}/${id}`)).status, 204)
    await until(async () => !(await devices()).some((each) => each.name === 'loose'), 'the one to go')
    const left = await find('placed', (each) => !each.online)
    assert.equal(left.id, placed.device.id)
  })

  test('topics that are another’s, many’s or none are refused by field', async () => {
    const refused = async (scope: unknown, path: string, code?: string) => {
      const { status, body } = await http.call('POST', `/api/homes/${home}/mqtt/credentials`, {
        name: 'X',
        scope,
      })
      assert.ok(status === 400 || status === 422, JSON.stringify(body))
      assert.ok(
        body.errors.some(
          (each: any) => each.path.startsWith(path) && (code === undefined || each.code === code),
        ),
        JSON.stringify(body.errors),
      )
    }
    for (const topic of ['plug', 'plug/below', 'zigbee2mqtt/Shelf/x'])
      await refused(
        { kind: 'device', topic },
        'scope.topic',
        topic.startsWith('plug') ? 'topic-taken' : 'shared-topic',
      )
    for (const topic of ['homeassistant', 'homeassistant/light', 'cmnd', 'tele', 'zigbee2mqtt', 'esphome'])
      await refused({ kind: 'device', topic }, 'scope.topic', 'shared-topic')
    await refused({ kind: 'bridge', base: 'homeassistant' }, 'scope.base', 'shared-topic')
    await refused({ kind: 'bridge', base: 'zigbee2mqtt' }, 'scope.base', 'topic-taken')
    for (const topic of [
      '',
      '#',
      'a/+',
      '$SYS',
      '/a',
      'a/',
      'a//b',
      'a\u0000b',
      'x'.repeat(129),
      '1/2/3/4/5/6/7/8/9',
    ])
      await refused({ kind: 'device', topic }, 'scope')
    await refused({ kind: 'bridge' }, 'scope')
    await refused({ kind: 'all' }, 'scope')
    assert.equal((await make('Case', { kind: 'device', topic: 'PLUG' })).topic, 'PLUG')
    const plain = await make('Plain')
    assert.equal(plain.topic, plain.username)
  })

  test('revoked access data are dead within a second, with all they left; the next of that topic begins anew', async () => {
    clause('pp.5.1')
    const made = await make('Blind', { kind: 'device', topic: 'blind' })
    const tool = await dial((await make('Tool', { kind: 'everything' })).uri)
    const client = await dial(made.uri, {
      will: { topic: 'blind/status', payload: Buffer.from('boo'), qos: 1, retain: true },
    })
    await client.publishAsync('blind/kept', 'x', { qos: 1, retain: true })
    const start = performance.now()
    const gone = new Promise<void>((resolve) => client.once('close', () => resolve()))
    assert.equal((await http.call('DELETE', `${path()}/${made.id}`)).status, 204)
    await gone
    assert.ok(performance.now() - start < 1000)
    await assert.rejects(mqtt.connectAsync(made.uri, { protocolVersion: 4, reconnectPeriod: 0 }, false))
    const heard: string[] = []
    tool.on('message', (topic) => heard.push(topic))
    await tool.subscribeAsync('blind/#', { qos: 1 })
    const next = await make('Blind', { kind: 'device', topic: 'blind' })
    await (await dial(next.uri)).publishAsync('blind/new', 'x', { qos: 1 })
    await until(() => heard.includes('blind/new'), 'the new device')
    assert.deepEqual(heard, ['blind/new'])
  })

  test('after a restart of the server devices come back as the same, with their scope, and no topic stands in clear', async () => {
    const { id } = await find('Kettle')
    const { uri } = await make('Porch', { kind: 'device', topic: 'marker-porch' })
    await server.kill()
    for (const file of ['eaves.db', 'eaves.db-wal'])
      try {
        assert.ok(!readFileSync(join(house.dir, 'data', file)).includes('marker-porch'), file)
      } catch (error) {
        assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT')
      }
    server = await house.start({ EAVES_PORT: String(server.port) })
    const client = await dial(uri)
    await assert.rejects(client.subscribeAsync('#'))
    await client.subscribeAsync('marker-porch/#')
    const remembered = await find('Kettle')
    assert.deepEqual([remembered.id, remembered.online], [id, false])
    // What was kept is gone with the broker's memory; a device says it again when it comes back.
    await kettle(kettleUri)
    const device = await find('Kettle', (each) => each.online)
    assert.equal(device.id, id)
    assert.equal(await turn(device, 'turnOn'), 'confirmed')
  })
})
