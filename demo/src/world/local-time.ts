/** What the clocks and the calendar of a place say. */
export interface LocalTime {
  /** The day, as 2026-03-29. */
  readonly day: string
  /** Minutes since midnight, with fractions. */
  readonly minute: number
  /** 0 is Sunday. */
  readonly weekday: number
  /** 1 is the first of January. */
  readonly dayOfYear: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

export function localTime(at: number, zone: string): LocalTime {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const parts: Record<string, string> = {}
  for (const { type, value } of format.formatToParts(at)) parts[type] = value
  const { year, month, day, hour, minute, second } = parts
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  return {
    day: `${year}-${month}-${day}`,
    minute: Number(hour) * 60 + Number(minute) + Number(second) / 60,
    weekday: new Date(midnight).getUTCDay(),
    dayOfYear: (midnight - Date.UTC(Number(year), 0, 1)) / 86_400_000 + 1,
  }
}
