import type { Region } from '@eaves/model'
import { restDays } from './rest-days.ts'

export const regimes = ['gdpr', 'prc', 'ccpa'] as const
export type Regime = (typeof regimes)[number]
export type DeadlineEvent = 'acknowledge' | 'answer'
type Unit = 'months' | 'days' | 'working-days'
interface Span {
  readonly n: number
  readonly unit: Unit
}

/** One deadline of one law, from a day on: a change of the law is a new row. // pp.4.3 pp.8 */
export interface DeadlineRule extends Span {
  readonly regime: Regime
  readonly event: DeadlineEvent
  /** Once, and told within the first span; null where the law knows none. */
  readonly extension: Span | null
  /** Whether the clock stands while a proof of identity is outstanding. */
  readonly isPausable: boolean
  /** Whether a last day that is a rest day moves to the next working day. */
  readonly rolls: boolean
  /** Where the day ends. */
  readonly zone: string
  readonly effectiveFrom: `${number}-${number}-${number}`
  readonly source: string
}

const brussels = { regime: 'gdpr', zone: 'Europe/Brussels', effectiveFrom: '2018-05-25' } as const
const china = { regime: 'prc', zone: 'Asia/Shanghai', effectiveFrom: '2021-11-01' } as const
const california = { regime: 'ccpa', zone: 'America/Los_Angeles', effectiveFrom: '2023-01-01' } as const
const none = { extension: null, isPausable: false, rolls: false } as const

/** Deadlines of the laws as rows. Months go by the calendar, and the day of the receipt does not count. */
export const deadlineRules: readonly DeadlineRule[] = Object.freeze([
  { ...brussels, event: 'acknowledge', n: 0, unit: 'days', ...none, source: 'ours: at once' },
  {
    ...brussels,
    event: 'answer',
    n: 1,
    unit: 'months',
    extension: { n: 2, unit: 'months' },
    isPausable: true,
    rolls: true,
    source: 'GDPR 12(3), Regulation 1182/71 Art. 3',
  },
  { ...china, event: 'acknowledge', n: 0, unit: 'days', ...none, source: 'ours: at once' },
  {
    ...china,
    event: 'answer',
    n: 15,
    unit: 'working-days',
    ...none,
    source: 'PIPL 50; 15 working days by the app method of 2019',
  },
  {
    ...california,
    event: 'acknowledge',
    n: 10,
    unit: 'working-days',
    ...none,
    source: '11 CCR 7021(a)',
  },
  {
    ...california,
    event: 'answer',
    n: 45,
    unit: 'days',
    extension: { n: 45, unit: 'days' },
    isPausable: false,
    rolls: false,
    source: '11 CCR 7021(b)',
  },
])

const byRegion: Readonly<Record<Exclude<Region, 'other'>, Regime>> = { EU: 'gdpr', CN: 'prc', US: 'ccpa' }
const dayMs = 86_400_000

/** The rule in force on the day of an instant; of several the one that began last. */
export function ruleFor(
  regime: Regime,
  event: DeadlineEvent,
  atMs: number,
  rules: readonly DeadlineRule[] = deadlineRules,
): DeadlineRule {
  const found = rules
    .filter((each) => each.regime === regime && each.event === event)
    .filter((each) => Date.parse(each.effectiveFrom) <= atMs)
    .toSorted((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom))
    .at(-1)
  if (found === undefined) throw new Error(`No deadline for ${event} by ${regime} was in force then.`)
  return found
}

/** A regime by its name as it is stored. */
export function regimeOf(name: string): Regime {
  const found = regimes.find((each) => each === name)
  if (found === undefined) throw new Error('No law of this name has deadlines here.')
  return found
}

export interface Deadline {
  readonly regime: Regime
  /** The first instant at which it is too late, epoch ms. */
  readonly dueMs: number
}
/** When an answer is due; elsewhere than in the three the earliest of them counts. // pp.1.3 */
export function deadlineOf(region: Region, receivedMs: number, event: DeadlineEvent = 'answer'): Deadline {
  const asked = region === 'other' ? regimes : [byRegion[region]]
  const all = asked.map((regime) => {
    const rule = ruleFor(regime, event, receivedMs)
    return { regime, dueMs: endOf(rule, rule, receivedMs) }
  })
  return all.reduce((first, each) => (each.dueMs < first.dueMs ? each : first))
}

/** When an extended answer is due; undefined where the law knows no extension, or its first span has passed untold. */
export function extensionOf(
  regime: Regime,
  receivedMs: number,
  { dueMs, nowMs }: { readonly dueMs: number; readonly nowMs: number },
): number | undefined {
  const rule = ruleFor(regime, 'answer', receivedMs)
  const { extension } = rule
  if (extension === null || nowMs >= dueMs) return undefined
  if (extension.unit !== rule.unit) throw new Error('An extension counts in the unit of its deadline.')
  // Counted as one span from the receipt: the end of the first must not have moved it. What stood in between is added again.
  const stood = Math.max(0, dueMs - endOf(rule, rule, receivedMs))
  return endOf(rule, { n: rule.n + extension.n, unit: rule.unit }, receivedMs) + stood
}

/** When it is due after the clock has stood, where the law lets it stand. // pp.4.3 */
export function resumedAt(regime: Regime, receivedMs: number, dueMs: number, stoodMs: number): number {
  return ruleFor(regime, 'answer', receivedMs).isPausable ? dueMs + stoodMs : dueMs
}

const escalations = [90, 75, 50] as const
/** How much of its time a request has used, as the last of the marks it has passed; 0 before the first. */
export function markPassed(receivedMs: number, dueMs: number, nowMs: number): 0 | 50 | 75 | 90 {
  const percent = ((nowMs - receivedMs) / Math.max(1, dueMs - receivedMs)) * 100
  return escalations.find((each) => percent >= each) ?? 0
}

function endOf(rule: DeadlineRule, span: Span, receivedMs: number): number {
  const first = localDay(rule.zone, receivedMs)
  let last = plus(rule.regime, first, span)
  if (rule.rolls) while (restDays.isRest(rule.regime, last)) last += dayMs
  return instantOf(rule.zone, last + dayMs)
}

/** Days are named by their midnight in UTC, whatever the zone. */
function plus(regime: Regime, day: number, { n, unit }: Span): number {
  if (unit === 'days') return day + n * dayMs
  if (unit === 'months') return monthsAfter(day, n)
  let at = day
  for (let left = n; left > 0;) {
    at += dayMs
    if (!restDays.isRest(regime, at)) left -= 1
  }
  return at
}

/** A month that has no such day ends at its own last one. */
function monthsAfter(day: number, months: number): number {
  const at = new Date(day)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0))
  return Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(at.getUTCDate(), last.getUTCDate()))
}

const formats = new Map<string, Intl.DateTimeFormat>()
function wall(zone: string, atMs: number): number {
  let format = formats.get(zone)
  if (format === undefined)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
        second: '2-digit',
        hourCycle: 'h23',
      })),
    )
  const part = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
  const of = (name: Intl.DateTimeFormatPartTypes) => part.get(name) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}
function localDay(zone: string, atMs: number): number {
  return Math.floor(wall(zone, atMs) / dayMs) * dayMs
}
/** The instant at which a day begins in a zone; the clocks may have been changed since the receipt. */
function instantOf(zone: string, day: number): number {
  let at = day
  for (let i = 0; i < 3; i++) at += day - wall(zone, at)
  return at
}
