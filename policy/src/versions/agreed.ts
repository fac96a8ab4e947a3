import { classify, type Change } from './classify.ts'
import type { Promised } from './promised.ts'

/**
 * Where a person stands with the texts.
 * - none: has not agreed to any text of this major version; leaving: has refused
 * - current: agreed to the text of now, or to one from which nothing large differs
 * - notice_pending: a large change is announced and not in effect; the old acts hold
 * - old_terms: it is in effect and only adds what can be withheld from this person; everything else goes on
 * - limited: it is in effect and cannot be withheld; own data, rights and switching what is there, nothing new
 */
export type AgreementStanding = 'none' | 'leaving' | 'current' | 'notice_pending' | 'old_terms' | 'limited'

/** A version as a person's acts or the server name it. */
export interface VersionPromise {
  readonly version: string
  readonly promised: Promised
}
export interface AgreedFacts {
  /** The older of the versions that the two last acts name; undefined without both. */
  readonly agreed: VersionPromise | undefined
  /** Whether the acts name a text of now, word for word. */
  readonly isExact: boolean
  readonly isRefused: boolean
  readonly now: VersionPromise & { readonly effectiveAt: number; readonly isRaised: boolean }
  readonly atMs: number
}

/** The one rule of who may go on under which text. // sa.1 pp.5.6 pp.7.2 pp.7.3 */
export function standingOf({ agreed, isExact, isRefused, now, atMs }: AgreedFacts): AgreementStanding {
  if (isRefused) return 'leaving' // sa.4
  if (agreed === undefined || majorOf(agreed.version) !== majorOf(now.version)) return 'none' // sa.1
  const order = compareVersions(agreed.version, now.version)
  // Another text under the same version was never announced: it must be agreed to at once.
  if (order === 0) return isExact ? 'current' : 'none'
  if (order > 0) return 'current'
  const changes = classify(agreed.promised, now.promised)
  if (changes.length === 0 && !now.isRaised) return 'current'
  if (atMs < now.effectiveAt) return 'notice_pending' // pp.7.3
  return changes.every((change) => isWithheld(change, agreed.promised, now.promised)) && !now.isRaised
    ? 'old_terms'
    : 'limited'
}

/**
 * What can be kept from one person while others have it: a new purpose that is a choice, with all that is for it alone,
 * and the end of a right, whose ways stay in the program as long as a published version names them. // pp.5.6 pp.7.2
 */
function isWithheld({ kind, purpose }: Change, before: Promised, after: Promised): boolean {
  if (kind === 'right-removed') return true
  const added = purpose !== undefined && before.purposes[purpose] === undefined
  return added && after.purposes[purpose]?.optional === true
}

/**
 * Whether this use, as the program makes it now, is one that the person was told of; if not, it finds no such person. Without
 * a kind of information it asks for the whole purpose: one kind, period or recipient more is enough for a no. // pp.5.6
 */
export function isCovered(
  before: Promised,
  after: Promised,
  use: { readonly purpose: string; readonly category?: string | undefined },
): boolean {
  const { purpose, category } = use
  if (before.purposes[purpose] === undefined || after.purposes[purpose] === undefined) return false
  if (category !== undefined && after.uses[category]?.[purpose] === undefined) return false
  const only = (of: Promised): Promised => ({
    ...of,
    uses: Object.assign(
      {},
      ...(category === undefined ? Object.keys(of.uses) : [category]).map((each) =>
        oneUse(of, each, purpose),
      ),
    ) as Promised['uses'],
    purposes: { [purpose]: of.purposes[purpose]! },
  })
  return !classify(only(before), only(after)).some((change) => change.purpose === purpose)
}

function oneUse(of: Promised, category: string, purpose: string): Promised['uses'] {
  const use = of.uses[category]?.[purpose]
  return use === undefined ? {} : { [category]: { [purpose]: use } }
}

/** Negative when `a` is the older. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [partsOf(a), partsOf(b)]
  for (let i = 0; i < Math.max(x.length, y.length); i++)
    if ((x[i] ?? 0) !== (y[i] ?? 0)) return (x[i] ?? 0) - (y[i] ?? 0)
  return 0
}
// What stands after a plus names a text of the same version.
const partsOf = (version: string): number[] =>
  version
    .replace(/\+.*$/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0)
const majorOf = (version: string): number => partsOf(version)[0] ?? 0
