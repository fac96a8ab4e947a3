import type { DeviceId, HomeId, MeterKind, SubjectId } from '@eaves/model'
import type { MeterSource, Tariff } from '@eaves/model/api'
import { beginOf, dateOf } from '../energy/energy.ts'
import { cellOf, type HomeRuntime } from '../homes/homes.ts'
import type { House } from '../house.ts'
import { stackOf, type Log } from '../log.ts'
import { firstDay, hoursUntil, pastOf, type Flow, type Timed } from './energy-year.ts'
import type { Furnished } from './furnish.ts'

const hourMs = 3_600_000
const lookEveryMs = 500
/** What is not announced by then is not waited for. */
const patienceMs = 60_000

interface Counter {
  readonly flow: Flow
  readonly device: string
  /** `main` unless it is told apart. */
  readonly part?: string
  readonly capability: string
  readonly attribute: string
  readonly meter?: { readonly name: string; readonly kind: MeterKind }
  /** Part and device that tell its power, where it is not beside the counter. */
  readonly power?: readonly [device: string, part: string]
  /** Month and day of last year, at noon, from which another counter counts. */
  readonly anew?: string
}
const energy = { capability: 'energy', attribute: 'kilowattHours' } as const
const [electricity, inverter] = ['Electricity meter', 'Solar inverter']
const counters: readonly Counter[] = [
  {
    ...{ flow: 'imported', device: electricity, part: 'imported', ...energy, anew: '06-10' },
    power: [electricity, 'main'],
    meter: { name: 'Drawn from the grid', kind: 'grid-import' },
  },
  {
    ...{ flow: 'exported', device: electricity, ...energy },
    meter: { name: 'Fed into the grid', kind: 'grid-export' },
  },
  {
    ...{ flow: 'made', device: inverter, part: 'made', ...energy },
    power: [inverter, 'main'],
    meter: { name: 'Made by the sun', kind: 'solar' },
  },
  {
    ...{ flow: 'charged', device: inverter, ...energy },
    power: [inverter, 'battery'],
    meter: { name: 'Into the battery', kind: 'battery-in' },
  },
  {
    ...{ flow: 'discharged', device: inverter, part: 'discharged', ...energy },
    power: [inverter, 'battery'],
    meter: { name: 'Out of the battery', kind: 'battery-out' },
  },
  {
    ...{ flow: 'gas', device: 'Gas meter', capability: 'meter', attribute: 'gasCubicMeters' },
    meter: { name: 'Gas', kind: 'gas' },
  },
  {
    ...{ flow: 'water', device: 'Water meter', capability: 'meter', attribute: 'waterCubicMeters' },
    ...{ anew: '09-15', meter: { name: 'Water', kind: 'water' } },
  },
  { flow: 'television', device: 'Television', ...energy },
  { flow: 'washing', device: 'Washing machine', ...energy },
]

/** Grams of CO₂ for one kWh from the grid, and one m³ of gas. */
const co2Of: Readonly<Partial<Record<MeterKind, { readonly co2GramsPerUnit: number }>>> = {
  'grid-import': { co2GramsPerUnit: 380 },
  gas: { co2GramsPerUnit: 2_000 },
}

/** What each costs: last year one price for all, this year the nights apart. */
function tariffsOf(kind: MeterKind, first: string, second: string): Tariff[] {
  const one = (from: string, price: number, standingPerDay: number): Tariff => ({
    ...{ from, currency: 'EUR', price, standingPerDay, windows: [], tiers: [] },
  })
  const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00', price: 0.26 }
  if (kind === 'grid-import') return [one(first, 0.32, 0.4), { ...one(second, 0.34, 0.42), windows: [night] }]
  if (kind === 'grid-export') return [one(first, 0.08, 0)]
  if (kind === 'gas') return [one(first, 1.1, 0.45)]
  return kind === 'water' ? [one(first, 4.2, 0)] : []
}

/** Once its counters have told what they show, a new demo home gets a past: rollups and meters, no single sample of it. */
export function countAYear(
  house: House,
  { home, subject }: Furnished,
  log: Log,
): { readonly stop: () => Promise<void> } {
  const { homes } = house
  let tries = patienceMs / lookEveryMs
  let work: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    if (--tries < 0) return clearInterval(timer)
    if (shownBy(homes.runtime(home)).length < counters.length) return
    clearInterval(timer)
    work = furnishEnergy(house, { home, subject }, Date.now()).catch((error: unknown) =>
      log.warn('demo.device-not-placed', { home, stack: stackOf(error) }),
    )
  }, lookEveryMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await work
    },
  }
}

interface Shown extends Counter {
  readonly source: MeterSource
  readonly value: number
}
/** The counters that are there, with what they show. */
const shownBy = (runtime: HomeRuntime): Shown[] =>
  counters.flatMap((counter): Shown[] => {
    const { part = 'main', capability, attribute } = counter
    const device = [...runtime.devices.values()].find(({ shape }) => shape.name === counter.device)
    const value = device && cellOf(device, part, capability, attribute)?.value
    if (device === undefined || typeof value !== 'number') return []
    return [{ ...counter, source: { device: device.id, part, capability, attribute }, value }]
  })

/** Gives the counters of a home their year, once. */
export async function furnishEnergy(
  { stores, homes, energy: ours }: Pick<House, 'stores' | 'homes' | 'energy'>,
  { home, subject }: { readonly home: HomeId; readonly subject: SubjectId },
  now: number,
): Promise<void> {
  const { zone, runtime } = homes.home(home)
  if ((await ours.meters(home)).length > 0) return
  const history = stores.history.as({
    scope: { home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  const all = hoursUntil(zone, now)
  const first = firstDay(zone, now)
  const second = `${Number(first.slice(0, 4)) + 1}-01-01`
  for (const shown of shownBy(runtime)) {
    const { swaps } = await write(history, all, shown, { zone, now, first })
    if (shown.meter !== undefined)
      await ours.add(home, subject, {
        ...shown.meter,
        source: shown.source,
        swaps,
        tariffs: tariffsOf(shown.meter.kind, first, second),
        ...co2Of[shown.meter.kind],
        ...powerOf(runtime, shown),
      })
    // A counter at a time, so that the first report of a lamp never waits for a year.
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const powerOf = (runtime: HomeRuntime, { power }: Counter): { readonly power?: MeterSource } => {
  if (power === undefined) return {}
  const device = [...runtime.devices.values()].find(({ shape }) => shape.name === power[0])
  return device === undefined
    ? {}
    : { power: { device: device.id, part: power[1], capability: 'power', attribute: 'watts' } }
}

type HomeHistory = ReturnType<House['stores']['history']['as']>
async function write(
  history: HomeHistory,
  all: readonly Timed[],
  { flow, source, value, anew, meter }: Shown,
  { zone, now, first }: { readonly zone: string; readonly now: number; readonly first: string },
) {
  const name = {
    device: source.device as DeviceId,
    path: `${source.part}/${source.capability}/${source.attribute}`,
  }
  const to = Math.floor(now / hourMs) * hourMs
  const past = pastOf(all, flow, value, {
    now,
    today: beginOf(zone, dateOf(zone, now)),
    ...(anew === undefined ? {} : { anew: beginOf(zone, `${first.slice(0, 5)}${anew}`) + 12 * hourMs }),
  })
  await history.append([{ ...name, ts: to, value }])
  await history.roll(name, to, async () => ({ ...past, states: [], keepBefore: to }))
  return { swaps: past.swap !== undefined && meter?.kind === 'water' ? [past.swap] : [] }
}
