import type { CaseKind, Category, Purpose, Region } from '@eaves/model'
import { isLockedForMinors } from './ages.ts'
import type { ClauseId } from './clauses.ts'
import { may, type Context, type Principal, type Resource, type Verdict } from './may.ts'
import { purposes } from './purposes.ts'
import { purposeCategories } from './rules.ts'
import { caseRules } from './staff.ts'
import type { Verb } from './verbs.ts'

/** What the ledgers say about the person the data is about; every fact is required, for a missing one is a denial. */
export interface Facts {
  readonly region: Region
  readonly agreement: 'current' | 'outdated' | 'none'
  readonly choices: Readonly<Partial<Record<Purpose, 'given' | 'refused' | 'withdrawn'>>>
  readonly objections: readonly Purpose[]
  readonly restricted: boolean
  readonly guardian: 'not-needed' | 'given' | 'missing'
  /** Under eighteen, wherever they live. */
  readonly minor: boolean
}

export interface Ask {
  readonly principal: Principal
  readonly verb: Verb
  readonly resource: Resource
  readonly context: Context
  readonly purpose: Purpose
  /** Empty when the act touches nothing personal. */
  readonly categories: readonly Category[]
  readonly facts: Facts
}

export type PurposeReason =
  | 'allowed'
  | 'agreement-required'
  | 'guardian-required'
  | 'minor'
  | 'unknown-purpose'
  | 'category-outside-purpose'
  | 'no-basis'
  | 'restricted'
  | 'objected'
  | 'not-consented'
  | 'withdrawn'
export interface PurposeVerdict {
  readonly allow: boolean
  readonly reason: PurposeReason
  readonly clauses: readonly ClauseId[]
}
export interface Decision {
  /** True only when both verdicts allow: consent never grants a relation, a relation never stands in for consent. */
  readonly allow: boolean
  readonly relation: Verdict & { readonly clauses: readonly ClauseId[] }
  readonly purpose: PurposeVerdict
}

const deny = (reason: PurposeReason, ...clauses: ClauseId[]): PurposeVerdict => ({
  allow: false,
  reason,
  clauses,
})

/** Decides by relation and, independently, by purpose and consent, naming the clauses that decided. */
export function decide(ask: Ask): Decision {
  const relation = {
    ...may(ask.principal, ask.verb, ask.resource, ask.context),
    clauses: ['pp.5.1'] as const satisfies readonly ClauseId[],
  }
  const purpose = ask.resource.kind === 'public' && ask.categories.length === 0 ? open : byPurpose(ask)
  return { allow: relation.allow && purpose.allow, relation, purpose }
}

/** Documents, contact and health are for everyone, agreed or not. */
const open: PurposeVerdict = Object.freeze({
  allow: true,
  reason: 'allowed',
  clauses: Object.freeze(['sa.3', 'fm.read'] as const),
})

function byPurpose(ask: Ask): PurposeVerdict {
  const { purpose, facts } = ask
  if (facts.agreement !== 'current') return deny('agreement-required', 'sa.1', 'sa.4') // sa.1
  const isAnswered = typeof facts.minor === 'boolean'
  if (!isAnswered || (facts.guardian !== 'not-needed' && facts.guardian !== 'given'))
    return deny('guardian-required', 'pp.6') // pp.6
  if (!Object.hasOwn(purposes, purpose)) return deny('unknown-purpose', 'pp.2.3.5', 'pp.5.6') // pp.2.3.5 pp.5.6
  const allowed = purposeCategories[purpose]
  if (!ask.categories.every((category) => allowed.has(category)))
    return deny('category-outside-purpose', 'pp.0', 'pp.5.6') // pp.0
  if (ask.resource.kind === 'case' && !isWithinCase(ask.resource.case, ask))
    return deny('category-outside-purpose', 'pp.5.1', 'pp.5.6') // pp.5.1
  if (facts.minor && isLockedForMinors(purpose, purposes[purpose].optional)) return deny('minor', 'pp.6') // pp.6
  return byBasis(ask, purposes[purpose].clauses)
}

function byBasis(
  { principal, verb, resource, purpose, facts }: Ask,
  clauses: readonly ClauseId[],
): PurposeVerdict {
  const { bases } = purposes[purpose]
  // Facts come from ledgers at run time, so a missing one is met here and is a denial.
  const { choices, objections }: Partial<Facts> = facts
  if (!Object.hasOwn(bases, facts.region)) return deny('no-basis', 'pp.lb.1') // pp.lb.1
  if (facts.restricted !== false && !ownRead(principal, verb, resource))
    return deny('restricted', 'pp.4.4.c', 'pp.8') // pp.4.4.c pp.8
  if (objections === undefined || objections.includes(purpose)) return deny('objected', 'pp.4.4.b', 'pp.8') // pp.4.4.b pp.8
  const basis = bases[facts.region]
  if (basis.kind === 'consent' || basis.kind === 'separate-consent') {
    const choice = choices !== undefined && Object.hasOwn(choices, purpose) ? choices[purpose] : undefined
    if (choice === 'withdrawn') return deny('withdrawn', 'pp.4.4.e', ...clauses) // pp.4.4.e
    if (choice !== 'given') return deny('not-consented', ...clauses)
  }
  return { allow: true, reason: 'allowed', clauses: ['pp.lb.1', ...clauses] }
}

/** Staff open what their case is about, and nothing beside it; nothing asked for is nothing opened. */
function isWithinCase(kind: CaseKind, { purpose, categories }: Ask): boolean {
  const rule = Object.hasOwn(caseRules, kind) ? caseRules[kind] : undefined
  return (
    rule !== undefined &&
    rule.purpose === purpose &&
    categories.length > 0 &&
    categories.every((category) => rule.categories.includes(category))
  )
}

/** Restriction stops use, never the person's own look at what is held. */
function ownRead(principal: Principal, verb: Verb, resource: Resource): boolean {
  return (
    verb === 'self.read' &&
    resource.kind === 'self' &&
    principal.kind === 'person' &&
    principal.subject === resource.subject
  )
}
