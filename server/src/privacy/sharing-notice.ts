import type { Locale } from '@eaves/model'
import type { SharingNotice } from '@eaves/model/api'
import {
  categoryLabels,
  purposes,
  sharedCategories,
  sharedFields,
  type FieldName,
  type SharedCategory,
  type SharingPurpose,
} from '@eaves/policy'
import { sha256 } from './catalogue.ts'
import type { Registered } from './recipients.ts'
import { fieldsFor } from './register.ts'

const words = {
  en: {
    method: 'Sent over the internet, encrypted and signed, by this server itself.',
    undo: 'Turn it off here at any time: from then on nothing leaves, also of what already waits.',
  },
  'zh-Hans': {
    method: '由本服务器自行通过互联网加密并签名发送。',
    undo: '您可以随时在此关闭：关闭后不再发送任何内容，包括已在排队的内容。',
  },
} as const

/** The kinds of information that a recipient takes for a purpose. */
export function offeredCategories(recipient: Registered, purpose: SharingPurpose): SharedCategory[] {
  const fields = fieldsFor(recipient, purpose)
  return sharedCategories(purpose).filter((category) =>
    fields.some((field) => categoryOf(purpose, field) === category),
  )
}

export function categoryOf(purpose: SharingPurpose, field: FieldName): SharedCategory {
  return sharedFields[purpose][field].category
}

/**
 * All that is told before a yes: who by name, how to reach them, what for, by what way, and each kind of information
 * with what of it, under which contract. Its hash is what a yes is pinned to. // pp.3.1.1
 */
export function sharingNotice(
  recipient: Registered,
  purpose: SharingPurpose,
  locale: Locale,
): SharingNotice & { readonly sha256: string } {
  const { name, contact, policyUrl, kind, region, mechanism, brands, agreement } = recipient
  const texts = purposes[purpose].texts[locale]
  const notice: SharingNotice = {
    purpose,
    locale,
    recipient: {
      name,
      contact,
      policyUrl,
      kind,
      region,
      mechanism: mechanism?.kind ?? null,
      brands,
      agreement: agreement?.sha256 ?? null,
      safeguard: mechanism?.sha256 ?? null,
    },
    title: texts.name,
    what: texts.what,
    why: texts.why,
    effectOfNo: texts.effectOfNo,
    method: words[locale].method,
    undo: words[locale].undo,
    categories: offeredCategories(recipient, purpose).map((category) => ({
      category,
      label: categoryLabels[category][locale],
      fields: fieldsFor(recipient, purpose)
        .filter((field) => categoryOf(purpose, field) === category)
        .map((field) => sharedFields[purpose][field].words[locale]),
    })),
  }
  return { ...notice, sha256: sha256(JSON.stringify(['eaves-sharing-notice', 2, notice])) }
}
