import type { HomeId, SubjectId } from './ids.ts'

/** Vocabulary of the data map. Keys follow the Fideslang taxonomy where it has one (CC BY 4.0), else our own household terms. */
export const categories = [
  'user.contact.email',
  'user.contact.phone_number',
  'user.credentials',
  'user.unique_id',
  'user.preference',
  'user.consent',
  'user.name',
  'user.device.model',
  'user.device.ip_address',
  'user.device.push_address',
  'user.demographic.language',
  'user.demographic.age',
  'user.activity',
  'user.behavior.search_history',
  'user.household.rooms',
  'user.household.member',
  'user.household.home',
  'user.household.floor_area',
  'user.household.family_status',
  'user.contact.address',
  'home.activity',
  'user.presence',
  'home.presence',
  'home.climate',
  'home.energy',
  'home.safety',
  'home.image',
  'device.health',
  'device.settings',
  'device.identity',
  'home.connection',
  'user.location.imprecise',
  'user.device.device_id',
  'device.use',
  'user.disclosure',
  'system.operations',
] as const
export type Category = (typeof categories)[number]

export const purposes = [
  'service.core',
  'home.about',
  'security',
  'account.device-label',
  'account.search-history',
  'sharing.manufacturer-quality',
] as const
/** Why a datum is used. Only registered purposes exist; a free-form purpose cannot be written. */
export type Purpose = (typeof purposes)[number]

export const recipients = [
  'mail-service',
  'sms-service',
  'push-service',
  'linked-broker',
  'chosen-manufacturer',
] as const
/** Who besides the home's own people can get something, by kind. */
export type Recipient = (typeof recipients)[number]

export const regions = ['EU', 'CN', 'US', 'other'] as const
export type Region = (typeof regions)[number]

/** How old somebody says they are: groups that every region's ages fall between, never a date of birth. // pp.6 */
export const ageBands = ['under-13', '13', '14-15', '16-17', '18-plus'] as const
export type AgeBand = (typeof ageBands)[number]

export interface Basis<
  K extends 'contract' | 'consent' | 'separate-consent' | 'legitimate-interest' | 'legal-duty' =
    | 'contract'
    | 'consent'
    | 'separate-consent'
    | 'legitimate-interest'
    | 'legal-duty',
> {
  readonly kind: K
  readonly article: string
}
type WithoutInterest = Basis<'contract'> | Basis<'consent'> | Basis<'separate-consent'> | Basis<'legal-duty'>
/** One basis for each region. The law of CN knows no legitimate interest, so it does not type-check there. // pp.lb.1-2 */
export interface Bases {
  readonly EU: Basis
  readonly CN: WithoutInterest
  readonly US: Basis
  readonly other: WithoutInterest
}
export const contract = (article: string): Basis<'contract'> => ({ kind: 'contract', article })
export const consent = (article: string): Basis<'consent'> => ({ kind: 'consent', article })
export const separateConsent = (article: string): Basis<'separate-consent'> => ({
  kind: 'separate-consent',
  article,
})
export const legitimateInterest = (article: string): Basis<'legitimate-interest'> => ({
  kind: 'legitimate-interest',
  article,
})
export const legalDuty = (article: string): Basis<'legal-duty'> => ({ kind: 'legal-duty', article })

/** When the period starts, how long it lasts (ISO 8601 duration, P0D = at once), what then happens. // pp.ret.1 */
export interface Retention {
  readonly after:
    | 'account.closed'
    | 'home.closed'
    | 'device.removed'
    | 'row.expired'
    | 'row.created'
    | 'row.ended'
    | 'sign-in.ended'
    | 'purpose.withdrawn'
  readonly keep: `P${string}`
  readonly then: 'delete' | 'shred' | 'truncate'
}

/**
 * Where the instant stands that a retention counts from. In the row itself; in a row of facts that it points to with `of`;
 * or nowhere, for the event is that this row of facts is gone, and then only a keep of P0D can be kept.
 */
export type RetentionClock<C extends string = string> =
  /** `group`: columns before the clock in the key of a table too large to be read through; deletes walk by them. */
  | { readonly at: 'row'; readonly column: C; readonly group?: readonly C[] }
  | {
      readonly at: 'owner'
      readonly of: C
      readonly table: string
      readonly key: string
      readonly column: string
    }
  | { readonly at: 'gone'; readonly of: C; readonly table: string; readonly key: string }

/** The column that ties a row to its person or home. */
export type RowPath =
  | { readonly to: 'subject'; readonly column: string }
  | { readonly to: 'home'; readonly column: string }

