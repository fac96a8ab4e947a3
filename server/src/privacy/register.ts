import type { Region } from '@eaves/model'
import {
  safeguardsOf,
  sharedFields,
  sharingPurposes,
  type FieldName,
  type SharingPurpose,
} from '@eaves/policy'
import type { Clock, Log } from '../deps.ts'
import { StartError } from '../start-error.ts'
import type { Db, Facts } from '../store/stores.ts'
import type { RecipientVersionTable } from './data.ts'
import type { Registered } from './recipients.ts'
import { addVersion, asSharing, versionsOf } from './sharing-store.ts'

/** The recipients of this server, and what their agreements allow at a moment. */
export interface Register {
  /** Holds what is registered against what was seen before; throws when an agreement is stretched. */
  readonly start: () => Promise<void>
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
    start: async () => {
      const handle = asSharing(facts)
      const before = await versionsOf(handle)
      const fresh = recipients.flatMap((recipient) => versionOf(recipient, before, clock.now()))
      for (const row of fresh) await addVersion(handle, row)
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
  const known = before.filter((row) => row.id === recipient.id && row.agreement_sha256 === sha256)
  const [first] = known
  const row = {
    id: recipient.id,
    agreement_sha256: sha256,
    name: recipient.name,
    kind: recipient.kind,
    region: recipient.region,
    purposes: JSON.stringify(recipient.purposes),
    fields: JSON.stringify(recipient.fields),
    seen_at: nowMs,
  }
  if (first === undefined) return [row]
  if (sha256 !== '') {
    const more = widened(recipient, first)
    if (more.length > 0)
      throw new StartError(
        `recipients.json: ${recipient.id}: ${more.join(', ')} is more than its agreement covered when it was registered. Put in the hash of an agreement that covers it; nothing has been sent.`,
      )
  }
  const last = known.at(-1)!
  return last.name === row.name && last.fields === row.fields && last.purposes === row.purposes ? [] : [row]
}

function widened(now: Registered, then: RecipientVersionTable): string[] {
  const list = (text: string) => JSON.parse(text) as string[]
  return [
    ...now.fields.filter((field) => !list(then.fields).includes(field)),
    ...now.purposes.filter((purpose) => !list(then.purposes).includes(purpose)),
    ...(now.name === then.name ? [] : [`the name ${now.name}`]),
    ...(now.kind === then.kind ? [] : [`the kind ${now.kind}`]),
    ...(now.region === then.region ? [] : [`the region ${now.region}`]),
  ]
}

/** The fields of a recipient for a purpose, each within the closed schema. */
export function fieldsFor(recipient: Registered, purpose: SharingPurpose): FieldName[] {
  if (!sharingPurposes.includes(purpose)) return []
  return recipient.fields.filter((field) => Object.hasOwn(sharedFields[purpose], field))
}
