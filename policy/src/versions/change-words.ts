import { categories, purposes as purposeIds, recipients, type Locale } from '@eaves/model'
import { purposes } from '../purposes.ts'
import { categoryLabels, recipientLabels } from '../vocabulary.ts'
import type { Change } from './classify.ts'

type Say = Readonly<Record<Locale, (what: string) => string>>
const words: Readonly<Record<Change['kind'], Say>> = {
  'purpose-added': { en: (it) => `A new purpose: ${it}`, 'zh-Hans': (it) => `新增用途：${it}` },
  'basis-changed': {
    en: (it) => `Another legal basis for: ${it}`,
    'zh-Hans': (it) => `法律依据有变：${it}`,
  },
  'choice-taken': {
    en: (it) => `No longer a choice: ${it}`,
    'zh-Hans': (it) => `不再可以自行选择：${it}`,
  },
  'information-added': {
    en: (it) => `A new kind of information: ${it}`,
    'zh-Hans': (it) => `新增一类信息：${it}`,
  },
  'use-added': {
    en: (it) => `A new use of what is known: ${it}`,
    'zh-Hans': (it) => `已有信息的新用法：${it}`,
  },
  'made-mandatory': { en: (it) => `Now needed: ${it}`, 'zh-Hans': (it) => `改为必须提供：${it}` },
  'kept-longer': { en: (it) => `Kept longer: ${it}`, 'zh-Hans': (it) => `保存时间变长：${it}` },
  'control-changed': {
    en: () => 'Somebody else is in charge of the information',
    'zh-Hans': () => '信息改由他人负责',
  },
  'recipient-added': { en: (it) => `A new recipient: ${it}`, 'zh-Hans': (it) => `新增接收方：${it}` },
  'right-removed': {
    en: () => 'A right that the new text no longer has. You keep it until you agree',
    'zh-Hans': () => '新文本不再包含的一项权利。在您同意之前，您仍然享有',
  },
  'right-changed': {
    en: () => 'A right is used in another way',
    'zh-Hans': () => '某项权利的行使方式有变',
  },
  'contact-changed': {
    en: () => 'Somebody else answers questions and complaints',
    'zh-Hans': () => '改由他人答复询问和投诉',
  },
  'high-risk': {
    en: () => 'An assessment found a high risk',
    'zh-Hans': () => '评估认为存在高风险',
  },
}

const within: Readonly<Record<Locale, (category: string, purpose: string) => string>> = {
  en: (category, purpose) => `${category}, for “${purpose}”`,
  'zh-Hans': (category, purpose) => `${category}（用于“${purpose}”）`,
}

/** A computed change as a person reads it; a name that has no words stands as it is. // pp.7.3 */
export function changeWords({ kind, what }: Change, locale: Locale): string {
  return words[kind][locale](named(what, locale))
}

function named(what: string, locale: Locale): string {
  const [, recipient, use] = /^([\w-]+): (.*)$/.exec(what) ?? []
  if (recipient !== undefined && use !== undefined) {
    const known = recipients.find((each) => each === recipient)
    const label = known === undefined ? recipient : recipientLabels[known][locale]
    return `${label} — ${named(use, locale)}`
  }
  const [, category, purpose] = /^(.*) for (.*)$/.exec(what) ?? []
  if (category === undefined || purpose === undefined) return purposeName(what, locale)
  const known = categories.find((each) => each === category)
  return within[locale](
    known === undefined ? category : categoryLabels[known][locale],
    purposeName(purpose, locale),
  )
}

function purposeName(id: string, locale: Locale): string {
  const known = purposeIds.find((each) => each === id)
  return known === undefined ? id : purposes[known].texts[locale].name
}
