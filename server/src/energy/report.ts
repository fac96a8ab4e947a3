import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { EnergyCost, EnergyMeterReport, EnergyQuery, EnergyReport, Tariff } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { HistoryReader } from '../history/history.ts'
import type { HomeRuntime } from '../homes/homes.ts'
import { breathe } from '../pace.ts'
import { beginOf, dateOf, daysIn, daysOn, hoursIn, monthsIn, spanBefore, yearBefore } from './calendar.ts'
import { counted, integrated, type Consumed, type Cut, type Unplaced } from './consumption.ts'
import { corrected, type Correction } from './corrected.ts'
import type { Listed } from './price-lists.ts'
import { pricesOf, type Prices } from './prices.ts'
import { tiersOf, type Tiers } from './tiers.ts'
import type { MeterRecord } from './store.ts'
import { countableOf, pathOf, shownDevices, usesOf, type Countable } from './values.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** As far back hours are whole; before, days are what is known. */
const hoursMs = 389 * dayMs
/** A device that tells nothing for so long was not heard: what it adds up then is of no known hour. */
const silentHours = 2
const silentDays = 1

export interface ReportDeps {
  readonly reader: Pick<HistoryReader, 'buckets'>
  readonly now: () => number
}
export interface Span {
  readonly home: HomeId
  /** Whoever asks; the home itself where nobody does. */
  readonly subject: SubjectId | undefined
  readonly zone: string
  /** Days of the calendar. */
  readonly fromDay: string
  readonly toDay: string
  readonly from: number
  readonly to: number
  readonly now: number
}
export interface Metered extends MeterRecord {
  /** What holds of what was said of it; of no such thing where readings are asked for as they came. */
  readonly corrections: readonly Correction[]
  /** What its list of prices says over a span, where it has one. */
  readonly listed?: (span: Cut) => Promise<Listed | undefined>
}

/** What a home used over a span, worked out of its history when it is asked for: nothing to keep, nothing to grow old. */
export async function reportOf(
  deps: ReportDeps,
  { home, subject, zone }: Pick<Span, 'home' | 'subject' | 'zone'>,
  runtime: HomeRuntime,
  meters: readonly Metered[],
  { from, to, resolution, compare }: EnergyQuery,
): Promise<EnergyReport> {
  const spanOf = (fromDay: string, toDay: string): Span => ({
    ...{ home, subject, zone, fromDay, toDay },
    ...{ from: beginOf(zone, fromDay), to: beginOf(zone, toDay), now: deps.now() },
  })
  const span = spanOf(from, to)
  const all: EnergyMeterReport[] = []
  for (const meter of meters) all.push(await meterReport(deps, span, runtime, meter, resolution))
  const other =
    compare === undefined
      ? undefined
      : spanOf(...(compare === 'year' ? yearBefore(from, to) : spanBefore(from, to)))
  const totals: NonNullable<EnergyReport['compared']>['meters'] = []
  if (other)
    for (const meter of meters) {
      const found = await meterReport(deps, other, runtime, meter, 'month')
      const { id, amount, costs, unpriced, completeness } = found
      totals.push({ id, amount, costs, unpriced, completeness })
    }
  return {
    from: isoInstant(span.from),
    to: isoInstant(span.to),
    resolution,
    meters: all,
    usedKilowattHours: usedBy(all),
    own: ownOf(all),
    devices: await devicesOf(deps, span, runtime, meters),
    ...(other === undefined
      ? {}
      : { compared: { from: isoInstant(other.from), to: isoInstant(other.to), meters: totals } }),
  }
}

export type Period = 'hour' | 'day' | 'month'

/** What a meter has counted since the hour, the day or the month began; undefined where that is not known. */
export async function countedIn(
  deps: ReportDeps,
  { home, zone }: Pick<Span, 'home' | 'zone'>,
  runtime: HomeRuntime,
  meter: Metered,
  period: Period,
): Promise<{ readonly from: number; readonly amount: number | undefined }> {
  const now = deps.now()
  const today = dateOf(zone, now)
  const fromDay = period === 'month' ? `${today.slice(0, 7)}-01` : today
  const toDay = daysOn(today, 1)
  const bounds = { from: beginOf(zone, fromDay), to: beginOf(zone, toDay) }
  const span: Span = { home, subject: undefined, zone, fromDay, toDay, ...bounds, now }
  const report = await meterReport(
    deps,
    span,
    runtime,
    { ...meter, tariffs: [] },
    period === 'hour' ? 'hour' : 'day',
  )
  if (period !== 'hour') {
    // What came over a silence that began before is not counted to what goes on now.
    const earlier = report.unplaced.filter((each) => Date.parse(each.from) < bounds.from)
    const sum = earlier.reduce((all, each) => all - each.amount, report.amount ?? 0)
    return { from: bounds.from, amount: report.amount === null ? undefined : Math.max(0, sum) }
  }
  const from = Math.floor(now / hourMs) * hourMs
  const hour = report.buckets.find(({ start }) => Date.parse(start) === from)
  return { from, amount: hour?.amount ?? undefined }
}

