import type { PolicyDocument } from '../../ast.ts'
import { privacyZhCollection } from './privacy-collection.ts'
import { privacyZhRights } from './privacy-rights.ts'
import { privacyZhSharing } from './privacy-sharing.ts'

export const privacyZh: PolicyDocument = {
  id: 'privacy',
  version: '2.0',
  locale: 'zh-Hans',
  title: '隐私声明',
  publishedOn: '2026-11-22',
  sections: [...privacyZhCollection, ...privacyZhSharing, ...privacyZhRights],
}
