import { t } from '@lingui/core/macro'
import { hostOf } from '@eaves/model'
import { isolated } from '../../words/later/reach.ts'
import { clauses } from '../../words/time.ts'
import { laterWord } from '../../words/later/values.ts'
import { atTurn, calendarDay, duration, lasting, onDays, wallClock } from './moments.ts'
import {
  aimName,
  calendarName,
  deviceName,
  meterName,
  meterUnit,
  hookName,
  modeWord,
  whoName,
  otherName,
  sceneName,
  type Names,
} from './names.ts'
import { placePhrase, placeTriggerPhrase } from './place-phrases.ts'
import { priceBecomes, priceIs } from './price-words.ts'
import { alarmBecomes, alarmIs } from './alarm-words.ts'
import { becomesSo, comesInto, commands, isSo, isWithin, reading, valueWord } from './said.ts'
import {
  isChosen,
  type Action,
  type ActionOf,
  type Condition,
  type ConditionOf,
  type Trigger,
  type TriggerOf,
} from './shape.ts'

const orOf = (parts: readonly string[]): string =>
  parts.length < 2 ? (parts[0] ?? '') : parts.reduce((said, part) => t`${said} or ${part}`)

/** What happens, within "When …". */
export function triggerPhrase(trigger: Trigger, names: Names): string {
  switch (trigger.kind) {
    case 'state':
      return statePhrase(trigger, names)
    case 'numeric': {
      const { capability, attribute, forSeconds } = trigger
      return lasting(comesInto(aimName(trigger, names, false), capability, attribute, trigger), forSeconds)
    }
    case 'event': {
      const name = aimName(trigger, names, false)
      const what = laterWord(trigger.event)
      return trigger.detail === undefined ? t`${name}: ${what}` : t`${name}: ${what} (${trigger.detail})`
    }
    case 'availability': {
      const name = deviceName(names, trigger.device)
      const said = trigger.to === 'offline' ? t`${name} cannot be reached` : t`${name} can be reached again`
      return lasting(said, trigger.forSeconds)
    }
    case 'time': {
      const clock = wallClock(trigger.at)
      if (trigger.date !== undefined) {
        const day = calendarDay(trigger.date)
        return t`it is ${clock} on ${day}`
      }
      if (trigger.weekdays === undefined) return t`it is ${clock}`
      const days = onDays(trigger.weekdays)
      return t`it is ${clock} ${days}`
    }
    case 'every': {
      const long = duration(trigger.minutes * 60)
      return t`another ${long} have passed`
    }
    case 'sun':
      return sunPhrase(trigger)
    case 'presence':
      return presenceTriggerPhrase(trigger, names)
    case 'place':
      return placeTriggerPhrase(trigger, names)
    case 'mode':
      return modeTriggerPhrase(trigger, names)
    case 'alarm':
      return alarmBecomes(trigger.to)
    case 'run': {
      const name = otherName(names, trigger.automation)
      return trigger.result === 'done' ? t`“${name}” has run` : t`“${name}” has failed`
    }
    case 'calendar':
      return calendarPhrase(trigger, names)
    case 'energy': {
      const name = meterName(names, trigger.meter)
      const much = `${trigger.over} ${meterUnit(names, trigger.meter)}`
      if (trigger.period === 'hour') return t`${name} has counted more than ${much} in this hour`
      return trigger.period === 'day'
        ? t`${name} has counted more than ${much} today`
        : t`${name} has counted more than ${much} this month`
    }
    case 'price':
      return priceBecomes(trigger, names)
    case 'webhook': {
      const name = hookName(names, trigger.hook)
      return t`“${name}” calls from outside`
    }
  }
}
function calendarPhrase(
  { calendar, event, offsetMinutes = 0, matching }: TriggerOf<'calendar'>,
  names: Names,
): string {
  const where = calendarName(names, calendar)
  const what = matching === undefined ? t`something in ${where}` : t`“${matching}” in ${where}`
  if (offsetMinutes === 0) return event === 'start' ? t`${what} begins` : t`${what} ends`
  const long = duration(Math.abs(offsetMinutes) * 60)
  if (event === 'start')
    return offsetMinutes < 0 ? t`it is ${long} before ${what} begins` : t`it is ${long} after ${what} begins`
  return offsetMinutes < 0 ? t`it is ${long} before ${what} ends` : t`it is ${long} after ${what} ends`
}
function statePhrase(trigger: TriggerOf<'state'>, names: Names): string {
  const { capability, attribute, from, to, forSeconds } = trigger
  const name = aimName(trigger, names, false)
  const said =
    to !== undefined && forSeconds !== undefined
      ? isSo(name, capability, attribute, to)
      : becomesSo(name, capability, attribute, to)
  if (from === undefined) return lasting(said, forSeconds)
  const before = valueWord(capability, attribute, from)
  return lasting(t`${said} (before: ${before})`, forSeconds)
}
type Present = Pick<TriggerOf<'presence'>, 'who' | 'is' | 'forSeconds'>
function presenceTriggerPhrase(asked: Present, names: Names): string {
  const { who, is, forSeconds } = asked
  if (forSeconds !== undefined) return presencePhrase(asked, names)
  if (who === 'anyone') return is === 'home' ? t`the first one comes home` : t`the first one leaves`
  if (who === 'everyone') return is === 'home' ? t`everyone is home` : t`everyone has left`
  const name = whoName(names, who)
  return is === 'home' ? t`${name} comes home` : t`${name} leaves`
}
function presencePhrase({ who, is, forSeconds }: Present, names: Names): string {
  const isHome = is === 'home'
  if (who === 'anyone') return lasting(isHome ? t`anyone is home` : t`anyone is away`, forSeconds)
  if (who === 'everyone') return lasting(isHome ? t`everyone is home` : t`nobody is home`, forSeconds)
  const name = whoName(names, who)
  return lasting(isHome ? t`${name} is home` : t`${name} is away`, forSeconds)
}
function modeTriggerPhrase({ from, to }: TriggerOf<'mode'>, names: Names): string {
  const [before, next] = [from, to].map((mode) => mode && modeWord(names, mode))
  if (before && next) return t`the mode of the home changes from “${before}” to “${next}”`
  if (before) return t`the home leaves the mode “${before}”`
  return next ? t`the mode of the home becomes “${next}”` : t`the mode of the home changes`
}
function sunPhrase({ event, offsetMinutes }: TriggerOf<'sun'>): string {
  if (offsetMinutes === undefined || offsetMinutes === 0) {
    if (event === 'sunset') return t`the sun sets`
    if (event === 'sunrise') return t`the sun rises`
  }
  const moment = atTurn(event, offsetMinutes)
  return t`it is the moment ${moment}`
}