async function consumedBy(
  { reader }: ReportDeps,
  { home, subject, zone, from, to, now, fromDay, toDay }: Span,
  source: { readonly device: string; readonly path: string; readonly by: Countable['by'] },
  swaps: MeterRecord['swaps'],
  isCoarse: boolean,
): Promise<Consumed> {
  const byDay = isCoarse || from < now - hoursMs
  const cuts = (byDay ? daysIn(zone, fromDay, toDay) : hoursIn(from, to)).filter((cut) => cut.from < now)
  if (cuts.length === 0) return { slots: [], unplaced: [], resets: [] }
  // The reading before the span is where it begins to count.
  const back = source.by === 'power' ? 0 : byDay ? 32 * dayMs : 3 * dayMs
  const buckets = await reader.buckets(
    home,
    subject,
    { device: source.device as DeviceId, path: source.path },
    { from: cuts[0]!.from - back, to: Math.min(to, now), resolution: byDay ? 'day' : 'hour' },
  )
  return source.by === 'power'
    ? integrated(cuts, buckets)
    : counted(cuts, buckets, swaps, byDay ? silentDays : silentHours)
}

async function meterReport(
  deps: ReportDeps,
  span: Span,
  runtime: HomeRuntime,
  meter: Metered,
  resolution: EnergyQuery['resolution'],
): Promise<EnergyMeterReport> {
  await breathe()
  const { id, kind, name, tariffs, co2GramsPerUnit } = meter
  const { unit, by } = countableBy(runtime, meter)
  const corrections = meter.corrections.filter((each) => each.from < span.to && each.to > span.from)
  const consumed = corrected(await rawOf(deps, span, runtime, meter), corrections)
  const prices = pricesOf(tariffs, span.zone, await meter.listed?.(span))
  const { fromDay, toDay, zone, from, to } = span
  const cuts =
    resolution === 'hour'
      ? hoursIn(from, to)
      : resolution === 'day'
        ? daysIn(zone, fromDay, toDay)
        : monthsIn(zone, fromDay, toDay)
  const { buckets, rest } = placed(cuts, consumed, prices, await tiersBefore(deps, span, runtime, meter))
  const sum = summed([...buckets, rest], standingOf(span, prices))
  const amount = amountOf(consumed)
  return {
    ...{ id, kind, name, unit, by, amount },
    ...(amount === null || co2GramsPerUnit === undefined
      ? {}
      : { co2Kilograms: (amount * co2GramsPerUnit) / 1_000 }),
    costs: sum.costs,
    unpriced: sum.unpriced,
    completeness: completenessOf(consumed),
    corrections: corrections.length,
    buckets: buckets.map(({ from: start, amount: used, costs, isWhole, to }) => ({
      start: isoInstant(start),
      amount: used ?? null,
      cost: costs.size === 1 ? [...costs.values()][0]! : null,
      whole: isWhole && used !== undefined,
      ...(corrections.some((each) => isGuess(each, { from: start, to })) ? { estimated: true as const } : {}),
    })),
    resets: consumed.resets.map(({ at, swap }) => ({ at: isoInstant(at), swap })),
    unplaced: rest.unplaced.map((each) => ({
      from: isoInstant(each.from),
      to: isoInstant(each.to),
      amount: each.amount,
    })),
  }
}
/** All that is known of it; null where nothing is. */
function amountOf({ slots, unplaced }: Consumed): number | null {
  const known = [...slots, ...unplaced].filter(({ amount }) => amount !== undefined)
  return known.length === 0 ? null : known.reduce((sum, { amount }) => sum + amount!, 0)
}
/** Where prices rise with what a month used, what it used before the span counts as well. */
async function tiersBefore(
  deps: ReportDeps,
  span: Span,
  runtime: HomeRuntime,
  meter: Metered,
): Promise<Tiers> {
  const tiers = tiersOf(span.zone)
  const fromDay = `${span.fromDay.slice(0, 7)}-01`
  if (fromDay === span.fromDay || meter.tariffs.every((each) => each.tiers.length === 0)) return tiers
  const lead = { ...span, fromDay, from: beginOf(span.zone, fromDay), toDay: span.fromDay, to: span.from }
  const { slots, unplaced } = corrected(await rawOf(deps, lead, runtime, meter), meter.corrections)
  for (const { from, amount } of [...slots, ...unplaced]) tiers.add(from, amount ?? 0)
  return tiers
}
/** Of a device that is gone nothing is said any more but what kind its meter was. */
const countableBy = (runtime: HomeRuntime, { kind, source }: MeterRecord): Countable =>
  countableOf(source, runtime.devices.get(source.device as DeviceId)) ?? {
    unit: kind === 'gas' || kind === 'water' ? 'cubicMeters' : 'kilowattHours',
    by: 'counter',
  }
