import type { Basis, OperatingRole, Purpose, Recipient, Region } from '@eaves/model'
import type { MapFact } from '../documents/collection-table.ts'
import { purposes } from '../purposes.ts'
import { rights, type RightId } from '../rights.ts'
import { assessments, contacts, type Activity } from './standing.ts'

/** One use of one kind of information: what people were told of it. */
export interface PromisedUse {
  readonly mandatory: boolean
  /** The longest time it is kept, as an ISO 8601 duration after the event; each event by itself. */
  readonly kept: Readonly<Record<string, string>>
  readonly recipients: readonly Recipient[]
}

/** What a version of the text promises, as data: two versions are compared by this and by nothing else. // pp.0 */
export interface Promised {
  readonly purposes: Readonly<
    Record<string, { readonly optional: boolean; readonly bases: Readonly<Record<Region, Basis>> }>
  >
  /** By category, then by purpose. */
  readonly uses: Readonly<Record<string, Readonly<Record<string, PromisedUse>>>>
  readonly rights: Readonly<
    Record<string, { readonly ways: readonly string[]; readonly proof: 'none' | 'fresh' }>
  >
  /** Who answers, in each operating role. */
  readonly control: Readonly<Record<OperatingRole, string>>
  readonly contacts: Readonly<Record<OperatingRole, string>>
  readonly assessments: Readonly<Record<string, 'low' | 'high'>>
}

/** What the program does now, in the words of `Promised`; `facts` come from the data map. */
export function promisedBy(facts: readonly MapFact[]): Promised {
  const uses: Record<string, Record<string, PromisedUse>> = {}
  for (const fact of facts.toSorted((a, b) =>
    order(`${a.category} ${a.purpose}`, `${b.category} ${b.purpose}`),
  )) {
    const ofCategory = (uses[fact.category] ??= {})
    ofCategory[fact.purpose] = joined(ofCategory[fact.purpose], fact)
  }
  return {
    purposes: Object.fromEntries(
      (Object.keys(purposes) as Purpose[])
        .toSorted(order)
        .map((id) => [id, { optional: purposes[id].optional, bases: purposes[id].bases }]),
    ),
    uses,
    rights: Object.fromEntries(
      (Object.keys(rights) as RightId[])
        .toSorted(order)
        .map((id) => [id, { ways: [...rights[id].ways], proof: rights[id].proof }]),
    ),
    control: contacts.control,
    contacts: contacts.ways,
    assessments: Object.fromEntries(
      (Object.keys(assessments) as Activity[]).map((id) => [id, assessments[id].result]),
    ),
  }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function joined(before: PromisedUse | undefined, fact: MapFact): PromisedUse {
  const { after, keep, then } = fact.retention
  const event = `${after}, ${then}`
  const longest = Object.entries({ ...before?.kept, [event]: longer(before?.kept[event], keep) })
  return {
    mandatory: (before?.mandatory ?? false) || fact.mandatory,
    kept: Object.fromEntries(longest.toSorted(([a], [b]) => order(a, b))),
    recipients: [...new Set([...(before?.recipients ?? []), ...fact.recipients])].toSorted(order),
  }
}

const longer = (a: string | undefined, b: string): string =>
  a === undefined || daysOf(b) > daysOf(a) ? b : a

const unitDays: Readonly<Record<string, number>> = { Y: 365.25, M: 30.4375, W: 7, D: 1 }
const clockDays: Readonly<Record<string, number>> = { H: 1 / 24, M: 1 / 1440, S: 1 / 86_400 }
/** About how many days an ISO 8601 duration lasts: enough to tell the longer of two. */
export function daysOf(duration: string): number {
  const [dates = '', times = ''] = duration.replace(/^P/, '').split('T')
  const sum = (text: string, units: Readonly<Record<string, number>>) =>
    [...text.matchAll(/(\d+)([A-Z])/g)].reduce(
      (days, [, n, unit]) => days + Number(n) * (units[unit ?? ''] ?? 0),
      0,
    )
  return sum(dates, unitDays) + sum(times, clockDays)
}
