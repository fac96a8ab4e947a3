import { isCapability, type CapabilityId } from '@eaves/model'
import type { AutomationTrigger } from '@eaves/model/api'
import type { Cell } from '../../homes/homes.ts'
import { isPossible } from './cases.ts'
import { isOfValue, type Facts, type ValueTrigger } from './facts.ts'
import type { Say } from './say.ts'
import { limitsOf, mayBe } from './sets.ts'

type Numeric = Extract<ValueTrigger, { kind: 'numeric' }>

/** Numbers that are measured, so that they tremble; what is set or counted does not. */
const trembling: ReadonlySet<CapabilityId> = new Set<CapabilityId>([
  'temperature',
  'humidity',
  'illuminance',
  'pressure',
  'power',
  'soilMoisture',
  'carbonDioxide',
  'carbonMonoxide',
  'gasAlarm',
  'particlesPm1',
  'particlesPm25',
  'particlesPm10',
  'volatileOrganics',
  'formaldehyde',
])
const measured: ReadonlySet<string> = new Set(['thermostat/celsius', 'waterHeater/celsius'])

export function isTrembling({ group: { capability }, attribute }: Cell): boolean {
  return (isCapability(capability) && trembling.has(capability)) || measured.has(`${capability}/${attribute}`)
}

/** Triggers that cannot be met, or too often. */
export function lookAtTriggers(facts: Facts, say: Say): void {
  const { triggers } = facts.rule.body
  const canHold = isPossible(facts.cases)
  triggers.forEach((trigger, i) => {
    const at = `triggers/${i}`
    if (isOfValue(trigger)) {
      if (isHopeless(facts, trigger)) return say('never-fires', at)
      if (trigger.kind === 'numeric') lookAtBand(trigger, facts.sights.cells(trigger), at, say)
    }
    if (canHold && (!isPossible(facts.passing(trigger)) || isTooNew(facts, trigger))) say('never-passes', at)
  })
}

/** Whether it can never be met, whatever becomes of the values that it is about. */
export function isHopeless({ sights }: Facts, trigger: AutomationTrigger): boolean {
  if (!isOfValue(trigger)) return false
  const cells = sights.cells(trigger)
  return cells.length > 0 && cells.every((cell) => !canBeMet(trigger, cell))
}

function canBeMet(trigger: ValueTrigger, cell: Cell): boolean {
  if (trigger.kind === 'state') {
    const { from, to } = trigger
    if (from !== undefined && (from === to || !mayBe(cell, from))) return false
    return to === undefined || mayBe(cell, to)
  }
  if (cell.type !== 'number') return false
  const { above, below } = trigger
  const { min, max } = limitsOf(cell)
  if (above !== undefined && (above >= max || (below !== undefined && above >= below))) return false
  if (below !== undefined && below <= min) return false
  // A number that is never outside never comes in.
  return (above !== undefined && above >= min) || (below !== undefined && below <= max)
}

function lookAtBand(trigger: Numeric, cells: readonly Cell[], at: string, say: Say): void {
  const { above, below, hysteresis = 0, forSeconds } = trigger
  const numbers = cells.filter(({ type }) => type === 'number')
  if (numbers.length === 0) return
  const isLeft = (cell: Cell): boolean => {
    const { min, max } = limitsOf(cell)
    return (
      (above !== undefined && above - hysteresis >= min) || (below !== undefined && below + hysteresis <= max)
    )
  }
  if (hysteresis > 0 && !numbers.some(isLeft)) return say('fires-once', at)
  if (hysteresis === 0 && forSeconds === undefined && numbers.some(isTrembling)) say('flapping', at)
}

/** What has just become so has not been so for long. */
function isTooNew({ sights, conditions }: Facts, trigger: Parameters<Facts['met']>[0]): boolean {
  if (trigger.kind !== 'state' || trigger.to === undefined) return false
  const [cell, ...more] = sights.cells(trigger)
  if (cell === undefined || more.length > 0) return false
  return conditions.some((each) => {
    if (each.kind !== 'state' || each.is !== trigger.to) return false
    const asked = sights.cells(each)
    return asked.length === 1 && asked[0] === cell && (each.forSeconds ?? 0) > (trigger.forSeconds ?? 0)
  })
}