/** What a meter counted, nothing corrected. */
const rawOf = (deps: ReportDeps, span: Span, runtime: HomeRuntime, meter: MeterRecord): Promise<Consumed> => {
  const { source, swaps } = meter
  const { by } = countableBy(runtime, meter)
  return consumedBy(deps, span, { device: source.device, path: pathOf(source), by }, swaps, false)
}
/** All of what a meter counted between two instants, nothing corrected. */
export async function countedBetween(
  deps: ReportDeps,
  { home, subject, zone }: Pick<Span, 'home' | 'subject' | 'zone'>,
  runtime: HomeRuntime,
  meter: MeterRecord,
  { from, to }: Cut,
): Promise<number | null> {
  const [fromDay, toDay] = [dateOf(zone, from), daysOn(dateOf(zone, to - 1), 1)]
  const now = deps.now()
  const span = { home, subject, zone, fromDay, toDay, from, to, now }
  const { slots, unplaced } = await rawOf(deps, span, runtime, meter)
  const all = [
    ...slots.filter((slot) => slot.from >= from && slot.to <= to && slot.amount !== undefined),
    ...unplaced.filter((each) => each.from >= from && each.to <= to),
  ]
  return all.length === 0 ? null : all.reduce((sum, { amount }) => sum + amount!, 0)
}

const completenessOf = ({ slots }: Consumed): number =>
  slots.length === 0 ? 0 : slots.reduce((sum, { known }) => sum + known, 0) / slots.length

interface Costed {
  readonly costs: Map<string, number>
  unpriced: number
}
interface Placed extends Costed, Cut {
  amount: number | undefined
  isWhole: boolean
}

/** Slots in the buckets in which they begin, with what they cost; what nobody knows the hour of is of a bucket if all of it lies there. */
function placed(
  cuts: readonly Cut[],
  { slots, unplaced }: Consumed,
  prices: Prices,
  tiers: Tiers,
): {
  readonly buckets: readonly Placed[]
  readonly rest: Costed & { readonly unplaced: Consumed['unplaced'] }
} {
  const made = (): Costed => ({ costs: new Map(), unpriced: 0 })
  const buckets = cuts.map((cut): Placed => ({ ...cut, ...made(), amount: undefined, isWhole: true }))
  const stays: Consumed['unplaced'][number][] = []
  const rest = made()
  let next = 0
  const priced = (used: Unplaced, flat: number | undefined): number | undefined => {
    const tariff = prices.tariffAt(used.from)
    return tariff === undefined || tariff.tiers.length === 0 ? flat : tiers.price(tariff, used)
  }
  const bucketAt = (ms: number): Placed | undefined => {
    while (next < buckets.length - 1 && ms >= buckets[next]!.to) next++
    const found = buckets[next]
    return found !== undefined && ms >= found.from && ms < found.to ? found : undefined
  }
  for (const { from, to, amount, known } of slots) {
    const bucket = bucketAt(from)
    if (bucket === undefined) continue
    if (amount === undefined) {
      bucket.isWhole &&= unplaced.some((each) => within(each, bucket) && within({ from, to }, each))
      continue
    }
    bucket.amount = (bucket.amount ?? 0) + amount
    if (known < 0.99) bucket.isWhole = false
    const isLong = to - from > 2 * hourMs
    const flat = isLong ? prices.uniform(from, to) : prices.mean(from, to)
    charge(bucket, amount, priced({ from, to, amount }, flat), from, prices)
  }
  for (const each of unplaced) {
    const bucket = buckets.find((one) => within(each, one))
    if (bucket === undefined) stays.push(each)
    else bucket.amount = (bucket.amount ?? 0) + each.amount
    charge(bucket ?? rest, each.amount, priced(each, prices.uniform(each.from, each.to)), each.from, prices)
  }
  return { buckets, rest: { ...rest, unplaced: stays } }
}
/** What was said of more than a bucket is right for all of it, and a guess in each. */
const isGuess = (said: Correction, bucket: Cut): boolean =>
  said.amount !== null && said.from < bucket.to && said.to > bucket.from && !within(said, bucket)