interface Classified {
  readonly category: Category
  readonly purposes: Readonly<Partial<Record<Purpose, Bases>>>
  readonly retention: Retention
  /** Who besides the home's own people gets it; empty = nobody. */
  readonly recipients: readonly Recipient[]
  readonly clauses: readonly string[]
}
/** Identifies or describes a person: sealed under that person's key. // def.pi */
export interface PersonalField extends Classified {
  readonly class: 'personal'
  readonly seal: 'subject' | 'home'
  readonly index?: 'blind'
  readonly mandatory: { readonly required: boolean; readonly ifRefused: string }
  /** Of a column that is truncated: the column beside it that holds the shortened form, and stays with the row. // pp.2.2.3 */
  readonly shortened?: string
  readonly export: readonly ('access' | 'portability')[]
  /** For a sealed JSON value: every leaf by its path (`*` for any key or index), each classified. */
  readonly leaves?: Readonly<Record<string, Leaf>>
}
/** What people make themselves (names, arrangements): sealed under the home's or the person's key. // def.bd */
export interface ContentField extends Omit<PersonalField, 'class'> {
  readonly class: 'content'
}
/** An ordinary value in a row with a subject or home path: personal by that link. */
export interface LinkedField {
  readonly class: 'linked'
  readonly category: Category
  readonly clauses: readonly string[]
  readonly leaves?: Readonly<Record<string, Leaf>>
}
/** Never exported: a hash or key that proves who someone is. */
export interface CredentialField {
  readonly class: 'credential'
  readonly reason: string
  readonly clauses: readonly string[]
}
/** Opaque id that leads to a person or home. */
export interface ReferenceField {
  readonly class: 'reference'
  readonly to: 'subject' | 'home' | 'row'
  /** Of a column that names a person in somebody else's row: what becomes of it when they are erased. */
  readonly erased?: 'row' | 'cleared' | 'blank'
}
/** Has no link to any person or home; only in tables without such a path. */
export interface PlainField {
  readonly class: 'not-personal'
  readonly reason: string
}
export interface Leaf {
  readonly category: Category
  readonly note?: string
}
export type Field = PersonalField | ContentField | LinkedField | CredentialField | ReferenceField | PlainField
export type LinkedTableField = Exclude<Field, PlainField>

/** Each column of a table with its classification; a missing, misspelt or superfluous column does not compile. In a table with a home or subject path `not-personal` does not compile either. */
export type Columns<T> = {
  readonly [C in keyof T]-?: T extends { home_id: unknown } | { subject: unknown } ? LinkedTableField : Field
}

export interface TableMap<T> {
  readonly path: RowPath | { readonly to: 'instance'; readonly reason: string }
  /** What the row as a whole is for; `linked` columns take basis and retention from here. */
  readonly purposes: Readonly<Partial<Record<Purpose, Bases>>>
  readonly retention: Retention | { readonly keep: 'operations'; readonly reason: string }
  /** What the retention counts from; without it the retention cannot be carried out, which a test finds. // pp.ret.1 */
  readonly clock?: RetentionClock<keyof T & string>
  /** Of a home's table: the right in the home by which a person is shown its rows as held of their home, and the column of the device they speak of. // pp.4.4.a */
  readonly seen?: {
    readonly by: string
    readonly device?: keyof T & string
    /** In the copy alone, which takes a fresh proof: it holds secrets of others' doors. */
    readonly inCopyOnly?: boolean
  }
  /** Its rows repeat what stands elsewhere: a copy of everything leaves them out. */
  readonly isCopy?: boolean
  /** `store.table` of what the rows are worked out from (an aggregate, an index): they never outlive it. // pp.ret.1 */
  readonly derivedFrom?: readonly string[]
  /**
   * Long-term statistics: `store.table` of what was added up, and over how long at least. They have a period of their own, bounded by
   * that length, because what happened when cannot be told from them. // pp.ret.1
   */
  readonly condensed?: { readonly of: readonly string[]; readonly over: 'hour' | 'day' }
  /** Rows are only ever added: no update, no delete but erasure. */
  readonly appendOnly?: boolean
  readonly columns: Columns<T>
}
export type DataMap<DB> = { readonly [T in keyof DB]: TableMap<DB[T]> }

/** Text sealed by the vault; only the vault opens it, for a purpose and an actor. */
declare const sealedKind: unique symbol
export type Sealed<T> = string & { readonly [sealedKind]: T }

/** Who asks: a person, a part of the system acting for them, the instance itself at start, or staff with a case. */
export type Actor =
  | { readonly kind: 'person'; readonly subject: SubjectId }
  /** An adult acting for the child they answer for; `minors.asGuardian` alone makes one. // pp.6 */
  | { readonly kind: 'guardian'; readonly subject: SubjectId; readonly child: SubjectId }
  /** Reads one person's rows, and opens these categories alone. */
  | {
      readonly kind: 'staff'
      readonly staff: SubjectId
      readonly case: string
      readonly categories: readonly Category[]
    }
  | {
      readonly kind: 'system'
      readonly part:
        | 'start'
        | 'gate'
        | 'runtime'
        | 'jobs'
        | 'drivers'
        | 'sign-in'
        | 'notices'
        | 'cli'
        | 'activity'
        | 'rights'
        | 'backup'
        | 'sharing'
        | 'staff'
    }

export type Scope = { readonly home: HomeId } | { readonly person: SubjectId } | { readonly instance: true }
/** No query type-checks without one. // pp.5.1 */
export interface Access<S extends Scope = Scope> {
  readonly scope: S
  readonly actor: Actor
  readonly purpose: Purpose
}

/** Classes of a log field: what may be written to a log and why. */
export type LogFieldClass =
  | { readonly class: 'operational'; readonly reason: string }
  | { readonly class: 'pseudonym'; readonly reason: string }
