import { ageBands, type AgeBand, type Purpose, type Region } from '@eaves/model'

/** `consent`: a guardian agrees first. `notice`: a guardian is asked to read along. */
export type GuardianNeed = 'none' | 'notice' | 'consent'
export interface AgeRule {
  readonly region: Exclude<Region, 'other'>
  readonly need: Exclude<GuardianNeed, 'none'>
  /** It holds for everybody younger than this. */
  readonly below: number
  /** ISO date from which it holds. */
  readonly from: string
  readonly article: string
}

/** From which age somebody decides alone, as dated data: a changed law is a row more. Each article is to be checked against the official text before it is shown to anybody. // pp.6 */
export const ageRules: readonly AgeRule[] = Object.freeze([
  { region: 'CN', need: 'consent', below: 14, from: '2021-11-01', article: 'PIPL 28, 31' },
  { region: 'CN', need: 'notice', below: 18, from: '2020-05-11', article: 'source policy, section 6' },
  // A state may lower it to 13; which state somebody lives in is not asked, so the highest holds.
  { region: 'EU', need: 'consent', below: 16, from: '2018-05-25', article: 'GDPR 8(1)' },
  { region: 'US', need: 'consent', below: 13, from: '2000-04-21', article: 'COPPA 1303' },
])

/** The oldest that somebody of a band is. */
const oldest: Readonly<Record<AgeBand, number>> = {
  'under-13': 12,
  '13': 13,
  '14-15': 15,
  '16-17': 17,
  '18-plus': Number.POSITIVE_INFINITY,
}

const strictness: readonly GuardianNeed[] = ['none', 'notice', 'consent']

/** What somebody of this age needs of a guardian where they live; elsewhere what the strictest region asks. // pp.6 */
export function guardianNeed(
  region: Region,
  band: AgeBand,
  day: string,
  rules: readonly AgeRule[] = ageRules,
): GuardianNeed {
  const needs = rules
    .filter((rule) => (region === 'other' || rule.region === region) && rule.from <= day)
    .filter(({ below }) => oldest[band] < below)
    .map(({ need }) => need)
  return strictness.findLast((need) => need === 'none' || needs.includes(need)) ?? 'consent'
}

/** Whether somebody is under eighteen, wherever they live. */
export function isMinor(band: AgeBand): boolean {
  return oldest[band] < 18
}

export function isOlder(band: AgeBand, than: AgeBand): boolean {
  return ageBands.indexOf(band) > ageBands.indexOf(than)
}

/** Optional purposes that minors may choose. Whatever else is optional (promotion, personal suggestions, sharing with others) is locked off for them, and so is every purpose that is still to come. // pp.6 */
const openToMinors: ReadonlySet<Purpose> = new Set<Purpose>(['account.device-label'])

export function isLockedForMinors(purpose: Purpose, isOptional: boolean): boolean {
  return isOptional && !openToMinors.has(purpose)
}

/** How long a higher age is not taken from somebody whose guardian has said no, or who has none. // pp.6 */
export const ageCoolingDays = 90
