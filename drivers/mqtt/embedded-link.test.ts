// Catches a home on the embedded broker whose driver breaks a promise that it keeps over a socket.
// The client at the other end is mqtt.js (independent code); the device behind it is ours.
import { driverConformance, type Harness } from '@eaves/driver-kit/testing'
import mqtt, { type MqttClient } from 'mqtt'
import driver from './driver.ts'
import { credential, passwordOf } from './testing/embedded.ts'
import { expose, zigbeeDevice } from './testing/memory-link.ts'

const ieee = '0x00158d0001020304'
const name = 'kitchen-secret-name'
const turnOn = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }

/** Has the driver process's own broker listen, on the port of before when there was one. */
async function listen(harness: Harness, port: number): Promise<number> {
  const told = (): number | undefined => {
    const last = harness.messages.findLast((message) => message.t === 'broker')
    return last?.state === 'listening' ? last.port : undefined
  }
  harness.send({ t: 'broker', listen: { host: '127.0.0.1', port } })
  await harness.until('the broker listens', () => told() !== undefined)
  return told()!
}

/** A Zigbee2MQTT with one lamp that does what it is told. */
async function lampAt(port: number, onCommand: () => void): Promise<MqttClient> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    protocolVersion: 4,
    reconnectPeriod: 20,
    username: 'device',
    password: passwordOf('device'),
  })
  const announce = (): void => {
    client.subscribe(`zigbee2mqtt/${name}/set`)
    const list = JSON.stringify([zigbeeDevice(ieee, name, [expose.light])])
    client.publish('zigbee2mqtt/bridge/devices', list, { qos: 1, retain: true })
  }
  client.on('error', () => undefined)
  client.on('connect', announce)
  client.on('message', (topic, payload) => {
    if (!topic.endsWith('/set')) return
    onCommand()
    client.publish(`zigbee2mqtt/${name}`, payload)
  })
  announce()
  return client
}

driverConformance(driver, {
  time: 'real',
  devices: [ieee],
  secrets: [name, '127.0.0.1', ieee, passwordOf('device')],
  withinMs: 4000,
  start: async () => {
    let port = 0
    let lamp: MqttClient | undefined
    let commands = 0
    return {
      config: { embedded: true },
      commands: () => commands,
      begin: async (harness) => {
        harness.send({ t: 'credentials', list: [credential('device', 'home-a')] })
        port = await listen(harness, 0)
        lamp = await lampAt(port, () => commands++)
      },
      lose: async (harness) => harness.send({ t: 'broker', listen: null }),
      restore: async (harness) => void (await listen(harness, port)),
      babble: async (harness) => {
        for (const topic of ['bridge/devices', 'bridge/state', 'bridge/groups', name, `${name}/availability`])
          for (const payload of [
            '',
            '{',
            '[[[[',
            'null',
            '{"state":{"state":{}}}',
            Buffer.from([0xff, 0, 0xfe]),
          ])
            await lamp?.publishAsync(`zigbee2mqtt/${topic}`, payload, { qos: 1 })
        await harness.until('the driver has read it all', () => true)
      },
      stop: async () => {
        await new Promise<void>((resolve) =>
          lamp === undefined ? resolve() : lamp.end(true, {}, () => resolve()),
        )
      },
    }
  },
  confirmed: { device: ieee, command: turnOn, values: [['main', 'onOff', 'on', true]] },
  outOfRange: {
    device: ieee,
    command: { part: 'main', capability: 'level', name: 'setLevel', args: { percent: 101 } },
  },
  refused: {
    config: (config) => config,
    device: ieee,
    command: { part: 'main', capability: 'lock', name: 'unlock', args: {} },
    code: 'device.unsupported',
  },
})
