import { Thing, type HouseNow, type ThingDeps } from '../thing.ts'
import type { Room } from '../world/family.ts'
import type { Will, Wire } from '../wire.ts'

export type Json = Readonly<Record<string, unknown>>
export type Say = (topic: string, payload: string | number | Json, retain?: boolean) => void

export interface Entity {
  readonly component: string
  readonly object: string
  readonly config: Json
}
/** A device that announces itself by Home Assistant's MQTT discovery. */
export interface Gadget {
  /** What its topics begin with. */
  readonly node: string
  readonly name: string
  readonly room: Room
  readonly mac: string
  readonly maker: string
  readonly model: string
  readonly availability: { readonly topic: string; readonly online: string; readonly offline: string }
  readonly entities: readonly Entity[]
  /** One announcement for the whole device instead of one for each entity. */
  readonly isBundle?: boolean
  readonly reportEveryMs: number
  readonly live: (house: HouseNow, seconds: number) => boolean
  readonly report: (say: Say) => void
  /** By topic: what a message there does. */
  readonly obey: Readonly<Record<string, (payload: string) => void>>
  readonly drain?: (isLow: boolean) => void
}

export const willOf = ({ availability }: Gadget): Will => ({
  topic: availability.topic,
  payload: availability.offline,
})

/** Announces the device, listens for it and gives back the thing that lives. */
export function present(gadget: Gadget, wire: Wire, deps: ThingDeps): Thing {
  const say: Say = (topic, payload, retain = true) =>
    wire.publish(topic, typeof payload === 'object' ? JSON.stringify(payload) : String(payload), retain)
  const { availability, obey } = gadget
  const thing = new Thing(
    {
      name: () => gadget.name,
      room: gadget.room,
      reportEveryMs: gadget.reportEveryMs,
      live: gadget.live,
      report: () => gadget.report(say),
      presence: (isOnline) => say(availability.topic, isOnline ? availability.online : availability.offline),
      ...(gadget.drain === undefined ? {} : { drain: gadget.drain }),
    },
    deps,
  )
  for (const [topic, config] of announcements(gadget)) say(topic, config)
  thing.body.presence(true)
  wire.onMessage((topic, payload) => {
    const act = Object.hasOwn(obey, topic) ? obey[topic] : undefined
    if (act !== undefined) thing.ask(() => act(payload))
  })
  for (const topic of Object.keys(obey)) wire.subscribe(topic)
  return thing
}

/** Pairs of topic and config, as the device would retain them at the broker. */
export function announcements(gadget: Gadget): readonly (readonly [string, Json])[] {
  const { node, entities, availability, name, maker, model, mac } = gadget
  const device = {
    identifiers: [node],
    name,
    manufacturer: maker,
    model,
    sw_version: '2026.5.1',
    connections: [['mac', mac]],
  }
  const reach = {
    availability_topic: availability.topic,
    payload_available: availability.online,
    payload_not_available: availability.offline,
  }
  const unique = (object: string) => `${node}_${object}`
  if (gadget.isBundle === true) {
    const components = Object.fromEntries(
      entities.map(({ component, object, config }) => [
        object,
        { platform: component, unique_id: unique(object), ...config },
      ]),
    )
    const origin = { name: 'simulated', sw_version: '1.0' }
    return [[`homeassistant/device/${node}/config`, { device, origin, components, ...reach }]]
  }
  return entities.map(({ component, object, config }) => [
    `homeassistant/${component}/${node}/${object}/config`,
    { unique_id: unique(object), ...config, ...reach, device },
  ])
}

/** A measurement that stands beside what the device is for. */
export const sensor = (object: string, name: string, config: Json): Entity => ({
  component: 'sensor',
  object,
  config: { name, state_class: 'measurement', ...config },
})
export const signal = (node: string): Entity =>
  sensor('signal', 'WiFi signal', {
    device_class: 'signal_strength',
    unit_of_measurement: 'dBm',
    entity_category: 'diagnostic',
    state_topic: `${node}/sensor/signal/state`,
  })
