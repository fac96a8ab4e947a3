import type { Counters } from './limits.ts'

const hourMs = 60 * 60_000
export const dayMs = 24 * hourMs

/** Why a text message was held back; each has its own line in the log. */
export const holdReasons = {
  country: 'a text message was held back: its country is not on the list',
  kind: 'a text message was held back: its number takes none',
  often: 'a text message was held back: too many to one number, range or address',
  unused: 'a text message was held back: too few of the codes sent are entered',
  ceiling: 'a text message was held back: the ceiling of the day is reached',
} as const
export type HoldReason = keyof typeof holdReasons

export interface TextCounters extends Counters {
  readonly hit: (
    key: string,
    windowMs: number,
    limit: number,
    by?: number,
  ) => Promise<{ readonly allowed: boolean; readonly retryAfterSeconds: number }>
  readonly count: (key: string, windowMs: number) => Promise<number>
}
interface Limit {
  readonly by: string
  readonly of: (number: string, askedFrom: string | undefined) => string | undefined
  readonly most: readonly (readonly [count: number, windowMs: number])[]
}

/** Ranges are how pumping is paid for: neighbours of one number, and of ten thousand. // T13 */
const range = (number: string, digits: number) => number.slice(0, -digits)
const limits: readonly Limit[] = [
  {
    by: 'number',
    of: (number) => number,
    most: [
      [5, hourMs],
      [10, dayMs],
    ],
  },
  {
    by: 'address',
    of: (_number, askedFrom) => askedFrom,
    most: [
      [10, hourMs],
      [30, dayMs],
    ],
  },
  {
    by: 'range',
    of: (number) => range(number, 4),
    most: [
      [6, hourMs],
      [20, dayMs],
    ],
  },
  {
    by: 'wide range',
    of: (number) => range(number, 6),
    most: [
      [30, hourMs],
      [100, dayMs],
    ],
  },
]

/** Counts one message against each limit; false when one is passed. */
export async function withinTextLimits(
  counters: TextCounters,
  number: string,
  askedFrom: string | undefined,
): Promise<boolean> {
  for (const { by, of, most } of limits) {
    const who = of(number, askedFrom)
    if (who === undefined) continue
    for (const [count, windowMs] of most)
      if (!(await counters.hit(`text|${by}|${who}`, windowMs, count)).allowed) return false
  }
  return true
}

/** Codes that nobody enters are sent for the fee alone. Judged by range and altogether, once there is enough to judge. // T13 */
const leastEntered = 0.2
const judgedFrom = { range: 12, all: 40 } as const
const scopesOf = (number: string) =>
  [
    ['range', range(number, 4)],
    ['all', ''],
  ] as const

export async function areCodesEntered(counters: TextCounters, number: string): Promise<boolean> {
  for (const [scope, who] of scopesOf(number)) if (await isUnused(counters, scope, who)) return false
  return true
}
export const areCodesUnused = (counters: TextCounters): Promise<boolean> => isUnused(counters, 'all', '')

async function isUnused(
  counters: TextCounters,
  scope: keyof typeof judgedFrom,
  who: string,
): Promise<boolean> {
  const sent = await counters.count(`text|sent|${scope}|${who}`, dayMs)
  if (sent < judgedFrom[scope]) return false
  return (await counters.count(`text|entered|${scope}|${who}`, dayMs)) < sent * leastEntered
}

export async function countCode(
  counters: TextCounters,
  what: 'sent' | 'entered',
  number: string,
): Promise<void> {
  for (const [scope, who] of scopesOf(number))
    await counters.hit(`text|${what}|${scope}|${who}`, dayMs, Number.MAX_SAFE_INTEGER)
}

const spent = 'text|spent'
/** Takes the segments before they are sent, so that tries side by side cannot pass the ceiling together. // T13 */
export async function takeFromCeiling(
  counters: TextCounters,
  segments: number,
  ceiling: number,
): Promise<boolean> {
  return (await counters.hit(spent, dayMs, ceiling, segments)).allowed
}
export async function isCeilingReached(counters: TextCounters, ceiling: number): Promise<boolean> {
  return (await counters.count(spent, dayMs)) >= ceiling
}
