const pattern =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const secondMs = 1_000
const dayMs = 86_400 * secondMs

/** The instant that lies an ISO 8601 period before another, by the calendar in UTC: what happened then or earlier has been kept that long. // pp.ret.1 */
export function periodBefore(atMs: number, period: string): number {
  const match = pattern.exec(period)
  if (match === null) throw new Error(`"${period}" is not an ISO 8601 period of whole numbers.`)
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0))
  const day = monthsBefore(new Date(atMs), years * 12 + months)
  return day - (weeks * 7 + days) * dayMs - ((hours * 60 + minutes) * 60 + seconds) * secondMs
}

/** The instant that lies a period after another, by the same calendar. */
export function periodAfter(atMs: number, period: string): number {
  // Days and hours are added; months and years are those of the calendar, the last day of a short one.
  const spanMs = atMs - periodBefore(atMs, period)
  if (!/^P\d*[YM]|^P\d+Y\d+M/.test(period)) return atMs + spanMs
  const [years = 0, months = 0] = (pattern.exec(period) ?? []).slice(1, 3).map((part) => Number(part ?? 0))
  return monthsBefore(new Date(atMs), -(years * 12 + months)) + (atMs - periodBefore(atMs, rest(period)))
}
const rest = (period: string): string => {
  const days = period.replace(/^P(\d+Y)?(\d+M)?/, 'P')
  return days === 'P' ? 'P0D' : days
}

// A month that is too short ends at its own last day: running over into the next would let things go too early.
function monthsBefore(at: Date, months: number): number {
  if (months === 0) return at.getTime()
  const first = new Date(at)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() - months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return first.setUTCDate(Math.min(at.getUTCDate(), last))
}
