import { i18n } from '@lingui/core'
import type { Locale } from '@eaves/model'

const catalogs = {
  en: () => import('../../locales/en/automations.po'),
  'zh-Hans': () => import('../../locales/zh-Hans/automations.po'),
} as const
const loaded = new Map<Locale, Promise<void>>()

/** The words of these screens, once for each language; nothing of them is drawn before. */
export function wordsFor(locale: Locale): Promise<void> {
  const known = loaded.get(locale)
  if (known !== undefined) return known
  const loading = catalogs[locale]().then(({ messages }) => i18n.load(locale, messages))
  loaded.set(locale, loading)
  // Lost on the way, they are asked for again.
  loading.catch(() => loaded.delete(locale))
  return loading
}
