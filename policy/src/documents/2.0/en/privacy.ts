import type { PolicyDocument } from '../../ast.ts'
import { privacyEnCollection } from './privacy-collection.ts'
import { privacyEnRights } from './privacy-rights.ts'
import { privacyEnSharing } from './privacy-sharing.ts'

export const privacyEn: PolicyDocument = {
  id: 'privacy',
  version: '2.0',
  locale: 'en',
  title: 'Privacy Statement',
  publishedOn: '2026-11-22',
  sections: [...privacyEnCollection, ...privacyEnSharing, ...privacyEnRights],
}
