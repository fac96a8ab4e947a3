import { agreementClauses } from './clauses/agreement.ts'
import type { Locale } from '@eaves/model'
import { changesClauses } from './clauses/changes.ts'
import { clausesInChinese } from './clauses/chinese.ts'
import { collectionClauses } from './clauses/collection.ts'
import type { ClauseEntry } from './clauses/entry.ts'
import { rightsClauses } from './clauses/rights.ts'
import { sharingClauses } from './clauses/sharing.ts'

const entries = {
  ...agreementClauses,
  ...collectionClauses,
  ...sharingClauses,
  ...rightsClauses,
  ...changesClauses,
} as const

/** Permanent name of a promise, independent of printed numbers. */
export type ClauseId = keyof typeof entries
export interface Clause extends ClauseEntry {
  readonly id: ClauseId
}

export const clauseIds = Object.freeze(Object.keys(entries) as ClauseId[])

/** Every promise by its id. */
export const clauses: Readonly<Record<ClauseId, Clause>> = Object.freeze(
  Object.fromEntries(clauseIds.map((id) => [id, Object.freeze({ id, ...entries[id] })])) as Record<
    ClauseId,
    Clause
  >,
)

/** True when the text is the id of a registered clause. */
export function isClauseId(text: string): text is ClauseId {
  return Object.hasOwn(entries, text)
}

/** A clause as a person reads it: its title, and what the source policy said. */
export function clauseWords(id: ClauseId, locale: Locale): { readonly title: string; readonly was: string } {
  if (locale === 'en') return { title: clauses[id].title, was: clauses[id].summary }
  const [title, was] = clausesInChinese[id]
  return { title, was }
}

const watcher = Symbol.for('eaves.clause')

/** Names the promise that the test around the call shows; throws when no such clause is registered. */
export function clause(id: ClauseId): ClauseId {
  if (!isClauseId(id)) throw new Error(`No clause is registered under the id "${String(id)}".`)
  // Whoever runs the tests listens here, so that the report names what was really shown.
  const told: unknown = Reflect.get(globalThis, watcher)
  if (typeof told === 'function') told(id)
  return id
}
