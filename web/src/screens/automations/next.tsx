import { t } from '@lingui/core/macro'
import type { AutomationView } from '@eaves/model/api'
import { dayAndTime } from '../../words/later/hours.ts'
import type { Known } from './known.ts'
import { atTurn } from './moments.ts'
import { calendarName, type Names } from './names.ts'

type Timed = Pick<AutomationView, 'next' | 'triggers'>
/** "Next: today 18:42, at sunset", by the clocks of the home; undefined where no clock sets it off. */
export function nextWords({ next, triggers }: Timed, names: Names, zone: string): string | undefined {
  if (next === undefined) return undefined
  const when = dayAndTime(next.at, zone)
  const trigger = triggers[next.trigger]
  if (trigger?.kind === 'sun') {
    const moment = atTurn(trigger.event, trigger.offsetMinutes)
    return t`Next: ${when}, ${moment}`
  }
  if (trigger?.kind === 'calendar') {
    const calendar = calendarName(names, trigger.calendar)
    return t`Next: ${when}, by the calendar ${calendar}`
  }
  return t`Next: ${when}`
}

/** When it is looked at next. */
export function Next({ automation, known }: { readonly automation: AutomationView; readonly known: Known }) {
  const words = nextWords(automation, known, known.zone)
  return words === undefined ? null : <p className="tabular text-state text-muted">{words}</p>
}
