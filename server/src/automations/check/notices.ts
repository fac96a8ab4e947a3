import type { AutomationAction, AutomationTrigger } from '@eaves/model/api'
import { waysOf } from '../ask.ts'
import { casesOf, isPossible } from './cases.ts'
import { isOfValue, type Facts, type ValueTrigger } from './facts.ts'
import type { Say } from './say.ts'
import { isTrembling } from './triggers.ts'
import { walk, type Place } from './walk.ts'

/** More than this and nobody reads them; the engine sends no more than that in an hour anyway. */
const mostAnHour = 20
const mostInRun = 5
/** A value that must stay so for this long does not storm. */
const calmSeconds = 60
/** A repetition that is slower than this is a reminder. */
const reminderSeconds = 60
const restless: ReadonlySet<string> = new Set(['occupancy', 'vibration'])

/** Notices that may come faster than anybody reads them. */
export function lookAtNotices(facts: Facts, say: Say): void {
  const stormy = facts.rule.body.triggers.some((each) => storms(facts, each))
  walk(facts.rule.body, (action, place) => {
    if (action.kind !== 'notify' && action.kind !== 'ask') return
    if (stormy && !isCalm(facts, place)) say('notice-storm', place.at)
  })
  lookAtRepeats(facts.rule.body.actions, 'actions', say)
}

/** How often it is met: as history tells, or else by what kind of value it is. */
function storms({ sights }: Facts, trigger: AutomationTrigger): boolean {
  if (!isOfValue(trigger) || (trigger.forSeconds ?? 0) >= calmSeconds) return false
  const cells = sights.cells(trigger)
  const { changesAnHour } = sights.home
  const rates = cells.map((cell) => changesAnHour?.(cell))
  if (cells.length > 0 && rates.every((rate) => rate !== undefined)) {
    const all = rates.reduce((sum, rate) => sum + rate, 0)
    return all * shareOf(trigger) > mostAnHour
  }
  if (trigger.kind === 'numeric') return false
  if (trigger.to === undefined && cells.some((cell) => cell.type === 'number' && isTrembling(cell)))
    return true
  return restless.has(trigger.capability) && trigger.to !== false
}

/** Of all changes about half are into one of two values; a number seldom crosses an edge, unless it trembles there. */
function shareOf(trigger: ValueTrigger): number {
  if (trigger.kind === 'numeric') return (trigger.hysteresis ?? 0) > 0 ? 0.05 : 0.25
  return trigger.to === undefined ? 1 : 0.5
}

/** Conditions make it rare: any of time, presence or an alarm; and so does a wait in the same run before the next. */
function isCalm(facts: Facts, { asked }: Place): boolean {
  const { mode = 'single', actions } = facts.rule.body
  const waits = actions.some(
    (each) => each.kind === 'delay' && each.seconds >= 3_600 / mostAnHour && mode === 'single',
  )
  return (
    waits ||
    [...facts.conditions, ...asked].some((each) => isPossible(casesOf(facts.sights.cells, each, true)))
  )
}

function lookAtRepeats(actions: readonly AutomationAction[], at: string, say: Say): void {
  actions.forEach((action, i) => {
    const path = `${at}/${i}`
    if (action.kind === 'choose') {
      action.options.forEach(({ then }, j) => lookAtRepeats(then, `${path}/options/${j}/then`, say))
      return lookAtRepeats(action.otherwise ?? [], `${path}/otherwise`, say)
    }
    if (action.kind === 'ask')
      return waysOf(action).forEach((way) => lookAtRepeats(way.then, `${path}/${way.at}`, say))
    if (action.kind !== 'repeat') return
    const seconds = action.actions.reduce((sum, each) => sum + pause(each), 0)
    const notice = action.actions.findIndex(({ kind }) => kind === 'notify' || kind === 'ask')
    if (notice >= 0 && action.times > mostInRun && seconds < reminderSeconds)
      return say('notice-storm', `${path}/actions/${notice}`)
    lookAtRepeats(action.actions, `${path}/actions`, say)
  })
}

function pause(action: AutomationAction): number {
  if (action.kind === 'delay') return action.seconds
  return action.kind === 'wait' || action.kind === 'waitFor' || action.kind === 'ask'
    ? action.timeoutSeconds
    : 0
}
