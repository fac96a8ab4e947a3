import { i18n } from '@lingui/core'

/** A calendar day: "22 November 2026". */
export const longDate = (day: string): string =>
  new Intl.DateTimeFormat(i18n.locale, { dateStyle: 'long', timeZone: 'UTC' }).format(Date.parse(day))
