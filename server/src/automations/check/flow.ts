import type { AutomationAction, AutomationCondition } from '@eaves/model/api'
import { waysOf } from '../ask.ts'
import { and, casesOf, casesOfAll, isPossible, type Cases } from './cases.ts'
import type { Facts } from './facts.ts'
import type { Say } from './say.ts'
import { isHopeless } from './triggers.ts'
import { walk, type Place } from './walk.ts'

const longSeconds = 3_600
type Of<K extends AutomationAction['kind']> = Extract<AutomationAction, { kind: K }>
const no = (condition: AutomationCondition): AutomationCondition => ({ kind: 'not', condition })

/** Conditions that decide nothing, branches that no run takes, and waits that do not end. */
export function lookAtFlow(facts: Facts, say: Say): void {
  lookAtConditions(facts, facts.conditions, 'conditions', say)
  lookAtList(facts.rule.body.actions, 'actions', say)
  walk(facts.rule.body, (action, place) => {
    const { at } = place
    switch (action.kind) {
      case 'choose':
        return lookAtChoice(facts, action, place, say)
      case 'wait':
        return lookAtWait(facts, action, at, say)
      case 'waitFor':
        if (isHopeless(facts, action.trigger)) return say('endless-wait', at)
        if (action.timeoutSeconds >= longSeconds) say('long-delay', at)
        return
      case 'repeat':
        return lookAtRepeat(facts, action, at, say)
      case 'delay':
        if (action.seconds * place.times >= longSeconds) say('long-delay', at)
        return
      default:
        return
    }
  })
}

/** Each by itself first, so that what is said has the narrowest place; then together. True when they can never hold. */
function lookAtConditions(
  facts: Facts,
  conditions: readonly AutomationCondition[],
  at: string,
  say: Say,
): boolean {
  let isNever = false
  conditions.forEach((each, i) => {
    if (lookAtCondition(facts, each, `${at}/${i}`, say)) isNever = true
  })
  if (isNever) return true
  isNever = !isPossible(casesOfAll(facts.sights.cells, conditions))
  if (isNever) say('never-true', at)
  return isNever
}

function lookAtCondition(facts: Facts, condition: AutomationCondition, at: string, say: Say): boolean {
  const { cells } = facts.sights
  if (!isPossible(casesOf(cells, condition))) {
    say('never-true', at)
    return true
  }
  if (!isPossible(casesOf(cells, condition, true))) say('always-true', at)
  else if (condition.kind === 'and' || condition.kind === 'or')
    lookWithin(facts, condition.conditions, at, say)
  return false
}

/** A part that decides nothing although the whole does. */
function lookWithin(facts: Facts, conditions: readonly AutomationCondition[], at: string, say: Say): void {
  conditions.forEach((each, i) => lookAtCondition(facts, each, `${at}/conditions/${i}`, say))
}

/** What stands behind a step that always ends the run. */
function lookAtList(actions: readonly AutomationAction[], at: string, say: Say): void {
  const end = actions.findIndex(ends)
  if (end >= 0 && end < actions.length - 1) say('unreachable', `${at}/${end + 1}`)
  actions.forEach((action, i) => {
    if (action.kind === 'repeat') lookAtList(action.actions, `${at}/${i}/actions`, say)
    if (action.kind === 'ask')
      for (const way of waysOf(action)) lookAtList(way.then, `${at}/${i}/${way.at}`, say)
    if (action.kind !== 'choose') return
    action.options.forEach(({ then }, j) => lookAtList(then, `${at}/${i}/options/${j}/then`, say))
    lookAtList(action.otherwise ?? [], `${at}/${i}/otherwise`, say)
  })
}

function ends(action: AutomationAction): boolean {
  if (action.kind === 'stop') return true
  if (action.kind === 'repeat') return action.while === undefined && action.actions.some(ends)
  if (action.kind === 'ask') return waysOf(action).every(({ then }) => then.some(ends))
  if (action.kind !== 'choose' || action.otherwise === undefined) return false
  return action.otherwise.some(ends) && action.options.every(({ then }) => then.some(ends))
}

/** What is known where a branch is chosen. */
function knownAt(facts: Facts, { fresh, isFirst }: Place): Cases {
  const { cells } = facts.sights
  const within = casesOfAll(cells, fresh)
  if (!isFirst) return within
  const { triggers } = facts.rule.body
  const [only, ...more] = triggers
  return and(more.length === 0 && only !== undefined ? facts.passing(only) : facts.cases, within)
}

function lookAtChoice(facts: Facts, action: Of<'choose'>, place: Place, say: Say): void {
  const { cells } = facts.sights
  const { at } = place
  let left = knownAt(facts, place)
  // Where no run comes at all, the reason stands elsewhere.
  if (!isPossible(left)) return
  action.options.forEach(({ when }, i) => {
    const path = `${at}/options/${i}`
    const isNever = lookAtConditions(facts, when, `${path}/when`, say)
    if (!isNever && !isPossible(and(left, casesOfAll(cells, when)))) say('unreachable', path)
    left = and(left, casesOf(cells, no({ kind: 'and', conditions: when })))
  })
  if (action.otherwise !== undefined && !isPossible(left)) say('unreachable', `${at}/otherwise`)
}

function lookAtWait(facts: Facts, action: Of<'wait'>, at: string, say: Say): void {
  const { cells } = facts.sights
  if (!isPossible(casesOf(cells, action.until))) return say('endless-wait', at)
  if (!isPossible(casesOf(cells, action.until, true))) say('always-true', `${at}/until`)
  if (action.timeoutSeconds >= longSeconds) say('long-delay', at)
}

function lookAtRepeat(facts: Facts, action: Of<'repeat'>, at: string, say: Say): void {
  if (action.while !== undefined) lookAtCondition(facts, action.while, `${at}/while`, say)
}
