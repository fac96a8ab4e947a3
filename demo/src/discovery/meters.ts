import { clamp } from '../world/weather.ts'
import type { Moment } from '../world/world.ts'
import { sensor, type Entity, type Gadget } from './gadget.ts'

/** What flows at this moment, in watts; out of the grid and out of the battery are above zero. */
export interface Flows {
  readonly house: number
  readonly sun: number
  readonly battery: number
  readonly grid: number
}
const battery = { takes: 500, gives: 900 } as const

/** The sun carries the house first, then the battery, then the street; in the evening the battery gives back. */
export function flowsAt({ local, weather }: Pick<Moment, 'local' | 'weather'>): Flows {
  const isEvening = local.minute >= 18 * 60 && local.minute < 21 * 60
  const house = isEvening ? 1_200 : 200
  const sun = Math.round(clamp(weather.lux / 60, 0, 1_600))
  const left = sun - house
  const given = left > 0 ? -Math.min(left, battery.takes) : isEvening ? Math.min(-left, battery.gives) : 0
  return { house, sun, battery: given, grid: -left - given }
}

type Topics = Readonly<Record<string, (flows: Flows) => number>>
interface Counted {
  readonly node: string
  readonly name: string
  readonly mac: string
  readonly model: string
  readonly entities: (topic: (value: string) => string) => readonly Entity[]
  /** kWh or m³ that each counter has shown so far, and what an hour at these flows adds. */
  readonly counters: Readonly<
    Record<string, readonly [begin: number, hourly: (flows: Flows, moment: Moment) => number]>
  >
  readonly now: Topics
}

function counting({ node, name, mac, model, entities, counters, now }: Counted): Gadget {
  const topic = (value: string): string => `${node}/sensor/${value}/state`
  const shown = new Map(Object.entries(counters).map(([key, [begin]]) => [key, begin]))
  let flows: Flows = { house: 0, sun: 0, battery: 0, grid: 0 }
  let told = 0
  return {
    node,
    name,
    room: 'Hall',
    mac,
    maker: 'Simulated',
    model,
    availability: { topic: `${node}/status`, online: 'online', offline: 'offline' },
    entities: entities(topic),
    isBundle: true,
    reportEveryMs: 15_000,
    live: ({ moment }, seconds) => {
      flows = flowsAt(moment)
      for (const [key, [, hourly]] of Object.entries(counters))
        shown.set(key, shown.get(key)! + (hourly(flows, moment) * seconds) / 3_600)
      const watts = Object.values(now)[0]?.(flows) ?? told
      if (Math.abs(watts - told) < 25) return false
      told = watts
      return true
    },
    report: (say) => {
      for (const [key, value] of shown) say(topic(key), Math.round(value * 1_000) / 1_000)
      for (const [key, value] of Object.entries(now)) say(topic(key), value(flows))
    },
    obey: {},
  }
}
const counter = (object: string, name: string, kind: string, unit: string, state: string): Entity =>
  sensor(object, name, {
    device_class: kind,
    unit_of_measurement: unit,
    state_class: 'total_increasing',
    state_topic: state,
  })
const power = (object: string, name: string, state: string): Entity =>
  sensor(object, name, { device_class: 'power', unit_of_measurement: 'W', state_topic: state })
/** kWh an hour of so many watts, as far as they flow this way. */
const kilo = (watts: number): number => Math.max(0, watts) / 1_000
const isHour = ({ local }: Moment, ...hours: readonly number[]): boolean =>
  hours.includes(Math.floor(local.minute / 60))

/** The four that stand in the cellar of other houses. */
export const meters = (): readonly Gadget[] => [
  counting({
    node: 'electricity-meter',
    name: 'Electricity meter',
    mac: '02:e5:50:00:00:09',
    model: 'Reading head of an electricity meter',
    entities: (topic) => [
      counter('imported', 'Imported', 'energy', 'kWh', topic('imported')),
      counter('exported', 'Exported', 'energy', 'kWh', topic('exported')),
      power('power', 'Power', topic('power')),
    ],
    counters: {
      imported: [9_432.5, ({ grid }) => kilo(grid)],
      exported: [4_101.8, ({ grid }) => kilo(-grid)],
    },
    now: { power: ({ grid }) => grid },
  }),
  counting({
    node: 'solar-inverter',
    name: 'Solar inverter',
    mac: '02:e5:50:00:00:0a',
    model: 'Inverter with a battery',
    entities: (topic) => [
      counter('made', 'Made', 'energy', 'kWh', topic('made')),
      power('power', 'Power', topic('power')),
      counter('charged', 'Charged', 'energy', 'kWh', topic('charged')),
      counter('discharged', 'Discharged', 'energy', 'kWh', topic('discharged')),
      power('battery', 'Battery power', topic('battery')),
    ],
    counters: {
      made: [8_264.2, ({ sun }) => kilo(sun)],
      charged: [3_510.4, ({ battery: given }) => kilo(-given)],
      discharged: [3_159.4, ({ battery: given }) => kilo(given)],
    },
    now: { power: ({ sun }) => sun, battery: ({ battery: given }) => given },
  }),
  counting({
    node: 'gas-meter',
    name: 'Gas meter',
    mac: '02:e5:50:00:00:0b',
    model: 'Pulse reader',
    entities: (topic) => [counter('gas', 'Gas', 'gas', 'm³', topic('gas'))],
    counters: {
      gas: [6_120.4, (_flows, moment) => (isHour(moment, 5, 6, 7, 8, 17, 18, 19, 20) ? 0.5 : 0)],
    },
    now: {},
  }),
  counting({
    node: 'water-meter',
    name: 'Water meter',
    mac: '02:e5:50:00:00:0c',
    model: 'Pulse reader',
    entities: (topic) => [counter('water', 'Water', 'water', 'm³', topic('water'))],
    counters: {
      water: [612.7, (_flows, moment) => (isHour(moment, 7) ? 0.12 : 0) + (isHour(moment, 19) ? 0.18 : 0)],
    },
    now: {},
  }),
]
