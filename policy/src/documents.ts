import type { Locale } from '@eaves/model'
import type { DocumentId, PolicyDocument } from './documents/ast.ts'
import { agreementEn } from './documents/2.0/en/agreement.ts'
import { privacyEn } from './documents/2.0/en/privacy.ts'
import { summaryEn } from './documents/2.0/en/summary.ts'
import { agreementZh } from './documents/2.0/zh-Hans/agreement.ts'
import { privacyZh } from './documents/2.0/zh-Hans/privacy.ts'
import { summaryZh } from './documents/2.0/zh-Hans/summary.ts'
import { agreementEn21, privacyEn21, summaryEn21 } from './documents/2.1/en.ts'
import { agreementZh21, privacyZh21, summaryZh21 } from './documents/2.1/zh-Hans.ts'
import { agreementEn22, privacyEn22, summaryEn22 } from './documents/2.2/en.ts'
import { agreementZh22, privacyZh22, summaryZh22 } from './documents/2.2/zh-Hans.ts'
import { currentVersion } from './versions/current.ts'

export { currentVersion } from './versions/current.ts'

export type Documents = Readonly<Record<DocumentId, Readonly<Record<Locale, PolicyDocument>>>>
type Summaries = Readonly<Record<Locale, readonly string[]>>

/** Every version that was ever written, drafts too; an old agreement resolves to the text that was shown. // fm.date */
const texts: Readonly<Record<string, { readonly documents: Documents; readonly summaries: Summaries }>> = {
  '2.0': {
    documents: {
      agreement: { en: agreementEn, 'zh-Hans': agreementZh },
      privacy: { en: privacyEn, 'zh-Hans': privacyZh },
    },
    summaries: { en: summaryEn, 'zh-Hans': summaryZh },
  },
  '2.1': {
    documents: {
      agreement: { en: agreementEn21, 'zh-Hans': agreementZh21 },
      privacy: { en: privacyEn21, 'zh-Hans': privacyZh21 },
    },
    summaries: { en: summaryEn21, 'zh-Hans': summaryZh21 },
  },
  '2.2': {
    documents: {
      agreement: { en: agreementEn22, 'zh-Hans': agreementZh22 },
      privacy: { en: privacyEn22, 'zh-Hans': privacyZh22 },
    },
    summaries: { en: summaryEn22, 'zh-Hans': summaryZh22 },
  },
}
const textsOf = (version: string) => {
  const found = texts[version]
  if (found === undefined) throw new Error(`No texts were written for version ${version}.`)
  return found
}
export const documentsOf = (version: string): Documents => textsOf(version).documents
export const summariesOf = (version: string): Summaries => textsOf(version).summaries

/** The texts offered for agreement now. */
export const documents: Documents = documentsOf(currentVersion)

/** Six plain points for the first layer of the notice. */
export const summaries: Summaries = summariesOf(currentVersion)
