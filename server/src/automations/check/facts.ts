import type { AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { Cell } from '../../homes/homes.ts'
import { and, casesOfAll, type Case, type Cases } from './cases.ts'
import { changesOf, changesOfScene, type Change } from './effects.ts'
import type { Looked, Sights } from './home.ts'
import { modeKey } from '../modes.ts'
import { withSignals } from './signals.ts'
import { walk, type Place } from './walk.ts'
import { momentOf } from './week.ts'

export interface Effect extends Change {
  readonly place: Place
  readonly bySecond: number | undefined
}
export interface Call {
  readonly automation: string
  readonly place: Place
}
type Of<K extends AutomationTrigger['kind']> = Extract<AutomationTrigger, { kind: K }>
export type ValueTrigger = Of<'state'> | Of<'numeric'>
export const isOfValue = (trigger: AutomationTrigger): trigger is ValueTrigger =>
  trigger.kind === 'state' || trigger.kind === 'numeric'

/** What an automation sets and sets off, worked out when it is first asked for. */
export class Facts {
  readonly rule: Looked
  readonly sights: Sights
  readonly conditions: readonly AutomationCondition[]
  #effects: readonly Effect[] | undefined
  #calls: readonly Call[] = []
  #cases: { readonly of: Cases } | undefined

  constructor(sights: Sights, rule: Looked) {
    this.sights = sights
    this.rule = withSignals(rule)
    this.conditions = this.rule.body.conditions ?? []
  }

  get effects(): readonly Effect[] {
    return (this.#effects ??= this.#look())
  }

  get calls(): readonly Call[] {
    if (this.#effects === undefined) this.#effects = this.#look()
    return this.#calls
  }

  /** Ways in which all conditions of the automation hold. */
  get cases(): Cases {
    return (this.#cases ??= { of: casesOfAll(this.sights.cells, this.conditions) }).of
  }

  #look(): Effect[] {
    const effects: Effect[] = []
    const calls: Call[] = []
    const take = (changes: readonly Change[], place: Place): void => {
      for (const each of changes) {
        if (this.sights.left.effects-- <= 0) return
        effects.push({ ...each, place, bySecond: place.afterSeconds })
      }
    }
    walk(this.rule.body, (action, place) => {
      if (action.kind === 'command') take(changesOf(this.sights, action), place)
      if (action.kind === 'mode') take([{ cell: this.sights.signal(modeKey), to: action.to }], place)
      if (action.kind === 'run') calls.push({ automation: action.automation, place })
      if (action.kind === 'scene')
        take(changesOfScene(this.sights, this.sights.home.scenes?.get(action.scene) ?? []), place)
    })
    this.#calls = calls
    return effects
  }

  /** What is known at the moment in which a trigger is met. */
  met(trigger: AutomationTrigger): Case {
    if (trigger.kind === 'time') return [{ kind: 'week', week: momentOf(trigger.at, trigger.weekdays) }]
    if (!isOfValue(trigger)) return []
    const cells = this.sights.cells(trigger)
    // A number may have gone back a little while it was counted.
    const isLoose =
      trigger.kind === 'numeric' && (trigger.hysteresis ?? 0) > 0 && trigger.forSeconds !== undefined
    if (cells.length === 0 || isLoose) return []
    const test =
      trigger.kind === 'numeric' ? { above: trigger.above, below: trigger.below } : { is: trigger.to }
    if (trigger.kind === 'state' && trigger.to === undefined) return []
    return [{ kind: 'values', cells, test, isNot: false, isSome: cells.length > 1 }]
  }

  /** Ways in which a run of this trigger gets past the conditions. */
  passing(trigger: AutomationTrigger): Cases {
    return and([this.met(trigger)], this.cases)
  }
}

export const cellKeys = (): ((cell: Cell) => number) => {
  const known = new Map<Cell, number>()
  return (cell) => {
    const found = known.get(cell)
    if (found !== undefined) return found
    known.set(cell, known.size)
    return known.size - 1
  }
}
