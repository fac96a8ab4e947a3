import type { SubjectId } from '@eaves/model'
import type { Receipt } from '@eaves/model/api'
import {
  categoryLabels,
  currentVersion,
  purposes,
  sharedCategories,
  type SharingPurpose,
} from '@eaves/policy'
import { isoInstant } from '../deps.ts'
import type { ConsentEventTable } from './data.ts'
import type { Registered } from './recipients.ts'
import { standings } from './sharing-consents.ts'
import { receiptEvents } from './receipt.ts'

const untilWithdrawn = {
  en: 'nothing more is sent once it is withdrawn; what was sent is kept by the recipient',
  'zh-Hans': '撤回后不再发送；已发送的内容由接收方保存',
} as const

/** Proof of what was chosen about one recipient: its name, and the kinds of information that were given. // pp.3.1.1 */
export function sharingReceipt(
  subject: SubjectId,
  recipient: Registered,
  purpose: SharingPurpose,
  all: readonly ConsentEventTable[],
  controller: string,
  nowMs: number,
): Omit<Receipt, 'jws'> | undefined {
  const events = all.filter(
    (event) => event.purpose === purpose && (event.recipient === recipient.id || event.recipient === ''),
  )
  const last = events.findLast(({ event }) => event !== 'shown')
  if (last === undefined) return undefined
  const given = [...standings(events, recipient, purpose, nowMs)].flatMap(([category, { state }]) =>
    state === 'given' ? [category] : [],
  )
  const about = given.length > 0 ? given : categoriesOf(last, purpose)
  return {
    header: {
      schema_version: 'eaves-receipt-1',
      record_id: last.id,
      pii_principal_id: subject,
      created_at: isoInstant(last.at),
    },
    processing: {
      purpose,
      purpose_name: purposes[purpose].texts[last.locale].name,
      lawful_basis: last.basis,
      pii_categories: about.map((category) => categoryLabels[category][last.locale]),
      pii_controller: controller,
      recipients: [`${recipient.name}, ${recipient.contact}, ${recipient.region}`],
      storage: 'this server, and the recipient named here',
      retention: untilWithdrawn[last.locale],
      privacy_notice: { sha256: last.notice_sha256, locale: last.locale },
      withdrawal_method: `PUT /api/me/recipients/${recipient.id} {"choices":[{"category":…,"given":false}]}`,
      privacy_rights: '/api/contact',
      policy_version: currentVersion,
      jurisdiction: last.region,
    },
    events: receiptEvents(events),
    state: given.length > 0 ? 'given' : 'not-given',
  }
}

function categoriesOf(event: ConsentEventTable, purpose: SharingPurpose) {
  const named = event.categories === null ? undefined : (JSON.parse(event.categories) as string[])
  return sharedCategories(purpose).filter((category) => named?.includes(category) ?? true)
}
