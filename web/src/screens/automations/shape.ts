import type {
  AutomationAction,
  AutomationBody,
  AutomationCondition,
  AutomationTrigger,
} from '@eaves/model/api'
import type { DeviceKind } from '@eaves/model'

export type Trigger = AutomationTrigger
export type Condition = AutomationCondition
export type Action = AutomationAction
export type TriggerOf<K extends Trigger['kind']> = Extract<Trigger, { kind: K }>
export type ConditionOf<K extends Condition['kind']> = Extract<Condition, { kind: K }>
export type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>
export type Plain = boolean | number | string

/** Which devices are meant, whatever is asked of them. */
export interface Aim {
  readonly device?: string | undefined
  readonly part?: string | undefined
  readonly room?: string | undefined
  readonly everywhere?: true | undefined
  readonly of?: DeviceKind | undefined
}
export const aimOf = (item: object): Aim => {
  const { device, part, room, everywhere, of } = item as Aim
  return {
    ...(device === undefined ? {} : { device }),
    ...(part === undefined ? {} : { part }),
    ...(room === undefined ? {} : { room }),
    ...(everywhere === undefined ? {} : { everywhere }),
    ...(of === undefined ? {} : { of }),
  }
}
export const isAimed = (item: object): boolean => Object.keys(aimOf(item)).length > 0
export const sameAim = (a: object, b: object): boolean =>
  JSON.stringify(aimOf(a)) === JSON.stringify(aimOf(b))

/** A value that is worked out when its step comes. */
export interface Worked {
  readonly $cel: string
}
export const isWorked = (value: unknown): value is Worked =>
  typeof value === 'object' && value !== null && '$cel' in value && typeof value.$cel === 'string'

/** What a run waits for while nobody has chosen it yet. */
export const noTrigger: Trigger = { kind: 'run', automation: '', result: 'done' }
export const isChosen = (trigger: Trigger): boolean => trigger.kind !== 'run' || trigger.automation !== ''

/** As the server takes it: only what an automation is made of. */
export function bodyOf(view: AutomationBody): AutomationBody {
  const { name, description, triggers, conditions, actions, mode, most, labels } = view
  return {
    name,
    ...(description === undefined || description === '' ? {} : { description }),
    triggers,
    conditions: conditions ?? [],
    actions,
    mode: mode ?? 'single',
    ...(most === undefined ? {} : { most }),
    labels: labels ?? [],
  }
}

/** What stands at a place such as `actions/0/options/1/then/0`; a dot or a slash between. */
export function itemAt(body: AutomationBody, path: string): unknown {
  let at: unknown = body
  for (const key of path.split(/[./]/)) {
    if (typeof at !== 'object' || at === null) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}

/** So many steps of the form may hold steps, one within another. */
export const deepest = 2

/** Whether the form can change it: at most one group deep, and a group of plain ones. */
export function isEditable(condition: Condition, depth = 0): boolean {
  if (condition.kind === 'and' || condition.kind === 'or')
    return depth === 0 && condition.conditions.every((each) => isEditable(each, 1))
  if (condition.kind === 'not') return isPlain(condition.condition)
  return true
}
const isPlain = ({ kind }: Condition): boolean => kind !== 'and' && kind !== 'or' && kind !== 'not'
