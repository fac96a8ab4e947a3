import { t } from '@lingui/core/macro'
import type { Locale } from '@eaves/model'
import { chooseLocale, pageLocale } from '../words/locale.ts'
import { Segmented } from './segmented.tsx'

/** Each language is named in itself, so that it is found by who needs it. */
const languages = [
  { id: 'en', name: 'English' },
  { id: 'zh-Hans', name: '中文' },
] as const

export function LanguageSwitch({ onChosen }: { readonly onChosen?: (locale: Locale) => void }) {
  const choose = async (locale: Locale): Promise<void> => {
    await chooseLocale(locale)
    onChosen?.(locale)
    // A change of language draws the page anew; the keyboard stays where it was.
    setTimeout(() => document.querySelector<HTMLElement>('#language [aria-checked="true"]')?.focus(), 50)
  }
  return (
    <div id="language" className="min-w-40">
      <Segmented
        label={t`Language`}
        options={languages}
        value={pageLocale()}
        onChange={(locale) => void choose(locale)}
      />
    </div>
  )
}
