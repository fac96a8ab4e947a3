import type { EnergyInsight, EnergyInsights, EnergyQuery, EnergyReport } from '@eaves/model/api'
import { beginOf, dateOf, daysOn } from './calendar.ts'

const hourMs = 3_600_000
const days = 28
const hoursOfYear = 365 * 24
/** A device that used less than this before has no habit yet, and less than a fifth more is none to speak of. */
const leastBefore = 1
const leastPercent = 20
const nightFrom = 1
const nightTo = 5

/** What stands out in the last four weeks: worked out when it is asked for, of what the report tells anyhow. */
export async function insightsOf(
  zone: string,
  now: number,
  report: (query: EnergyQuery) => Promise<EnergyReport>,
): Promise<EnergyInsights> {
  const to = dateOf(zone, now)
  const from = daysOn(to, -days)
  const ask = (start: string, end: string, resolution: EnergyQuery['resolution']) =>
    report({ from: start, to: end, resolution, readings: 'corrected' })
  const hours = await ask(from, to, 'hour')
  const before = await ask(daysOn(from, -days), from, 'month')
  const found = [baseLoad(hours, zone), ...grown(hours, before), dearest(hours)]
  return { from, to, insights: found.filter((each) => each !== undefined) }
}

const signs: Readonly<Partial<Record<EnergyReport['meters'][number]['kind'], 1 | -1>>> = {
  'grid-import': 1,
  solar: 1,
  'battery-out': 1,
  'grid-export': -1,
  'battery-in': -1,
}
/** What the home draws while all sleep: the mean of the quietest night hour of each night. */
function baseLoad({ meters }: EnergyReport, zone: string): EnergyInsight | undefined {
  const flows = meters.filter(({ kind }) => signs[kind] !== undefined)
  if (!flows.some(({ kind }) => kind === 'grid-import')) return undefined
  const nights = new Map<string, number>()
  for (const [index, { start }] of flows[0]!.buckets.entries()) {
    const at = Date.parse(start)
    const date = dateOf(zone, at)
    const hour = (at - beginOf(zone, date)) / hourMs
    const all = flows.map(({ kind, buckets }) => ({ sign: signs[kind]!, bucket: buckets[index] }))
    if (hour < nightFrom || hour >= nightTo || !all.every(({ bucket }) => bucket?.whole === true)) continue
    const used = all.reduce((sum, { sign, bucket }) => sum + sign * (bucket?.amount ?? 0), 0)
    nights.set(date, Math.min(nights.get(date) ?? Number.POSITIVE_INFINITY, used))
  }
  if (nights.size === 0) return undefined
  const kilowatts = [...nights.values()].reduce((sum, each) => sum + each, 0) / nights.size
  return {
    kind: 'base-load',
    watts: kilowatts * 1_000,
    nights: nights.size,
    kilowattHours: kilowatts * hoursOfYear,
  }
}

/** Devices that used much more than in the four weeks before, the largest growth first. */
function grown(now: EnergyReport, before: EnergyReport): EnergyInsight[] {
  return now.devices
    .flatMap(({ device, kilowattHours, completeness }): Extract<EnergyInsight, { kind: 'grown' }>[] => {
      const was = before.devices.find((each) => each.device === device)
      // Of a time that is half known a growth would be made up.
      if (
        was === undefined ||
        was.kilowattHours < leastBefore ||
        was.completeness < 0.95 ||
        completeness < 0.95
      )
        return []
      const percent = (kilowattHours / was.kilowattHours - 1) * 100
      return percent < leastPercent
        ? []
        : [{ kind: 'grown', device, kilowattHours, before: was.kilowattHours, percent }]
    })
    .toSorted((a, b) => b.kilowattHours - b.before - (a.kilowattHours - a.before))
    .slice(0, 3)
}

function dearest({ meters }: EnergyReport): EnergyInsight | undefined {
  const hours = meters
    .filter(({ kind }) => kind === 'grid-import')
    .flatMap(({ id, costs, buckets }) =>
      buckets.flatMap(({ start, amount, cost }) =>
        amount === null || cost === null || cost <= 0 || costs.length !== 1
          ? []
          : [{ kind: 'dearest-hour' as const, meter: id, start, amount, cost, currency: costs[0]!.currency }],
      ),
    )
  return hours.toSorted((a, b) => b.cost - a.cost)[0]
}
