import { t } from '@lingui/core/macro'
import { laterWord } from '../../words/later/values.ts'
import { vendorName } from '../../words/values.ts'
import { duration } from './moments.ts'
import { aimName, type Names } from './names.ts'
import { actionPhrase, conditionPhrase, timePhrase, triggerPhrase } from './phrases.ts'
import { argWord, endsOf, keyOf, reading, setBy, valueWord, verb, type Args, type Band } from './said.ts'
import { aimOf, isAimed, type Action, type Condition, type Trigger } from './shape.ts'

/** One row of the form as chips: who is meant, what of it, and the rest. */
export interface Chips {
  readonly who?: string
  readonly what: string
  readonly more?: string
}

function band(capability: string, attribute: string, { above, below }: Band): string {
  const what = reading(capability, attribute)
  const { low, high } = endsOf(capability, attribute, above, below)
  if (above !== undefined && below !== undefined) return t`${what}: ${low} to ${high}`
  return above === undefined ? t`${what}: below ${high}` : t`${what}: above ${low}`
}
const forLong = (seconds: number | undefined): string => {
  if (seconds === undefined) return t`at once`
  const long = duration(seconds)
  return t`for ${long}`
}

export function triggerChips(trigger: Trigger, names: Names): Chips {
  const who = isAimed(trigger) ? aimName(aimOf(trigger), names, false) : undefined
  const whole = triggerPhrase(trigger, names)
  switch (trigger.kind) {
    case 'state': {
      const { capability, attribute, to } = trigger
      const what = reading(capability, attribute)
      const value = valueWord(capability, attribute, to)
      return {
        who: who ?? '',
        what: to === undefined ? t`${what} changes` : t`${what}: ${value}`,
        more: forLong(trigger.forSeconds),
      }
    }
    case 'numeric':
      return {
        who: who ?? '',
        what: band(trigger.capability, trigger.attribute, trigger),
        more: forLong(trigger.forSeconds),
      }
    case 'event':
      return { who: who ?? '', what: laterWord(trigger.event) }
    case 'availability':
      return {
        who: who ?? '',
        what: trigger.to === 'offline' ? t`cannot be reached` : t`can be reached again`,
        more: forLong(trigger.forSeconds),
      }
    default:
      return { what: whole }
  }
}

export function conditionChips(condition: Condition, names: Names): Chips {
  if (condition.kind === 'not') {
    const inner = conditionChips(condition.condition, names)
    return { ...inner, what: t`not: ${inner.what}` }
  }
  if (condition.kind === 'state') {
    const { capability, attribute, is, match, forSeconds } = condition
    const [what, value] = [reading(capability, attribute), valueWord(capability, attribute, is)]
    return {
      who: aimName(aimOf(condition), names, match === 'all'),
      what: t`${what}: ${value}`,
      more: forSeconds === undefined ? t`now` : forLong(forSeconds),
    }
  }
  if (condition.kind === 'numeric')
    return {
      who: aimName(aimOf(condition), names, condition.match === 'all'),
      what: band(condition.capability, condition.attribute, condition),
    }
  if (condition.kind === 'time') return { what: timePhrase(condition) }
  return { what: conditionPhrase(condition, names) }
}

export function actionChips(action: Action, names: Names): Chips {
  if (action.kind !== 'command') return { what: actionPhrase(action, names) }
  const { capability, command } = action
  const args = (action.args ?? {}) as Args
  const who = aimName(aimOf(action), names, true)
  if (capability === 'vendor') {
    const [what, value] = [vendorName(keyOf(args)), argWord('vendor', keyOf(args), args.value)]
    return { who, what: t`${what}: ${value}` }
  }
  const sets = setBy(capability, command)
  if (sets === undefined) return { who, what: verb(capability, command) }
  const [what, value] = [
    reading(capability, sets.attribute),
    argWord(capability, sets.attribute, args[sets.arg]),
  ]
  return { who, what: t`${what}: ${value}` }
}
