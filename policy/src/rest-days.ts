import type { Regime } from './deadlines.ts'

const dayMs = 86_400_000

/**
 * Days of every year, as month-day. Only those that stand in the law by date: a feast by another calendar that is left out
 * counts as a working day, and so ends a deadline earlier, never later.
 */
const yearly: Readonly<Record<Regime, ReadonlySet<string>>> = {
  gdpr: new Set(['01-01', '05-01', '12-25', '12-26']),
  prc: new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']),
  ccpa: new Set(['01-01', '07-04', '11-11', '12-25']),
}

/** Saturdays, Sundays and holidays, by law; days are named by their midnight in UTC. */
export const restDays = {
  isRest: (regime: Regime, day: number): boolean => {
    const at = new Date(day)
    const weekday = at.getUTCDay()
    if (weekday === 0 || weekday === 6) return true
    if (yearly[regime].has(at.toISOString().slice(5, 10))) return true
    return regime === 'gdpr' && day === easter(at.getUTCFullYear()) + dayMs
  },
}

/** Easter Sunday of the Gregorian calendar, by the rule of its lunar tables. */
function easter(year: number): number {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skipped = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25)
  const moon = (skipped + 19 * golden + 15) % 30
  const full =
    moon - Math.floor(moon / 28) * (1 - Math.floor(29 / (moon + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + full + 2 - century + Math.floor(century / 4)) % 7
  const past = full - weekday
  const month = 3 + Math.floor((past + 40) / 44)
  const day = past + 28 - 31 * Math.floor(month / 4)
  return Date.UTC(year, month - 1, day)
}
