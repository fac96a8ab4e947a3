const pattern =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/
const secondMs = 1_000
const dayMs = 86_400 * secondMs

/** The first instant at which something of `atMs` has been kept that long: the turn of the rule by which it goes. */
export function periodAfter(atMs: number, period: string): number {
  let from = atMs
  let to = atMs + 2 * (atMs - periodBefore(atMs, period)) + 62 * dayMs
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (periodBefore(middle, period) >= atMs) to = middle
    else from = middle + 1
  }
  return from
}

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
