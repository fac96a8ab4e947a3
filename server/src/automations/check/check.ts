import type { AutomationId } from '@eaves/model'
import type { AutomationFinding } from '@eaves/model/api'
import { clashesAmong, type Clash } from './conflicts.ts'
import { lookAtCalls } from './calls.ts'
import { lookAtDanger } from './danger.ts'
import { Facts } from './facts.ts'
import { lookAtFlow } from './flow.ts'
import { Sights, type LookedHome } from './home.ts'
import { loopsAmong, type Link } from './loops.ts'
import { lookAtNotices } from './notices.ts'
import { lookAtParts } from './parts.ts'
import { findingsOf, type Say } from './say.ts'
import { lookAtTriggers } from './triggers.ts'
import { Watchers } from './watchers.ts'

export type { Looked, LookedHome, SceneSetting } from './home.ts'
type Found = ReadonlyMap<AutomationId, readonly AutomationFinding[]>

/** What is wrong, doubtful or dangerous in the automations of a home. Nothing is changed and nobody is asked. */
export function checkHome(home: LookedHome): Found {
  return look(home, [...home.automations.keys()])
}

/** What there is to say of one of them, among all others. */
export function checkOne(home: LookedHome, id: AutomationId): readonly AutomationFinding[] {
  return look(home, [id]).get(id) ?? []
}

function look(home: LookedHome, ids: readonly AutomationId[]): Found {
  const sights = new Sights(home)
  const all = [...home.automations.values()].map((rule) => new Facts(sights, rule))
  const asked = new Set(ids)
  // One that is off does nothing to the others; asked for itself it is looked at as if it were on.
  const acting = all.filter(({ rule }) => rule.enabled || (asked.size === 1 && asked.has(rule.id)))
  for (const facts of all) if (asked.has(facts.rule.id)) void facts.effects
  const links = loopsAmong(acting, new Watchers(acting), asked)
  const clashes = Map.groupBy(clashesAmong(acting), ({ id }) => id)
  return new Map(
    all
      .filter(({ rule }) => asked.has(rule.id))
      .map((facts) => [
        facts.rule.id,
        findingsOf((say) => lookAtOne(facts, links.get(facts.rule.id), clashes.get(facts.rule.id), say)),
      ]),
  )
}

function lookAtOne(facts: Facts, link: Link | undefined, clashes: Clash[] | undefined, say: Say): void {
  lookAtAuthor(facts, say)
  lookAtParts(facts, say)
  lookAtTriggers(facts, say)
  lookAtFlow(facts, say)
  if (link !== undefined) {
    const { at, next, severity } = link
    say('loop', at, { severity, ...(next === facts.rule.id ? {} : { other: next }) })
  }
  for (const { at, other, device } of clashes ?? [])
    say('conflict', at, { other, ...(device === undefined ? {} : { device }) })
  lookAtDanger(facts, say)
  lookAtNotices(facts, say)
  lookAtCalls(facts, say)
}

/** It acts with the rights of whoever wrote it. // pp.5.1 */
function lookAtAuthor({ rule: { author }, sights }: Facts, say: Say): void {
  const why = author === undefined ? 'author-gone' : sights.home.standing?.(author)
  if (why === 'author-gone' || why === 'author-rights') say(why, 'author')
}
