// Catches a connection that does not reach, follow, lose and find again a real broker, or leaks what it says to the logs.
// The peer is mosquitto (independent code) where it is installed and this project's own embedded aedes broker otherwise; the device behind it is ours.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as dialTcp, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createHarness, driverConformance } from '@eaves/driver-kit/testing'
import mqtt, { type MqttClient } from 'mqtt'
import driver from './driver.ts'
import { credential, passwordOf, startEmbedded, type TestBroker } from './testing/embedded.ts'
import { expose, zigbeeDevice } from './testing/memory-link.ts'

const mosquitto = '/usr/sbin/mosquitto'
const ieee = '0x00158d0001020304'
const secret = 'kitchen-secret-name'
const turnOn = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }

interface Broker {
  readonly name: string
  readonly config: { readonly url: string; readonly username: string; readonly password: string }
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}
async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = dialTcp(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('mosquitto does not listen')
}
async function mosquittoBroker(): Promise<Broker> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'eaves-mqtt-'))
  const config = join(folder, 'mosquitto.conf')
  writeFileSync(
    config,
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\nmax_packet_size 4000000\n`,
  )
  let child: ChildProcess | undefined
  return {
    name: 'mosquitto',
    config: { url: `mqtt://127.0.0.1:${port}`, username: 'house', password: secret },
    start: async () => {
      child = spawn(mosquitto, ['-c', config], { stdio: 'ignore' })
      await untilListening(port)
    },
    stop: async () => {
      const ended = new Promise((resolve) => child?.once('exit', resolve))
      if (child?.exitCode === null && child.kill('SIGKILL')) await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
async function embeddedBroker(): Promise<Broker> {
  let embedded: TestBroker | undefined
  const list = [credential('house', 'home-a'), credential('device', 'home-a')]
  const first = await startEmbedded(list)
  const { port } = first
  embedded = first
  return {
    name: 'embedded',
    config: { url: `mqtt://127.0.0.1:${port}`, username: 'house', password: passwordOf('house') },
    start: async () => {
      if (embedded === undefined) {
        embedded = first
        await first.broker.listen({ host: '127.0.0.1', port })
      }
    },
    stop: async () => {
      embedded = undefined
      await first.stop()
    },
  }
}

/** A Zigbee2MQTT with one lamp that does what it is told, on the wire. */
async function lampBehind(broker: Broker): Promise<{
  readonly client: MqttClient
  readonly commands: () => number
  readonly stop: () => Promise<void>
}> {
  const isOwn = broker.name === 'embedded'
  const client = await mqtt.connectAsync(broker.config.url, {
    protocolVersion: 4,
    reconnectPeriod: 20,
    username: isOwn ? 'device' : 'any',
    password: isOwn ? passwordOf('device') : 'any',
  })
  let count = 0
  client.on('message', (topic, payload) => {
    if (!topic.endsWith('/set')) return
    count++
    client.publish(`zigbee2mqtt/${secret}`, payload)
  })
  const announce = (): void => {
    client.subscribe(`zigbee2mqtt/${secret}/set`)
    client.publish(
      'zigbee2mqtt/bridge/devices',
      JSON.stringify([zigbeeDevice(ieee, secret, [expose.light])]),
      { qos: 1, retain: true },
    )
  }
  client.on('connect', announce)
  announce()
  client.on('error', () => undefined)
  return {
    client,
    commands: () => count,
    stop: () => new Promise((resolve) => client.end(true, {}, () => resolve())),
  }
}

driverConformance(driver, {
  time: 'real',
  devices: [ieee],
  secrets: [secret, '127.0.0.1', ieee],
  withinMs: 4000,
  start: async () => {
    const broker = existsSync(mosquitto) ? await mosquittoBroker() : await embeddedBroker()
    await broker.start()
    const lamp = await lampBehind(broker)
    return {
      config: broker.config,
      commands: lamp.commands,
      lose: () => broker.stop(),
      restore: async () => {
        if (broker.name === 'mosquitto') {
          // The folder went with the broker; the configuration is written again for the same port.
          const port = Number(new URL(broker.config.url).port)
          restarted = spawn(mosquitto, ['-p', String(port)], { stdio: 'ignore' })
        } else await broker.start()
      },
      babble: async (harness) => {
        for (const topic of [
          'zigbee2mqtt/bridge/devices',
          `zigbee2mqtt/${secret}`,
          'homeassistant/light/x/config',
          'zigbee2mqtt/bridge/state',
          `zigbee2mqtt/${secret}/availability`,
        ]) {
          for (const payload of [
            '',
            '{',
            '[[[[',
            'null',
            '{"state":{"state":{}}}',
            Buffer.from([0xff, 0x00, 0xfe]),
            Buffer.alloc(300_000, 0x5b),
          ])
            await lamp.client.publishAsync(topic, payload, { qos: 1 })
        }
        await harness.until('the driver has read it all', () => true)
      },
      stop: async () => {
        await lamp.stop()
        await broker.stop().catch(() => undefined)
        restarted?.kill('SIGKILL')
        restarted = undefined
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
let restarted: ChildProcess | undefined

test('a home on the embedded broker finds its lamp and switches it without a socket of its own', async () => {
  const harness = createHarness(driver, { time: 'real' })
  const list = [credential('device', 'home-a')]
  harness.send({ t: 'credentials', list }, { t: 'broker', listen: { host: '127.0.0.1', port: 0 } })
  const port = (): number | undefined => harness.messages.filter((m) => m.t === 'broker').at(-1)?.port
  await harness.until('the broker listens', () => port() !== undefined)
  harness.open({ embedded: true })
  const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, {
    protocolVersion: 4,
    reconnectPeriod: 0,
    username: 'device',
    password: passwordOf('device'),
  })
  device.on('message', (_topic, payload) => device.publish('zigbee2mqtt/lamp', payload))
  await device.subscribeAsync('zigbee2mqtt/lamp/set')
  await device.publishAsync(
    'zigbee2mqtt/bridge/devices',
    JSON.stringify([zigbeeDevice(ieee, 'lamp', [expose.light])]),
    { qos: 1, retain: true },
  )
  await harness.until('the lamp is there', () => harness.device(ieee) !== undefined)
  assert.equal((await harness.command(ieee, turnOn)).state, 'sent')
  await harness.until('it is on', () => harness.value(ieee, 'main', 'onOff', 'on') === true)
  harness.send({ t: 'credentials', list: [] })
  await new Promise<void>((resolve) => device.once('close', () => resolve()))
  await harness.stop()
})

test('the steps say where it failed: no broker, a wrong password, no devices', async () => {
  const broker = await startEmbedded([credential('house', 'home-a')])
  const url = `mqtt://127.0.0.1:${broker.port}`
  const run = async (
    config: object,
    isDone: (steps: readonly string[]) => boolean,
  ): Promise<readonly string[]> => {
    const harness = createHarness(driver, { time: 'real' })
    const steps = (): readonly string[] =>
      harness.messages
        .filter((m) => m.t === 'step')
        .map((m) => `${m.step} ${m.state}${m.code === undefined ? '' : ` ${m.code}`}`)
    harness.open(config as Record<string, unknown>)
    await harness.until('the steps have come', () => isDone(steps()))
    await harness.stop()
    return steps()
  }
  try {
    assert.deepEqual(
      await run({ url: `mqtt://127.0.0.1:${await freePort()}` }, (steps) => steps.length >= 2),
      ['reach running', 'reach failed connection.unreachable'],
    )
    assert.deepEqual(
      (
        await run({ url, username: 'house', password: 'wrong' }, (steps) =>
          steps.some((step) => step.startsWith('sign-in')),
        )
      ).slice(0, 3),
      ['reach running', 'reach done', 'sign-in failed connection.unauthorized'],
    )
    assert.deepEqual(
      await run(
        { url: url.replace('//', '//house:secret%20of%20house@') },
        (steps) => steps.at(-1)?.startsWith('find done') === true,
      ),
      [
        'reach running',
        'reach done',
        'sign-in done',
        'listen running',
        'listen done',
        'find running',
        'find done connection.empty',
      ],
    )
    assert.deepEqual(await run({ url: 'http://example.org' }, (steps) => steps.length > 0), [
      'reach failed connection.unreachable',
    ])
  } finally {
    await broker.stop()
  }
})
