import type { Purpose, SubjectId } from '@eaves/model'
import type { Receipt } from '@eaves/model/api'
import { categoryLabels, currentVersion, purposeCategories } from '@eaves/policy'
import { isoInstant } from '../deps.ts'
import type { ConsentEventTable } from './data.ts'
import { switches } from './notices.ts'

/** What a person gets as proof of a choice, before it is signed, in the language they were asked in; names after ISO/IEC TS 27560. */
export function receiptOf(
  subject: SubjectId,
  purpose: Purpose,
  events: readonly ConsentEventTable[],
  { controller, given }: { readonly controller: string; readonly given: boolean },
): Omit<Receipt, 'jws'> | undefined {
  const last = events.findLast((each) => each.event !== 'shown')
  if (last === undefined) return undefined
  const words = switches(last.locale).find((each) => each.purpose === purpose)
  if (words === undefined) return undefined
  return {
    header: {
      schema_version: 'eaves-receipt-1',
      record_id: last.id,
      pii_principal_id: subject,
      created_at: isoInstant(last.at),
    },
    processing: {
      purpose,
      purpose_name: words.name,
      lawful_basis: last.basis,
      pii_categories: [...purposeCategories[purpose]].map(
        (category) => categoryLabels[category][last.locale],
      ),
      pii_controller: controller,
      recipients: words.recipients,
      storage: 'this server',
      retention: words.keptFor,
      privacy_notice: { sha256: last.notice_sha256, locale: last.locale },
      withdrawal_method: `PUT /api/me/choices/${purpose} {"given":false}`,
      privacy_rights: '/api/contact',
      policy_version: currentVersion,
      jurisdiction: last.region,
    },
    events: receiptEvents(events),
    state: given ? 'given' : 'not-given',
  }
}

/** What was shown and answered, oldest first, as every receipt tells it. */
export const receiptEvents = (events: readonly ConsentEventTable[]): Receipt['events'] =>
  events.map((each) => ({
    event_time: isoInstant(each.at),
    event_type: each.event,
    surface: each.surface,
    notice_sha256: each.notice_sha256,
    actor: 'pii_principal',
  }))