const within = (small: Cut, large: Cut): boolean => small.from >= large.from && small.to <= large.to

function charge(to: Costed, amount: number, price: number | undefined, at: number, prices: Prices): void {
  const currency = prices.tariffAt(at)?.currency
  if (price === undefined || currency === undefined) to.unpriced += amount
  else to.costs.set(currency, (to.costs.get(currency) ?? 0) + amount * price)
}

/** What a meter costs each day that has begun, whether anything is used or not. */
function standingOf({ zone, fromDay, toDay, now }: Span, prices: Prices): ReadonlyMap<string, number> {
  const sum = new Map<string, number>()
  for (const { from } of daysIn(zone, fromDay, toDay)) {
    const tariff: Tariff | undefined = from < now ? prices.tariffAt(from) : undefined
    if (tariff !== undefined && tariff.standingPerDay > 0)
      sum.set(tariff.currency, (sum.get(tariff.currency) ?? 0) + tariff.standingPerDay)
  }
  return sum
}
function summed(
  all: readonly Costed[],
  standing: ReadonlyMap<string, number>,
): { readonly costs: EnergyCost[]; readonly unpriced: number } {
  const used = new Map<string, number>()
  for (const { costs } of all)
    for (const [currency, cost] of costs) used.set(currency, (used.get(currency) ?? 0) + cost)
  return {
    costs: [...new Set([...used.keys(), ...standing.keys()])].map((currency) => ({
      currency,
      used: used.get(currency) ?? 0,
      standing: standing.get(currency) ?? 0,
    })),
    unpriced: all.reduce((sum, each) => sum + each.unpriced, 0),
  }
}

const flows: Readonly<Partial<Record<EnergyMeterReport['kind'], 1 | -1>>> = {
  'grid-import': 1,
  solar: 1,
  'battery-out': 1,
  'grid-export': -1,
  'battery-in': -1,
}
function usedBy(meters: readonly EnergyMeterReport[]): number | null {
  const electric = meters.filter(({ kind }) => flows[kind] !== undefined)
  if (!electric.some(({ kind }) => flows[kind] === 1)) return null
  if (electric.some(({ amount }) => amount === null)) return null
  return electric.reduce((sum, { kind, amount }) => sum + flows[kind]! * amount!, 0)
}

/** What of the sun stayed, and what of the use came from no grid; a battery moves both in time and is neither. */
function ownOf(meters: readonly EnergyMeterReport[]): EnergyReport['own'] {
  const sumOf = (kind: EnergyMeterReport['kind']): number | null =>
    meters
      .filter((each) => each.kind === kind)
      .reduce<number | null>((sum, { amount }) => (sum === null || amount === null ? null : sum + amount), 0)
  const [made, fed, drawn, used] = [
    sumOf('solar'),
    sumOf('grid-export'),
    sumOf('grid-import'),
    usedBy(meters),
  ]
  const part = (less: number | null, of: number | null): number | null =>
    less === null || of === null || of <= 0 ? null : Math.min(1, Math.max(0, 1 - less / of))
  return { solarKept: part(fed, made), withoutGrid: part(drawn, used) }
}

async function devicesOf(
  deps: ReportDeps,
  span: Span,
  runtime: HomeRuntime,
  meters: readonly MeterRecord[],
): Promise<EnergyReport['devices']> {
  const metered = new Set(meters.map(({ source }) => source.device))
  const isLong = span.to - span.from > 62 * dayMs
  const found: EnergyReport['devices'] = []
  for (const device of shownDevices(runtime).filter(({ id }) => !metered.has(id))) {
    const uses = usesOf(device)
    let [kilowattHours, completeness, isKnown] = [0, 0, false]
    for (const use of uses) {
      const source = { device: device.id, path: pathOf(use), by: use.by }
      const consumed = await consumedBy(deps, span, source, [], isLong)
      for (const { amount } of [...consumed.slots, ...consumed.unplaced]) {
        kilowattHours += amount ?? 0
        isKnown ||= amount !== undefined
      }
      completeness += completenessOf(consumed) / uses.length
    }
    if (isKnown)
      found.push({
        device: device.id,
        kilowattHours,
        by: uses.some(({ by }) => by === 'counter') ? 'counter' : 'power',
        completeness,
      })
    await breathe()
  }
  return found.toSorted((a, b) => b.kilowattHours - a.kilowattHours)
}
