import type { ClauseId } from '../clauses.ts'
import { daysOf, type Promised, type PromisedUse } from './promised.ts'

export type MaterialClause = Extract<
  ClauseId,
  'pp.7.4.1' | 'pp.7.4.2' | 'pp.7.4.3' | 'pp.7.4.4' | 'pp.7.4.5' | 'pp.7.4.6'
>
/** One thing that a new version does to people, and the clause that makes it a large change. */
export interface Change {
  readonly clause: MaterialClause
  readonly kind:
    | 'purpose-added'
    | 'basis-changed'
    | 'choice-taken'
    | 'information-added'
    | 'use-added'
    | 'made-mandatory'
    | 'kept-longer'
    | 'control-changed'
    | 'recipient-added'
    | 'right-removed'
    | 'right-changed'
    | 'contact-changed'
    | 'high-risk'
  readonly what: string
  /** The purpose it is about, where it is about one. */
  readonly purpose?: string
}

/**
 * What is material about going from one version to another, computed; nothing and nobody can lower it. What only gets
 * narrower (a shorter time, a use that ends, a right more) is no large change. // pp.7.3
 */
export function classify(before: Promised, after: Promised): readonly Change[] {
  return [
    ...purposeChanges(before, after),
    ...useChanges(before, after),
    ...differences(before.control, after.control, 'pp.7.4.2', 'control-changed'), // pp.7.4.2
    ...rightChanges(before, after),
    ...differences(before.contacts, after.contacts, 'pp.7.4.5', 'contact-changed'), // pp.7.4.5
    ...Object.keys(after.assessments) // pp.7.4.6
      .filter((id) => after.assessments[id] === 'high' && before.assessments[id] !== 'high')
      .map((what) => ({ clause: 'pp.7.4.6', kind: 'high-risk', what }) as const),
  ]
}

function purposeChanges(before: Promised, after: Promised): Change[] {
  const change = (kind: Change['kind'], what: string): Change => ({
    clause: 'pp.7.4.1', // pp.7.4.1
    kind,
    what,
    purpose: what,
  })
  return Object.entries(after.purposes).flatMap(([id, now]) => {
    const was = before.purposes[id]
    if (was === undefined) return [change('purpose-added', id)]
    return [
      ...(same(was.bases, now.bases) ? [] : [change('basis-changed', id)]),
      ...(was.optional && !now.optional ? [change('choice-taken', id)] : []),
    ]
  })
}

function useChanges(before: Promised, after: Promised): Change[] {
  return Object.entries(after.uses).flatMap(([category, byPurpose]) =>
    Object.entries(byPurpose).flatMap(([purpose, now]) => {
      const was = before.uses[category]?.[purpose]
      const what = `${category} for ${purpose}`
      if (was === undefined)
        return [
          {
            clause: 'pp.7.4.1',
            kind: before.uses[category] === undefined ? 'information-added' : 'use-added',
            what,
            purpose,
          } as const,
          ...recipientsAdded(undefined, now, what, purpose),
        ]
      return [
        ...(now.mandatory && !was.mandatory
          ? [{ clause: 'pp.7.4.1', kind: 'made-mandatory', what, purpose } as const]
          : []),
        ...(keptLonger(was, now)
          ? [{ clause: 'pp.7.4.1', kind: 'kept-longer', what, purpose } as const]
          : []),
        ...recipientsAdded(was, now, what, purpose),
      ]
    }),
  )
}

function recipientsAdded(
  was: PromisedUse | undefined,
  now: PromisedUse,
  what: string,
  purpose: string,
): Change[] {
  return now.recipients
    .filter((recipient) => was?.recipients.includes(recipient) !== true)
    .map((recipient) => ({
      clause: 'pp.7.4.3', // pp.7.4.3
      kind: 'recipient-added',
      what: `${recipient}: ${what}`,
      purpose,
    }))
}

/** Longer after the same event, or held until another event as well. */
function keptLonger(was: PromisedUse, now: PromisedUse): boolean {
  return Object.entries(now.kept).some(([event, keep]) => {
    const before = was.kept[event]
    return before === undefined || daysOf(keep) > daysOf(before)
  })
}

function rightChanges(before: Promised, after: Promised): Change[] {
  return Object.entries(before.rights).flatMap(([id, was]): Change[] => {
    const now = after.rights[id]
    if (now === undefined) return [{ clause: 'pp.7.4.4', kind: 'right-removed', what: id }] // pp.7.4.4
    const isHarder = was.proof === 'none' && now.proof === 'fresh'
    return was.ways.some((way) => !now.ways.includes(way)) || isHarder
      ? [{ clause: 'pp.7.4.4', kind: 'right-changed', what: id }]
      : []
  })
}

function differences(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  clause: MaterialClause,
  kind: Change['kind'],
): Change[] {
  return Object.keys({ ...before, ...after })
    .filter((key) => before[key] !== after[key])
    .map((what) => ({ clause, kind, what }))
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
