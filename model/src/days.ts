const hourMs = 3_600_000
const minuteMs = 60_000

const formats = new Map<string, Intl.DateTimeFormat>()
/** The date on the wall, as a number that grows with it. */
function dateAt(zone: string, ts: number): number {
  let format = formats.get(zone)
  if (format === undefined)
    formats.set(
      zone,
      (format = new Intl.DateTimeFormat('en-CA', {
        timeZone: zone,
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
      })),
    )
  return Number(format.format(ts).replaceAll('-', ''))
}

/** The first minute of the date on the wall of a zone on which this instant lies, epoch ms. Zones shift by whole minutes. */
export function startOfDay(zone: string, ts: number): number {
  const date = dateAt(zone, ts)
  const last = Math.floor(ts / minuteMs)
  let [before, there] = [last - (30 * hourMs) / minuteMs, last]
  while (there - before > 1) {
    const middle = Math.floor((before + there) / 2)
    if (dateAt(zone, middle * minuteMs) === date) there = middle
    else before = middle
  }
  return there * minuteMs
}
