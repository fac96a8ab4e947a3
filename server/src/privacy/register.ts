import type { Region } from '@eaves/model'
import {
  safeguardsOf,
  sharedFields,
  sharingPurposes,
  type FieldName,
  type SharingPurpose,
} from '@eaves/policy'
import { isoInstant, type Clock, type Log } from '../deps.ts'
import { StartError } from '../start-error.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { RecipientVersionTable } from './data.ts'
import type { Registered } from './recipients.ts'
import type { Gone } from './sharing-gone.ts'
import { addVersion, asSharing, versionsOf } from './sharing-store.ts'

/** The recipients of this server, and what their agreements allow at a moment. */
export interface Register {
  /** Holds what is registered against what was seen before; throws when an agreement is stretched. Tells whom it no longer names. */
  readonly start: (end?: (gone: readonly Gone[]) => Promise<void>) => Promise<void>
  readonly all: readonly Registered[]
  readonly find: (id: string) => Registered | undefined
  readonly agreementState: (recipient: Registered) => 'in-force' | 'missing' | 'expired' | 'not-yet'
  /** Whether something about a person of that region may go there. // pp.3.1.5 */
  readonly reaches: (recipient: Registered, region: Region) => boolean
  /** The recipients with a purpose that lets something leave. */
  readonly sharing: readonly Registered[]
  readonly names: () => Promise<Names>
}
/** What recipients are and were called, those that are registered no longer among them. */
export interface Names {
  readonly now: (id: string) => string
  /** What it was called when something went under that agreement: an id may stand for another company since. // pp.3.1.p */
  readonly atThatTime: (id: string, agreementSha256: string, atMs: number) => string
}

export interface RegisterDeps {
  readonly facts: Db<Facts>
  readonly clock: Clock
  readonly log: Log
  readonly recipients: readonly Registered[]
}

export function createRegister({ facts, clock, log, recipients }: RegisterDeps): Register {
  const agreementState: Register['agreementState'] = ({ agreement }) => {
    if (agreement === undefined) return 'missing'
    if (clock.now() < agreement.signedAt) return 'not-yet'
    return clock.now() < agreement.expiresAt ? 'in-force' : 'expired'
  }
  return {
    all: recipients,
    sharing: recipients.filter(({ purposes }) => purposes.length > 0),
    find: (id) => recipients.find((each) => each.id === id),
    agreementState,
    // What "other" stands for is nobody's to guess, so two of them are never the same.
    reaches: ({ region, mechanism }, home) =>
      (region === home && region !== 'other') ||
      (mechanism !== undefined && safeguardsOf[home].includes(mechanism.kind)),
    names: async () => {
      const versions = await versionsOf(asSharing(facts))
      const now: Names['now'] = (id) =>
        recipients.find((each) => each.id === id)?.name ??
        versions.findLast((row) => row.id === id)?.name ??
        id
      return {
        now,
        atThatTime: (id, sha256, atMs) => {
          const known = versions.filter((row) => row.id === id && row.agreement_sha256 === sha256)
          return (known.findLast((row) => row.seen_at <= atMs) ?? known[0])?.name ?? now(id)
        },
      }
    },
    start: async (end) => {
      const handle = asSharing(facts)
      const before = await versionsOf(handle)
      const fresh = recipients.flatMap((recipient) => versionOf(recipient, before, clock.now()))
      const { gone, rows } = noLonger(recipients, before, clock.now())
      // What broke off in between ends at the next start: the row that says so comes after.
      await end?.(gone)
      for (const row of [...rows, ...fresh]) await addVersion(handle, row)
      const idle = recipients.filter(
        (each) => each.purposes.length > 0 && agreementState(each) !== 'in-force',
      )
      if (idle.length > 0)
        log.warn('recipients without an agreement in force get nothing', { count: idle.length }) // pp.3.1.a
    },
  }
}

