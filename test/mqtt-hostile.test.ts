// Catches a message from the broker that stops the server, shows what no device said, or costs memory without end; and a link that does not come back.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import mqtt, { type MqttClient } from 'mqtt'
import { hasMosquitto, lampEntry, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { childrenOf, residentMiB } from './processes.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'
import { configs, entries, odd, states } from './hostile-payloads.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'

describe('a broker full of nonsense', { skip, timeout: 60_000 }, () => {
  let broker: Awaited<ReturnType<typeof startMosquitto>>,
    house: Household,
    server: Running,
    http: Api,
    home: string,
    lamp: Lamp,
    client: MqttClient
  before(async () => {
    broker = await startMosquitto()
    house = household({ EAVES_MQTT_URL: broker.url })
    const { homeId, token } = await house.claim()
    home = homeId
    server = await house.start()
    http = api(server.base, token)
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    client = await mqtt.connectAsync(broker.url, { protocolVersion: 4 })
    await find('Reading lamp')
  })
  after(async () => {
    await client?.endAsync(true)
    await lamp?.stop()
    await house?.dispose()
    await broker?.stop()
  })
  const devices = async () => (await http.call('GET', `/api/homes/${home}/devices`)).body as any[]
  const find = (name: string, fits: (device: any) => boolean = () => true, ms = 5000) =>
    until(
      async () => (await devices()).find((each) => each.name === name && fits(each)),
      `${name} in the list`,
      ms,
    )
  const command = async (device: string, name: string, capability = 'onOff', args?: unknown) =>
    (
      await http.call('POST', `/api/homes/${home}/devices/${device}/commands?wait=confirmed`, {
        capability,
        command: name,
        ...(args === undefined ? {} : { args }),
      })
    ).body
  const driverPid = () => childrenOf(server.process.pid!)[0]
  const publish = (topic: string, payload: string | Buffer, retain = false) =>
    client.publishAsync(topic, payload, { retain })
  /** Resolves when everything published before has gone through the driver. */
  const passed = async (percent: number) => {
    await lamp.set(true, percent)
    await find('Reading lamp', (each) => each.parts[0].capabilities.level?.percent === percent)
  }

  test('values that are none leave the last right one, and the lamp goes on', async () => {
    const driver = driverPid()
    await passed(40)
    const { id } = await find('Reading lamp')
    for (const state of states) await publish('zigbee2mqtt/Reading lamp', state)
    await publish('zigbee2mqtt/Reading lamp', '{"effect":"blink","linkquality":77}')
    const shown = await find('Reading lamp', (each) => each.parts[0].vendor.linkquality === 77)
    const { onOff, level } = shown.parts[0].capabilities
    assert.equal(onOff.on, true)
    assert.ok(
      Number.isFinite(level.percent) && level.percent >= 0 && level.percent <= 100,
      String(level.percent),
    )
    assertSane(await devices())
    assert.equal((await command(id, 'turnOff')).status, 'confirmed')
    assert.equal(driverPid(), driver)
  })

  test('announcements that are none, collide, loop or reach for prototypes bring nothing wrong and stop nothing', async () => {
    const driver = driverPid()
    const base = residentMiB(server.process.pid!)
    for (const [topic, config] of configs) await publish(topic, config, true)
    for (const list of entries) await publish('zigbee2mqtt/bridge/devices', list)
    await publish('zigbee2mqtt/bridge/devices', odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4')]), true)
    await passed(60)
    for (const name of ['Scale', 'Templates']) await find(name)
    for (const [topic, value] of [
      ['scale/b', '99999'],
      ['scale/b', 'NaN'],
      ['scale/ct', '0'],
      ['scale/n', 'Infinity'],
      ['scale/t', '1e999'],
      ['scale/t', '-4000'],
      ['scale/t', 'nan'],
      ['scale/h', '250'],
      ['scale/h', '-3'],
      ['scale/s', 'PERHAPS'],
      ['same/a', 'ON'],
      ['same/b', 'OFF'],
    ] as const)
      await publish(topic, value)
    for (const state of states) await publish('templates/state', state)
    // Said until heard: a device is listed a moment before its topics are subscribed to.
    await until(async () => {
      await publish('scale/s', 'ON')
      return (await devices()).some(
        (each) => each.name === 'Scale' && each.parts[0].capabilities.onOff?.on === true,
      )
    }, 'Scale to be on')
    const all = await devices()
    assertSane(all)
    assert.equal(all.filter((each) => each.name === 'Reading lamp').length, 1)
    assert.equal(
      (await command(all.find((each) => each.name === 'Reading lamp').id, 'turnOff')).status,
      'confirmed',
    )
    assert.equal((await http.call('GET', '/health')).status, 200)
    assert.equal(driverPid(), driver, 'the driver process was not ended by it')
    for (const [topic] of configs) await publish(topic, '', true)
    assert.ok(residentMiB(server.process.pid!) - base < 120)
  })

  test('a device renamed a thousand times is one device under its last name, and memory stays', async () => {
    const ieee = '0x00158d00deadbeef'
    const list = (name: string) =>
      odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4'), lampEntry(name, ieee)])
    await publish('zigbee2mqtt/bridge/devices', list('Name 0'))
    const { id } = await find('Name 0')
    const base = residentMiB(server.process.pid!)
    for (let i = 1; i <= 1000; i++) await publish('zigbee2mqtt/bridge/devices', list(`Name ${i}`))
    const shown = await find('Name 1000', () => true, 10_000)
    assert.equal(shown.id, id)
    assert.equal((await devices()).filter((each) => /^Name \d/.test(each.name)).length, 1)
    assert.ok(residentMiB(server.process.pid!) - base < 80, `${base} → ${residentMiB(server.process.pid!)}`)
    await publish('zigbee2mqtt/bridge/devices', odd([lampEntry('Reading lamp', '0x00158d0001a2b3c4')]))
    await passed(35)
  })

  test('a driver process that is killed comes back with its devices, by itself', async () => {
    const { id } = await find('Reading lamp')
    const before = driverPid()!
    process.kill(before, 'SIGKILL')
    await until(() => {
      const now = driverPid()
      return now !== undefined && now !== before
    }, 'another driver process')
    const done = await until(
      async () => {
        const tried = await command(id, 'toggle')
        return tried.status === 'confirmed'
          ? tried
          : assert.ok(
              ['server.driver-down', 'device.unreachable'].includes(tried.reason?.code),
              JSON.stringify(tried),
            )
      },
      'the lamp to answer again',
      10_000,
    )
    assert.equal(done.status, 'confirmed')
    await passed(55)
  })

  test('a broker that goes away takes its devices offline, and brings them back when it returns', async () => {
    const { id } = await find('Reading lamp', (each) => each.online)
    await broker.stop()
    await find('Reading lamp', (each) => each.online === false, 10_000)
    const failed = await command(id, 'turnOn')
    assert.deepEqual([failed.status, failed.reason?.code], ['failed', 'device.unreachable'])
    broker = await startMosquitto(broker.port)
    await lamp.stop().catch(() => undefined)
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    await find('Reading lamp', (each) => each.online, 20_000)
    assert.equal((await command(id, 'turnOn')).status, 'confirmed')
  })
})

/** Nothing unknown, unbounded or of this program's own insides is shown as a value of a device. */
function assertSane(devices: readonly any[]): void {
  assert.ok(devices.length < 40, `${devices.length} devices`)
  const text = JSON.stringify(devices)
  for (const each of ['native code', '[object', 'NaN', 'Infinity', 'root:x:', '__class__', 'function'])
    assert.ok(!text.includes(each), `${each} in ${text.slice(0, 3000)}`)
  for (const device of devices) {
    assert.ok(
      device.name.length > 0 && device.name.length <= 120 && !/\p{Cc}/u.test(device.name),
      JSON.stringify(device.name),
    )
    for (const { capabilities } of device.parts) {
      for (const [capability, values] of Object.entries(
        capabilities as Record<string, Record<string, unknown>>,
      )) {
        for (const [attribute, value] of Object.entries(values)) {
          const where = `${device.name} ${capability}.${attribute} = ${JSON.stringify(value)}`
          assert.ok(value !== null && ['boolean', 'number', 'string'].includes(typeof value), where)
          if (attribute.toLowerCase().endsWith('percent'))
            assert.ok((value as number) >= 0 && (value as number) <= 100, where)
          if (attribute === 'kelvin') assert.ok((value as number) > 0, where)
          if (attribute === 'celsius')
            assert.ok((value as number) >= -273.15 && (value as number) <= 1000, where)
        }
      }
    }
  }
}
