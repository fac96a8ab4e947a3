import { i18n } from '@lingui/core'
import type { Locale } from '@eaves/model'

const first = {
  en: () => import('../locales/en/first.po'),
  'zh-Hans': () => import('../locales/zh-Hans/first.po'),
} as const
const later = {
  en: () => import('../locales/en/later.po'),
  'zh-Hans': () => import('../locales/zh-Hans/later.po'),
} as const
const key = 'eaves.locale'
let laterWanted = false

/** The language the page was set to by appearance.js: this person's choice, else the browser's. */
export const pageLocale = (): Locale => (document.documentElement.lang === 'zh-Hans' ? 'zh-Hans' : 'en')

export async function loadLocale(locale: Locale): Promise<void> {
  const catalogs = await Promise.all([first[locale](), ...(laterWanted ? [later[locale]()] : [])])
  for (const { messages } of catalogs) i18n.load(locale, messages)
  i18n.activate(locale)
  document.documentElement.lang = locale
}

/** The words of the screens that are not on the first page; a screen is drawn only once they are there. */
export async function loadLaterWords(): Promise<void> {
  if (laterWanted) return
  const [{ messages }] = await Promise.all([later[pageLocale()](), import('./later/errors.ts')])
  laterWanted = true
  i18n.load(pageLocale(), messages)
}

export async function chooseLocale(locale: Locale): Promise<void> {
  localStorage.setItem(key, locale)
  await loadLocale(locale)
}
