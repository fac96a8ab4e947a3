import type { AutomationBody } from '@eaves/model/api'
import { nameFor } from './sentence.ts'
import type { Names } from './names.ts'
import { bodyOf, isChosen, type Action, type Condition, type Trigger } from './shape.ts'

/** An automation while it is written; what is missing yet may be missing. */
export interface Draft {
  readonly name: string
  readonly description: string
  readonly triggers: readonly Trigger[]
  readonly conditions: readonly Condition[]
  readonly actions: readonly Action[]
  readonly mode: NonNullable<AutomationBody['mode']>
  readonly most: number | undefined
  readonly labels: readonly string[]
}
export const emptyDraft: Draft = {
  name: '',
  description: '',
  triggers: [],
  conditions: [],
  actions: [],
  mode: 'single',
  most: undefined,
  labels: [],
}
export function draftOf(body: AutomationBody): Draft {
  const {
    name,
    description = '',
    triggers,
    conditions = [],
    actions,
    mode = 'single',
    most,
    labels = [],
  } = body
  return { name, description, triggers, conditions, actions, mode, most, labels }
}
/** As it is sent; one without a name is named after what it does. */
export function toBody(draft: Draft, names: Names): AutomationBody {
  const said = {
    ...draft,
    triggers: [...draft.triggers],
    conditions: [...draft.conditions],
  } as AutomationBody
  return bodyOf({
    ...said,
    actions: [...draft.actions],
    labels: [...draft.labels],
    description: draft.description.trim(),
    name: draft.name.trim() === '' ? nameFor(said, names) : draft.name.trim(),
  })
}

const isWhole = (condition: Condition): boolean => {
  if (condition.kind === 'and' || condition.kind === 'or')
    return condition.conditions.length > 0 && condition.conditions.every(isWhole)
  if (condition.kind === 'not') return isWhole(condition.condition)
  if (condition.kind === 'numeric') return condition.above !== undefined || condition.below !== undefined
  return condition.kind !== 'expression' || condition.cel.trim() !== ''
}
const areWhole = (actions: readonly Action[]): boolean => actions.length > 0 && actions.every(isDone)
/** Nothing of it is missing. */
export function isDone(action: Action): boolean {
  switch (action.kind) {
    case 'notify':
      return action.text.trim() !== '' && (action.answers ?? []).every(({ label }) => label.trim() !== '')
    case 'ask':
      return (
        action.text.trim() !== '' &&
        action.answers.length > 0 &&
        action.answers.every(({ label, then }) => label.trim() !== '' && then.every(isDone)) &&
        (action.otherwise ?? []).every(isDone)
      )
    case 'webhook':
      return isAddress(action.url) && Object.keys(action.body ?? {}).every(isValueName)
    case 'wait':
      return isWhole(action.until)
    case 'set':
      return action.cel.trim() !== '' && isName(action.name)
    case 'waitFor':
      return isChosen(action.trigger) && hasBand(action.trigger)
    case 'repeat':
      return areWhole(action.actions) && (action.while === undefined || isWhole(action.while))
    case 'choose':
      return (
        action.options.every(({ when, then }) => when.length > 0 && when.every(isWhole) && areWhole(then)) &&
        (action.otherwise === undefined || areWhole(action.otherwise))
      )
    default:
      return true
  }
}
/** As the server takes them. */
export const isAddress = (text: string): boolean => {
  const url = URL.parse(text.trim())
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}
export const isValueName = (name: string): boolean => /^[A-Za-z_][\w-]{0,63}$/.test(name)
export const isName = (name: string): boolean => /^[a-z][A-Za-z0-9_]{0,31}$/.test(name)
const hasBand = (each: Trigger): boolean =>
  each.kind !== 'numeric' || each.above !== undefined || each.below !== undefined
/** Whether nothing is missing that would have to be there. */
export const isComplete = ({ triggers, conditions, actions }: Draft): boolean =>
  triggers.length > 0 && triggers.every(hasBand) && conditions.every(isWhole) && areWhole(actions)
