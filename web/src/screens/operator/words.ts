import { t } from '@lingui/core/macro'
import type { StaffQueue } from '@eaves/model/api'

type Row = StaffQueue[number]
const kinds: Readonly<Record<Row['kind'], () => string>> = {
  access: () => t`Copy of everything`,
  portability: () => t`Copy to take elsewhere`,
  erasure: () => t({ context: 'console', message: 'Erasure of an account' }),
  restriction: () => t({ context: 'console', message: 'Restriction' }),
  objection: () => t`A purpose refused`,
  'objection-marketing': () => t`Advertising refused`,
  correction: () => t`Said to be wrong`,
}
export const queueKind = (kind: Row['kind']): string => kinds[kind]()

const states: Readonly<Record<Row['state'], () => string>> = {
  planned: () => t`Received`,
  paused: () => t({ context: 'console', message: 'Waits for a proof of identity' }),
  executing: () => t`Being carried out`,
  answered: () => t`Answered`,
  closed: () => t`Over`,
  extended: () => t`Takes longer`,
  withdrawn: () => t`Taken back`,
}
export const queueState = (state: Row['state']): string => states[state]()
