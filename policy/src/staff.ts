import type { CaseKind, Category, Purpose, StaffRole } from '@eaves/model'
import type { ConsoleVerb } from './verbs.ts'

/** What each kind of staff may do at the console. Nothing there names a person; that takes a case. // pp.5.1 */
export const staffVerbs: ReadonlyMap<StaffRole, ReadonlySet<ConsoleVerb>> = new Map<
  StaffRole,
  ReadonlySet<ConsoleVerb>
>([
  ['support', new Set<ConsoleVerb>(['console.read', 'case.ask'])],
  ['privacy', new Set<ConsoleVerb>(['console.read', 'queue.read', 'retention.read', 'case.ask'])],
  ['operator', new Set<ConsoleVerb>(['console.read', 'queue.read', 'retention.read'])],
])

export interface CaseRule {
  /** Who may open for such a case. */
  readonly roles: ReadonlySet<StaffRole>
  readonly purpose: Purpose
  /** All that is opened; nothing of a home is ever among it. */
  readonly categories: readonly Category[]
}

/** What each kind of case opens, to whom and for what. // pp.5.1 */
export const caseRules: Readonly<Record<CaseKind, CaseRule>> = {
  request: {
    roles: new Set<StaffRole>(['privacy']),
    purpose: 'service.core',
    categories: [
      'user.contact.email',
      'user.contact.phone_number',
      'user.demographic.language',
      'user.activity',
    ],
  },
  support: {
    roles: new Set<StaffRole>(['support', 'privacy']),
    purpose: 'service.core',
    categories: ['user.contact.email', 'user.contact.phone_number', 'user.demographic.language'],
  },
  'break-glass': {
    roles: new Set<StaffRole>(['privacy']),
    purpose: 'security',
    // The record of what was done with an account is shown to nobody but its person, emergency or not. // pp.2.2.3
    categories: ['user.contact.email', 'user.contact.phone_number', 'user.demographic.language'],
  },
}
