import mqtt from 'mqtt'
import { lampEntry } from './broker.ts'

export interface FakeBridge {
  /** What was asked of it, as the end of the request's topic. */
  readonly asked: () => readonly string[]
  /** What a device was sent. */
  readonly received: (name: string) => readonly string[]
  readonly reach: (name: string, online: boolean) => Promise<void>
  readonly stop: () => Promise<void>
}
type Entry = Readonly<Record<string, unknown>> & { friendly_name: string; readonly ieee_address: string }
interface Asked {
  readonly transaction?: string
  readonly time?: number
}
const sensorAddress = '0x00158d0001dddddd'
const interviewMs = 400

/** Zigbee2MQTT in small, by a client that is not ours: one lamp, and a climate sensor that joins when the door is open. */
export async function fakeBridge(url: string, lamp: string): Promise<FakeBridge> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4 })
  const asked: string[] = []
  const received = new Map<string, string[]>()
  const timers = new Set<NodeJS.Timeout>()
  const entries: Entry[] = [lampEntry(lamp, '0x00158d0001aaaaaa')]
  const say = (topic: string, body: unknown, retain = false) =>
    void client.publish(`zigbee2mqtt/${topic}`, typeof body === 'string' ? body : JSON.stringify(body), {
      retain,
    })
  const later = (ms: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }
  const sayDevices = () => say('bridge/devices', [coordinator, ...entries], true)
  const sayInfo = (seconds: number) =>
    say(
      'bridge/info',
      {
        version: '2.6.0',
        coordinator: { ieee_address: coordinator.ieee_address, type: 'Fake' },
        permit_join: seconds > 0,
        ...(seconds > 0 ? { permit_join_end: Date.now() + seconds * 1000 } : {}),
        config: { availability: { enabled: true } },
      },
      true,
    )
  const arrive = (): void => {
    if (entries.some((entry) => entry.ieee_address === sensorAddress)) return
    const data = { friendly_name: sensorAddress, ieee_address: sensorAddress }
    say('bridge/event', { type: 'device_joined', data })
    say('bridge/event', { type: 'device_interview', data: { ...data, status: 'started' } })
    later(interviewMs, () => {
      entries.push(sensorEntry)
      const { definition } = sensorEntry
      say('bridge/event', {
        type: 'device_interview',
        data: { ...data, status: 'successful', supported: true, definition },
      })
      sayDevices()
      say(`${sensorAddress}/availability`, { state: 'online' }, true)
      say(sensorAddress, { temperature: 11.5, humidity: 71, battery: 88 }, true)
    })
  }
  client.on('message', (topic, payload) => {
    const path = topic.slice('zigbee2mqtt/'.length)
    const body = JSON.parse(String(payload) || '{}') as Asked
    const request = /^bridge\/request\/(.+)$/.exec(path)?.[1]
    if (request === undefined) {
      const name = path.replace(/\/set$/, '')
      received.set(name, [...(received.get(name) ?? []), String(payload)])
      say(name, { brightness: 127, ...body }, true)
      return
    }
    asked.push(request)
    if (request === 'permit_join') {
      sayInfo(body.time ?? 0)
      if ((body.time ?? 0) > 0) later(interviewMs, arrive)
    }
    say(`bridge/response/${request}`, { data: {}, status: 'ok', transaction: body.transaction })
  })
  await client.subscribeAsync(['zigbee2mqtt/bridge/request/#', 'zigbee2mqtt/+/set'])
  say('bridge/state', { state: 'online' }, true)
  sayInfo(0)
  say('bridge/groups', [], true)
  sayDevices()
  say(`${lamp}/availability`, { state: 'online' }, true)
  say(lamp, { state: 'OFF', brightness: 127 }, true)
  return {
    asked: () => asked,
    received: (name) => received.get(name) ?? [],
    reach: async (name, online) => {
      await client.publishAsync(
        `zigbee2mqtt/${name}/availability`,
        JSON.stringify({ state: online ? 'online' : 'offline' }),
        { retain: true },
      )
    },
    async stop() {
      for (const timer of timers) clearTimeout(timer)
      await client.endAsync()
    },
  }
}

const coordinator = {
  ieee_address: '0x00158d0001000000',
  type: 'Coordinator',
  friendly_name: 'Coordinator',
  supported: true,
  disabled: false,
  interview_completed: true,
  interviewing: false,
  definition: null,
} as const
const measured = (name: string, unit: string) =>
  ({ type: 'numeric', name, label: name, property: name, access: 1, unit }) as const
const sensorEntry: Entry = {
  ...(lampEntry(sensorAddress, sensorAddress) as Entry),
  type: 'EndDevice',
  power_source: 'Battery',
  definition: {
    model: 'CLIMATE-1',
    vendor: 'Neutral',
    description: 'Climate sensor',
    supports_ota: false,
    options: [],
    exposes: [measured('temperature', '°C'), measured('humidity', '%'), measured('battery', '%')],
  },
}

export interface DiscoveredLight {
  readonly received: () => readonly string[]
  readonly stop: () => Promise<void>
}
/** A light that announces itself as ESPHome does, under a topic of its own. */
export async function discoveredLight(
  broker: { readonly url: string; readonly username?: string; readonly password?: string },
  topic: string,
  name: string,
): Promise<DiscoveredLight> {
  const { url, username, password } = broker
  const client = await mqtt.connectAsync(url, {
    protocolVersion: 4,
    ...(username === undefined ? {} : { username, password: password ?? '' }),
    will: { topic: `${topic}/status`, payload: Buffer.from('offline'), qos: 0, retain: true },
  })
  const received: string[] = []
  const node = topic.replaceAll('/', '-')
  let state: Record<string, unknown> = { state: 'OFF', brightness: 100 }
  const report = () => client.publish(`${topic}/light/lamp/state`, JSON.stringify(state), { retain: true })
  client.on('message', (_topic, payload) => {
    received.push(String(payload))
    state = { ...state, ...(JSON.parse(String(payload)) as Record<string, unknown>) }
    report()
  })
  await client.subscribeAsync(`${topic}/light/lamp/command`)
  await client.publishAsync(
    `homeassistant/light/${node}/lamp/config`,
    JSON.stringify({
      schema: 'json',
      name: null,
      uniq_id: `${node}-lamp`,
      stat_t: `${topic}/light/lamp/state`,
      cmd_t: `${topic}/light/lamp/command`,
      avty_t: `${topic}/status`,
      pl_avail: 'online',
      pl_not_avail: 'offline',
      brightness: true,
      sup_clrm: ['brightness'],
      dev: { ids: `${node}-id`, name, sw: 'esphome v2026.10.0', mdl: 'board', mf: 'Neutral' },
    }),
    { retain: true },
  )
  await client.publishAsync(`${topic}/status`, 'online', { retain: true })
  report()
  return { received: () => received, stop: () => client.endAsync() }
}