/** What has to hold, within "if …". */
export function conditionPhrase(condition: Condition, names: Names): string {
  switch (condition.kind) {
    case 'state': {
      const { capability, attribute, is, match, forSeconds } = condition
      return lasting(isSo(aimName(condition, names, match === 'all'), capability, attribute, is), forSeconds)
    }
    case 'numeric': {
      const { capability, attribute, match } = condition
      return isWithin(aimName(condition, names, match === 'all'), capability, attribute, condition)
    }
    case 'time':
      return timePhrase(condition)
    case 'sun':
      return lightPhrase(condition)
    case 'calendar': {
      const where = calendarName(names, condition.calendar)
      return condition.matching === undefined
        ? t`something in ${where} is going on`
        : t`“${condition.matching}” in ${where} is going on`
    }
    case 'price':
      return priceIs(condition, names)
    case 'presence':
      return presencePhrase(condition, names)
    case 'place':
      return placePhrase(condition, names)
    case 'mode': {
      const mode = modeWord(names, condition.is)
      return t`the home is in the mode “${mode}”`
    }
    case 'alarm':
      return alarmIs(condition.is)
    case 'expression':
      return t`“${condition.cel}” is true`
    case 'and':
      return grouped(clauses(condition.conditions.map((each) => conditionPhrase(each, names))))
    case 'or':
      return grouped(orOf(condition.conditions.map((each) => conditionPhrase(each, names))))
    case 'not': {
      const said = conditionPhrase(condition.condition, names)
      return t`it is not so that ${said}`
    }
  }
}
/** One that is not written yet says nothing of its own. */
const grouped = (said: string): string => (said === '' ? '…' : t`(${said})`)

export function timePhrase({ after, before, weekdays }: ConditionOf<'time'>): string {
  const [from, to] = [after, before].map((each) => each && wallClock(each))
  const clock =
    from && to
      ? t`it is between ${from} and ${to}`
      : from
        ? t`it is after ${from}`
        : to && t`it is before ${to}`
  if (weekdays === undefined) return clock ?? ''
  const days = onDays(weekdays)
  return clock === undefined ? t`it is a day ${days}` : t`${clock} ${days}`
}
function lightPhrase({ is, afterMinutes, beforeMinutes }: ConditionOf<'sun'>): string {
  const said = { day: () => t`it is day`, night: () => t`it is night`, dark: () => t`it is dark` }[is]()
  const moved = [afterMinutes, beforeMinutes].filter((each) => each !== undefined && each !== 0)
  if (moved.length === 0) return said
  const ends = { day: ['sunrise', 'sunset'], night: ['sunset', 'sunrise'], dark: ['dusk', 'dawn'] } as const
  const [first, last] = ends[is]
  const [from, to] = [atTurn(first, afterMinutes), atTurn(last, beforeMinutes)]
  return t`${said}, counted from ${from} until ${to}`
}

