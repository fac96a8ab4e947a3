import type { AutomationAction, AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import { BadExpression } from '../expression.ts'
import { modeKey } from '../modes.ts'
import { workedOf, worthOf } from '../worth.ts'
import type { Facts } from './facts.ts'
import type { Say } from './say.ts'
import { signal } from './signals.ts'
import { walk, type Place } from './walk.ts'

/** What tells of a person where they are or that they came in. */
const ofPeople: ReadonlySet<string> = new Set(['occupancy', 'tracker', 'lockUse', 'tagReader'])

/** What is sent leaves the home, and so does that somebody came or went where that is why. // pp.3.1 */
export function lookAtCalls({ rule: { body } }: Facts, say: Say): void {
  const { triggers, conditions = [] } = body
  const isTold = [...triggers, ...conditions].some(isOfPeople)
  walk(body, (action, place) => {
    if (action.kind !== 'webhook') return
    const isWarned = isTold || isDecided(place) || readsPeople(action)
    say('leaves-home', place.at, isWarned ? { severity: 'warning' } : {})
  })
}

const isDecided = ({ asked, awaited }: Place): boolean => [...asked, ...awaited].some(isOfPeople)
function isOfPeople(part: AutomationTrigger | AutomationCondition): boolean {
  if (part.kind === 'and' || part.kind === 'or') return part.conditions.some(isOfPeople)
  if (part.kind === 'not') return isOfPeople(part.condition)
  if (!('capability' in part)) return false
  // What is no device’s is the mode of the home, or whether somebody is there.
  if (part.capability === signal) return 'attribute' in part && part.attribute !== modeKey
  return ofPeople.has(part.capability)
}
function readsPeople({ body }: Extract<AutomationAction, { kind: 'webhook' }>): boolean {
  return workedOf(body).some(([, each]) => {
    try {
      return worthOf(each).names.some(({ capability = '' }) => ofPeople.has(capability))
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error
      return false // It is refused when it is saved.
    }
  })
}
