import { t } from '@lingui/core/macro'
import type { AccessOutcome, CaseKind, Category, StaffRole } from '@eaves/model'

const roles: Readonly<Record<StaffRole, () => string>> = {
  support: () => t({ context: 'staff', message: 'Support' }),
  privacy: () => t({ context: 'staff', message: 'Data protection' }),
  operator: () => t({ context: 'staff', message: 'Operations' }),
}
/** What somebody who works for the service is there for. */
export const staffRoleName = (role: StaffRole): string => roles[role]()

const kinds: Readonly<Record<CaseKind, () => string>> = {
  request: () => t({ context: 'case', message: 'A request of yours' }),
  support: () => t({ context: 'case', message: 'You let support in' }),
  'break-glass': () => t({ context: 'case', message: 'An emergency' }),
}
/** The case, as its person reads it. */
export const caseName = (kind: CaseKind): string => kinds[kind]()

const outcomes: Readonly<Record<AccessOutcome, () => string>> = {
  opened: () => t({ context: 'look', message: 'Opened' }),
  read: () => t({ context: 'look', message: 'Looked' }),
  answered: () => t({ context: 'look', message: 'Answered' }),
  refused: () => t({ context: 'look', message: 'Tried, and was refused' }),
}
export const outcomeName = (outcome: AccessOutcome): string => outcomes[outcome]()

/** What a case can open; the server opens nothing else for anybody. */
const opens: Readonly<Partial<Record<Category, () => string>>> = {
  'user.contact.email': () => t`e-mail address`,
  'user.contact.phone_number': () => t`phone number`,
  'user.demographic.language': () => t`language`,
  'user.activity': () => t`the request and how far it is`,
}
export const openedName = (category: Category): string => opens[category]?.() ?? category

/** What for, of a look of staff. */
export const lookPurpose = (purpose: string): string =>
  purpose === 'security' ? t`to avert danger` : t`to answer you`
