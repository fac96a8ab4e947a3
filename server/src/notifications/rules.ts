import type { HomeId, NoticeKind, SubjectId } from '@eaves/model'
import type { NoticeRules } from '@eaves/model/api'
import type { Counters } from '../people/people.ts'
import { isDanger, isUrgent } from './words.ts'

export const usualRules: NoticeRules = { inboxOnly: [], dangersWait: false }

/** Minutes since midnight by the clocks of the zone. */
function minuteIn(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at)
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return of('hour') * 60 + of('minute')
}
const minutes = (wall: string): number => Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3))

/** From the first minute up to, and not with, the last; over midnight too. */
export function isQuiet({ quiet }: NoticeRules, zone: string, at: number): boolean {
  if (quiet === undefined) return false
  const [now, from, to] = [minuteIn(zone, at), minutes(quiet.from), minutes(quiet.to)]
  return from <= to ? from <= now && now < to : now >= from || now < to
}

/** Whether it goes to browsers and addresses at this moment; it stands in the inbox in any case. */
export function goesOut(rules: NoticeRules, kind: NoticeKind, zone: string, at: number): boolean {
  if ((rules.inboxOnly as readonly NoticeKind[]).includes(kind)) return false
  if (isDanger(kind)) return !(rules.dangersWait && isQuiet(rules, zone, at))
  return isUrgent(kind) || kind === 'policy.changed' || !isQuiet(rules, zone, at)
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const pushes = { person: 30, home: 300 }
const kept = { person: 300, home: 6_000 }
const messages = { person: 10, home: 40 }
/** What the texts promise to tell is told whatever else was. // pp.5.1 pp.7.3 */
const promised: ReadonlySet<NoticeKind> = new Set(['staff.looked', 'policy.changed'])

export interface Budget {
  /** Automations may write only so much into an inbox. */
  readonly keep: (subject: SubjectId, kind: NoticeKind, home: HomeId | undefined) => Promise<boolean>
  readonly push: (subject: SubjectId, kind: NoticeKind, home: HomeId | undefined) => Promise<boolean>
  readonly message: (subject: SubjectId, kind: NoticeKind, home: HomeId | undefined) => Promise<boolean>
}
/** How many may leave, for each person and each home: past that everything still stands in the inbox. */
export function budgetOf(counters: Counters): Budget {
  const take = async (
    what: string,
    windowMs: number,
    most: typeof pushes,
    subject: SubjectId,
    home?: HomeId,
  ) => {
    if (!(await counters.hit(`notice.${what}|${subject}`, windowMs, most.person)).allowed) return false
    return (
      home === undefined || (await counters.hit(`notice.${what}|home|${home}`, windowMs, most.home)).allowed
    )
  }
  return {
    keep: async (subject, kind, home) =>
      kind !== 'automation.says' || take('keep', hourMs, kept, subject, home),
    push: async (subject, kind, home) => isUrgent(kind) || take('push', hourMs, pushes, subject, home),
    message: async (subject, kind, home) =>
      promised.has(kind) || take('message', dayMs, messages, subject, home),
  }
}