/** What is done, within "then …". */
export function actionPhrase(action: Action, names: Names): string {
  switch (action.kind) {
    case 'command':
      return commands(aimName(action, names, true), action.capability, action.command, action.args)
    case 'scene': {
      const name = sceneName(names, action.scene)
      return t`start the scene ${name}`
    }
    case 'delay': {
      const long = duration(action.seconds)
      return t`wait ${long}`
    }
    case 'notify':
      return noticePhrase(action)
    case 'ask':
      return askPhrase(action, names)
    case 'webhook': {
      const host = isolated(hostOf(action.url))
      return host === '' ? t`call an address` : t`call ${host}`
    }
    case 'alarm':
      return action.to === 'away' ? t`arm the alarm as away` : t`arm the alarm for the night`
    case 'run': {
      const name = otherName(names, action.automation)
      return t`run “${name}”`
    }
    case 'set': {
      const { name, cel } = action
      return t`remember “${cel}” as “${name}”`
    }
    case 'mode': {
      const mode = modeWord(names, action.to)
      return t`set the mode “${mode}”`
    }
    case 'stop':
      return t`stop there`
    case 'wait': {
      const [until, long] = [conditionPhrase(action.until, names), duration(action.timeoutSeconds)]
      return action.otherwise === 'go-on'
        ? t`wait until ${until}, at most ${long}, and go on`
        : t`wait until ${until}, and stop if that takes longer than ${long}`
    }
    case 'waitFor': {
      const long = duration(action.timeoutSeconds)
      const what = isChosen(action.trigger) ? triggerPhrase(action.trigger, names) : t`something happens`
      return action.otherwise === 'go-on'
        ? t`wait until ${what}, at most ${long}, and go on`
        : t`wait until ${what}, and stop if that takes longer than ${long}`
    }
    case 'choose':
      return choosePhrase(action, names)
    case 'repeat':
      return repeatPhrase(action, names)
  }
}
function noticePhrase({ to, text, answers = [], repeatMinutes }: ActionOf<'notify'>): string {
  const said =
    to === 'author'
      ? t`tell whoever wrote this: “${text}”`
      : to === 'keepers'
        ? t`tell whoever looks after the home: “${text}”`
        : t`tell everybody: “${text}”`
  const labels = answers.map(({ label }) => label).join(' / ')
  const asked = labels === '' ? said : t`${said} (${labels})`
  return repeatMinutes === undefined ? asked : t`${asked}, again every ${repeatMinutes} minutes until seen`
}
function askPhrase(
  { to, text, answers, timeoutSeconds, otherwise = [] }: ActionOf<'ask'>,
  names: Names,
): string {
  const long = duration(timeoutSeconds)
  const asked =
    to === 'author'
      ? t`ask whoever wrote this “${text}” and wait at most ${long}`
      : to === 'keepers'
        ? t`ask whoever looks after the home “${text}” and wait at most ${long}`
        : t`ask everybody “${text}” and wait at most ${long}`
  const ways = answers.map(({ label, then }) => {
    const what = then.length === 0 ? t`do nothing` : actionsPhrase(then, names)
    return t`on “${label}”: ${what}`
  })
  if (otherwise.length === 0) return besides([asked, ...ways])
  const what = actionsPhrase(otherwise, names)
  return besides([asked, ...ways, t`without an answer: ${what}`])
}
const besides = (parts: readonly string[]): string => parts.reduce((said, part) => t`${said}; ${part}`)
function choosePhrase({ options, otherwise }: ActionOf<'choose'>, names: Names): string {
  const said = options.map(({ when, then }) => {
    const [condition, what] = [
      when.length === 0 ? '…' : clauses(when.map((each) => conditionPhrase(each, names))),
      then.length === 0 ? '…' : actionsPhrase(then, names),
    ]
    return t`where ${condition}: ${what}`
  })
  if (otherwise === undefined) return besides(said)
  const what = actionsPhrase(otherwise, names)
  return besides([...said, t`otherwise: ${what}`])
}
function repeatPhrase({ times, while: holds, actions }: ActionOf<'repeat'>, names: Names): string {
  const what = actions.length === 0 ? '…' : actionsPhrase(actions, names)
  if (holds === undefined) return t`${times} times: ${what}`
  const condition = conditionPhrase(holds, names)
  return t`up to ${times} times, while ${condition}: ${what}`
}

/** One after the other; on, a while and off again are one thing. */
export function actionsPhrase(actions: readonly Action[], names: Names): string {
  const said: string[] = []
  for (let i = 0; i < actions.length; i++) {
    const seconds = whileOf(actions.slice(i, i + 3))
    const phrase = actionPhrase(actions[i]!, names)
    said.push(lasting(phrase, seconds))
    if (seconds !== undefined) i += 2
  }
  return said.length < 2 ? (said[0] ?? '') : said.reduce((before, next) => t`${before}, then ${next}`)
}
/** How long something is on, where the same three acts are that and nothing else. */
export function whileOf([first, pause, last]: readonly Action[]): number | undefined {
  if (first?.kind !== 'command' || pause?.kind !== 'delay' || last?.kind !== 'command') return undefined
  if (first.capability !== 'onOff' || first.command !== 'turnOn' || last.command !== 'turnOff')
    return undefined
  const same = JSON.stringify({ ...first, command: 'turnOff' }) === JSON.stringify({ ...last })
  return same ? pause.seconds : undefined
}
/** What a device is asked about, for a chip of its own. */
export const askedOf = (item: object): string | undefined => {
  const { capability, attribute } = item as { capability?: string; attribute?: string }
  return capability === undefined || attribute === undefined ? undefined : reading(capability, attribute)
}
export const oneOf = orOf