/** A row for what this server has not seen yet. The same agreement covers what it covered before and nothing more. // pp.3.1.4 pp.3.1.a */
function versionOf(
  recipient: Registered,
  before: readonly RecipientVersionTable[],
  nowMs: number,
): RecipientVersionTable[] {
  const sha256 = recipient.agreement?.sha256 ?? ''
  const mine = before.filter((row) => row.id === recipient.id)
  const former = mine.at(-1)
  if (former !== undefined && former.name !== recipient.name)
    throw new StartError(
      `recipients.json: ${recipient.id} stood for ${former.name}. ${recipient.name} needs an id of its own, so that nothing that was said or sent to the one counts for the other; nothing has been sent.`,
    ) // pp.3.1.p pp.3.1.1
  const known = mine.filter((row) => row.agreement_sha256 === sha256)
  const [first] = known
  const row = {
    id: recipient.id,
    agreement_sha256: sha256,
    name: recipient.name,
    kind: recipient.kind,
    region: recipient.region,
    purposes: JSON.stringify(recipient.purposes),
    fields: JSON.stringify(recipient.fields),
    seen_at: Math.max(nowMs, (mine.at(-1)?.seen_at ?? 0) + 1),
    expires_at: recipient.agreement?.expiresAt ?? null,
    brands: JSON.stringify(recipient.brands),
    mechanism: recipient.mechanism === undefined ? null : JSON.stringify(recipient.mechanism),
  }
  if (first === undefined) return [row]
  if (sha256 !== '') {
    // In rows from before these were kept they stand nowhere: what is seen first then is what it covers.
    const whole = known.find(({ brands }) => brands !== null) ?? first
    const more = [...widened(recipient, first), ...stretched(recipient, whole)]
    if (more.length > 0)
      throw new StartError(
        `recipients.json: ${recipient.id}: ${more.join(', ')} is more than its agreement covered when it was registered. Put in the hash of an agreement that covers it; nothing has been sent.`,
      )
  }
  const terms = ['agreement_sha256', 'fields', 'purposes', 'expires_at', 'brands', 'mechanism'] as const
  return terms.every((term) => former?.[term] === row[term]) ? [] : [row]
}

/** Whom the register named for something when it was last read and does not now, with the rows that say so. */
function noLonger(
  recipients: readonly Registered[],
  before: readonly RecipientVersionTable[],
  nowMs: number,
): { readonly gone: readonly Gone[]; readonly rows: readonly RecipientVersionTable[] } {
  const lasts = [...new Map(before.map((row) => [row.id, row])).values()]
  const gone = lasts.flatMap((last) => {
    const now: readonly string[] = recipients.find(({ id }) => id === last.id)?.purposes ?? []
    return sharingPurposes
      .filter((purpose) => list(last.purposes).includes(purpose) && !now.includes(purpose))
      .map((purpose) => ({ id: last.id, purpose }))
  })
  const rows = lasts
    .filter(({ id, purposes }) => purposes !== '[]' && recipients.every((each) => each.id !== id))
    .map((last) => ({ ...last, purposes: '[]', seen_at: Math.max(nowMs, last.seen_at + 1) }))
  return { gone, rows }
}

const list = (text: string | null) => (text === null ? [] : (JSON.parse(text) as string[]))
/** What of the terms that are not read by name reaches further than when the agreement was first seen. */
function stretched(now: Registered, then: RecipientVersionTable): string[] {
  if (then.brands === null) return []
  const until = now.agreement?.expiresAt ?? 0
  const mechanism = now.mechanism === undefined ? null : JSON.stringify(now.mechanism)
  return [
    ...now.brands.filter((brand) => !list(then.brands).includes(brand)).map((brand) => `the brand ${brand}`),
    ...(until <= (then.expires_at ?? 0) ? [] : [`an end on ${isoInstant(until).slice(0, 10)}`]),
    ...(mechanism === null || mechanism === then.mechanism ? [] : ['another safeguard']),
  ]
}

function widened(now: Registered, then: RecipientVersionTable): string[] {
  return [
    ...now.fields.filter((field) => !list(then.fields).includes(field)),
    ...now.purposes.filter((purpose) => !list(then.purposes).includes(purpose)),
    ...(now.kind === then.kind ? [] : [`the kind ${now.kind}`]),
    ...(now.region === then.region ? [] : [`the region ${now.region}`]),
  ]
}

/** The fields of a recipient for a purpose, each within the closed schema. */
export function fieldsFor(recipient: Registered, purpose: SharingPurpose): FieldName[] {
  if (!sharingPurposes.includes(purpose)) return []
  return recipient.fields.filter((field) => Object.hasOwn(sharedFields[purpose], field))
}
