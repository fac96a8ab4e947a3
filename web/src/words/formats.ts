import { i18n } from '@lingui/core'

/** The language of dates and numbers: in English that of the browser, so that the first of July in London is not written as in New York. */
export function formatLocale(): string {
  if (i18n.locale !== 'en' && i18n.locale !== '') return i18n.locale
  return navigator.languages.find((each) => /^en\b/i.test(each)) ?? 'en'
}
