import type { Locale } from '@eaves/model'
import type { DocumentId, PolicyDocument } from './documents/ast.ts'
import { agreementEn } from './documents/2.0/en/agreement.ts'
import { privacyEn } from './documents/2.0/en/privacy.ts'
import { summaryEn } from './documents/2.0/en/summary.ts'
import { agreementZh } from './documents/2.0/zh-Hans/agreement.ts'
import { privacyZh } from './documents/2.0/zh-Hans/privacy.ts'
import { summaryZh } from './documents/2.0/zh-Hans/summary.ts'

export const currentVersion = '2.0'

/** The texts offered for agreement now. */
export const documents: Readonly<Record<DocumentId, Readonly<Record<Locale, PolicyDocument>>>> = {
  agreement: { en: agreementEn, 'zh-Hans': agreementZh },
  privacy: { en: privacyEn, 'zh-Hans': privacyZh },
}

/** Six plain points for the first layer of the notice. */
export const summaries: Readonly<Record<Locale, readonly string[]>> = { en: summaryEn, 'zh-Hans': summaryZh }
