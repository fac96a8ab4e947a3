import { newId, type OperatingRole, type Region, type SubjectId } from '@eaves/model'
import {
  decide,
  project,
  type FieldName,
  type RawReport,
  type SharedCategory,
  type SharingPurpose,
} from '@eaves/policy'
import { isoInstant, type Clock } from '../deps.ts'
import type { Db, Facts, PersonHandle } from '../store/stores.ts'
import type { DisclosureOutcomeTable, ReleaseTable } from './data.ts'
import { deliver, pairwise, type Parcel } from './deliver.ts'
import type { Egress } from './egress-post.ts'
import type { Registered } from './recipients.ts'
import { fieldsFor, type Register } from './register.ts'
import type { Passage, Sending } from './sending.ts'
import { rulesAt, standings } from './sharing-consents.ts'
import { categoryOf } from './sharing-notice.ts'
import { addDisclosure, addOutcome, everNamed, forPerson } from './sharing-store.ts'
import { accountOf, eventsOf } from './store.ts'
import type { Vault } from './vault.ts'

/** What a report is made of at the moment it goes; undefined: there is nothing to tell. */
export type Source = (
  subject: SubjectId,
  recipient: { readonly brands: readonly string[] },
) => Promise<RawReport | undefined>

export interface ReleaseDeps {
  readonly facts: Db<Facts>
  readonly role: OperatingRole
  readonly clock: Clock
  readonly vault: Pick<Vault, 'ownKey'>
  readonly egress: Pick<Egress, 'post'>
  readonly register: Register
  readonly sending: Sending
  /** Whether the person is under a text that names this purpose as it is now, and nothing of theirs rests. // pp.5.6 */
  readonly agreementCovers: (subject: SubjectId, purpose: SharingPurpose) => Promise<boolean>
  readonly sources: Readonly<Partial<Record<SharingPurpose, Source>>>
  /** Whether the published text names this purpose. */
  readonly isPromised: (purpose: SharingPurpose) => boolean
  /** Whether this is a child: nothing about one is shared. // pp.6 */
  readonly isMinor: (subject: SubjectId) => boolean | Promise<boolean>
  /** Whether the person has stopped this use otherwise: an objection, a restriction, a signal that could not be written. */
  readonly isHalted: (subject: SubjectId, purpose: SharingPurpose) => Promise<boolean>
}

export type Refusal =
  | 'not-registered'
  | 'no-agreement'
  | 'not-for-this'
  | 'not-promised'
  | 'other-region'
  | 'not-allowed'
  | 'not-consented'
  | 'consent-ended'
  | 'nothing-to-tell'
  | 'being-withdrawn'
export type Released =
  | { readonly refused: Refusal }
  | { readonly outcome: DisclosureOutcomeTable['outcome']; readonly answer: DisclosureOutcomeTable['answer'] }

type Asked = Pick<ReleaseTable, 'subject' | 'id' | 'kind' | 'recipient' | 'purpose' | 'basis' | 'slot'>

/**
 * The one way by which something about a person goes to somebody else: a registered recipient with an agreement in force, a
 * consent that holds now, their region, their age, nothing but the closed fields; written down, sent, and its end written
 * down. // pp.3.1 pp.3.1.1 pp.3.1.3 pp.3.1.4 pp.3.1.a
 */
export function createRelease(deps: ReleaseDeps): (asked: Asked) => Promise<Released> {
  return async (asked) => {
    const recipient = deps.register.find(asked.recipient)
    if (recipient?.endpoint === undefined) return { refused: 'not-registered' }
    const purpose = recipient.purposes.find((each) => each === asked.purpose)
    if (purpose === undefined) return { refused: 'not-for-this' } // pp.3.1.4
    // A request to delete rests on no purpose: it goes however little the text promises by now.
    if (asked.kind === 'report' && !deps.isPromised(purpose)) return { refused: 'not-promised' } // pp.5.6
    const passage = deps.sending.enter(asked.subject)
    if (passage === undefined) return { refused: 'being-withdrawn' } // pp.4.4.e
    try {
      const parcel = await (asked.kind === 'report'
        ? reportOf(deps, asked, recipient, purpose)
        : deletionOf(deps, asked, recipient, purpose))
      if (typeof parcel === 'string') return { refused: parcel }
      return await sent(deps, asked.subject, recipient.endpoint, parcel, passage)
    } finally {
      passage.leave()
    }
  }
}

