import { formatLocale } from './formats.ts'

/** A calendar day: "22 November 2026". */
export const longDate = (day: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))
