import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mqtt from 'mqtt'

const program = '/usr/sbin/mosquitto'
export const hasMosquitto = existsSync(program)

/** A port that is free now on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** The household's own broker: Debian's mosquitto on loopback, on a port of its own unless one is given. */
export async function startMosquitto(givenPort?: number): Promise<{
  readonly url: string
  readonly port: number
  readonly stop: () => Promise<void>
}> {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-mosquitto-'))
  const port = givenPort ?? (await freePort())
  writeFileSync(
    join(dir, 'conf'),
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\nlog_type error\n${process.getuid?.() === 0 ? 'user root\n' : ''}`,
  )
  const child = spawn(program, ['-c', join(dir, 'conf')], { stdio: 'ignore' })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  for (let i = 0; ; i++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy()
        resolve(true)
      })
      socket.on('error', () => resolve(false))
    })
    if (open) break
    if (i > 200) throw new Error('mosquitto did not open its port')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    async stop() {
      child.kill()
      await exited
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export interface Lamp {
  readonly received: () => readonly string[]
  readonly set: (on: boolean, percent?: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** A lamp as Zigbee2MQTT would present it: announced, commanded and reporting over the broker, by a client that is not ours. */
export async function zigbeeLamp(url: string, name: string, ieee = '0x00158d0001a2b3c4'): Promise<Lamp> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4 })
  const received: string[] = []
  let state: { state: string; brightness: number } = { state: 'OFF', brightness: 127 }
  const report = () =>
    client.publishAsync(`zigbee2mqtt/${name}`, JSON.stringify({ ...state, linkquality: 120 }), {
      retain: true,
    })
  client.on('message', (_topic, payload) => {
    received.push(String(payload))
    const asked = JSON.parse(String(payload)) as Partial<typeof state>
    const wanted = asked.state === 'TOGGLE' ? (state.state === 'ON' ? 'OFF' : 'ON') : asked.state
    state = {
      ...state,
      ...asked,
      state: wanted ?? (asked.brightness === undefined ? state.state : asked.brightness > 0 ? 'ON' : 'OFF'),
    }
    void report()
  })
  await client.subscribeAsync(`zigbee2mqtt/${name}/set`)
  await client.publishAsync('zigbee2mqtt/bridge/state', '{"state":"online"}', { retain: true })
  await client.publishAsync('zigbee2mqtt/bridge/devices', JSON.stringify([lampEntry(name, ieee)]), {
    retain: true,
  })
  await report()
  return {
    received: () => received,
    async set(on, percent) {
      state = {
        state: on ? 'ON' : 'OFF',
        brightness: percent === undefined ? state.brightness : Math.round(percent * 2.54),
      }
      await report()
    },
    stop: () => client.endAsync(),
  }
}

export function lampEntry(name: string, ieee: string) {
  return {
    ieee_address: ieee,
    type: 'Router',
    supported: true,
    disabled: false,
    interview_completed: true,
    interviewing: false,
    network_address: 1,
    friendly_name: name,
    power_source: 'Mains (single phase)',
    definition: {
      model: 'LAMP-1',
      vendor: 'Neutral',
      description: 'Lamp',
      supports_ota: false,
      options: [],
      exposes: [
        {
          type: 'light',
          features: [
            {
              type: 'binary',
              name: 'state',
              property: 'state',
              access: 7,
              value_on: 'ON',
              value_off: 'OFF',
              value_toggle: 'TOGGLE',
            },
            {
              type: 'numeric',
              name: 'brightness',
              property: 'brightness',
              access: 7,
              value_min: 0,
              value_max: 254,
            },
          ],
        },
        { type: 'enum', name: 'effect', property: 'effect', access: 2, values: ['blink', 'breathe'] },
        {
          type: 'numeric',
          name: 'linkquality',
          property: 'linkquality',
          access: 1,
          unit: 'lqi',
          value_min: 0,
          value_max: 255,
        },
      ],
    },
  }
}
