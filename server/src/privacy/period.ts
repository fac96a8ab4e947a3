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

// A month that is too short ends at its own last day: running over into the next would let things go too early.
function monthsBefore(at: Date, months: number): number {
  if (months === 0) return at.getTime()
  const first = new Date(at)
  first.setUTCDate(1)
  first.setUTCMonth(first.getUTCMonth() - months)
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return first.setUTCDate(Math.min(at.getUTCDate(), last))
}