async function reportOf(
  deps: ReleaseDeps,
  asked: Asked,
  recipient: Registered,
  purpose: SharingPurpose,
): Promise<Parcel | Refusal> {
  const { facts, clock, register } = deps
  const { agreement } = recipient
  if (agreement === undefined || register.agreementState(recipient) !== 'in-force') return 'no-agreement' // pp.3.1.a
  const agreed = await deps.agreementCovers(asked.subject, purpose)
  const minor = await deps.isMinor(asked.subject)
  const halted = await deps.isHalted(asked.subject, purpose)
  const raw = await deps.sources[purpose]?.(asked.subject, recipient)
  if (raw === undefined) return 'nothing-to-tell'
  const person = await pairwise(deps.vault, recipient.id, asked.subject)
  // Consent and intent in one transaction: nothing is written down as going that had lost its ground. // pp.4.4.e
  return forPerson(facts, asked.subject).transaction(async (handle) => {
    const account = await accountOf(handle)
    // Whoever is being erased is closed from its first step on. // pp.4.4.a
    if (account === undefined || account.closed_at !== null) return 'not-allowed'
    if (!register.reaches(recipient, account.region)) return 'other-region' // pp.3.1.5
    const events = await eventsOf(handle)
    const given = [...standings(events, recipient, purpose, clock.now())].flatMap(
      ([category, { state, event }]) =>
        state === 'given' && event !== undefined ? [{ category, event: event.id }] : [],
    )
    if (given.length === 0) return 'not-consented' // pp.3.1.1
    // What was queued under a yes that has ended does not live on under a later one, nor under somebody else's.
    if (!given.some(({ event }) => event === asked.basis)) return 'consent-ended' // pp.3.1.1
    if (!allows(deps, asked.subject, purpose, { region: account.region, given, agreed, halted, minor }))
      return 'not-allowed'
    const categories = new Set(given.map(({ category }) => category))
    const fields = fieldsFor(recipient, purpose).filter((field) => categories.has(categoryOf(purpose, field)))
    const report = project(raw, new Set(fields), person) // pp.3.1.3
    return note(handle, asked, {
      categories: [...categories],
      fields,
      basis: [...new Set(given.map(({ event }) => event))],
      agreement: agreement.sha256,
      at: clock.now(),
      content: { purpose, day: asked.slot, report },
    })
  })
}

/** The same judge as for every other use; a child, an agreement that is no longer current and a halt end it here. // pp.6 */
function allows(
  { role }: ReleaseDeps,
  subject: SubjectId,
  purpose: SharingPurpose,
  {
    region,
    given,
    agreed,
    halted,
    minor,
  }: {
    readonly region: Region
    readonly given: readonly { readonly category: SharedCategory }[]
    readonly agreed: boolean
    readonly halted: boolean
    readonly minor: boolean
  },
): boolean {
  return decide({
    principal: { kind: 'person', subject, roles: new Map(), limits: new Map() },
    verb: 'self.edit',
    resource: { kind: 'self', subject },
    context: { operatingRole: role },
    purpose,
    categories: given.map(({ category }) => category),
    facts: {
      region,
      agreement: agreed ? 'current' : 'none',
      choices: { [purpose]: 'given' },
      objections: [],
      restricted: halted,
      guardian: 'not-needed', // What is shared is shut to every minor, with or without a guardian.
      minor,
    },
  }).allow
}

/** Asking a recipient to delete rests on no consent: it is for whoever has taken theirs back. // pp.3.1.3 */
async function deletionOf(
  { facts, clock, vault }: ReleaseDeps,
  asked: Asked,
  recipient: Registered,
  purpose: SharingPurpose,
): Promise<Parcel | Refusal> {
  const person = await pairwise(vault, recipient.id, asked.subject)
  return forPerson(facts, asked.subject).transaction(async (handle) => {
    if (!(await everNamed(handle, recipient.id))) return 'nothing-to-tell'
    return note(handle, asked, {
      categories: ['user.device.device_id'],
      fields: ['person'],
      basis: [],
      agreement: recipient.agreement?.sha256 ?? '',
      at: clock.now(),
      content: {
        purpose,
        delete: {
          person,
          request: asked.slot,
          answerWithin: rulesAt(clock.now()).silentAfter,
        },
      },
    })
  })
}

async function note(
  handle: PersonHandle<Facts>,
  { subject, id: release, kind, recipient, purpose }: Asked,
  what: {
    readonly categories: readonly SharedCategory[]
    readonly fields: readonly FieldName[]
    readonly basis: readonly string[]
    readonly agreement: string
    readonly at: number
    readonly content: object
  },
): Promise<Parcel> {
  const id = newId()
  await addDisclosure(handle, {
    subject,
    id,
    release_id: release,
    kind,
    recipient,
    purpose,
    categories: JSON.stringify(what.categories),
    fields: JSON.stringify(what.fields),
    basis: JSON.stringify(what.basis),
    agreement_sha256: what.agreement,
    intent_at: what.at,
  })
  return { id, kind, body: JSON.stringify({ id, kind, at: isoInstant(what.at), ...what.content }) }
}

async function sent(
  deps: ReleaseDeps,
  subject: SubjectId,
  endpoint: NonNullable<Registered['endpoint']>,
  parcel: Parcel,
  { signal }: Passage,
): Promise<Released> {
  const { id } = parcel
  const delivered = await deliver(deps, endpoint, { ...parcel, signal })
  await addOutcome(forPerson(deps.facts, subject), {
    subject,
    id,
    outcome_at: deps.clock.now(),
    ...delivered,
  })
  return { outcome: delivered.outcome, answer: delivered.answer }
}
