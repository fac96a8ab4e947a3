import type { AutomationId } from '@eaves/model'
import type { AutomationTrigger } from '@eaves/model/api'
import type { Cell } from '../../homes/homes.ts'
import { and, casesOfAll, isPossible } from './cases.ts'
import { isSignal } from './signals.ts'
import { cellKeys, isOfValue, type Effect, type Facts, type ValueTrigger } from './facts.ts'

/** A step of an automation and the other automation that wants something else of the same value at the same moment. */
export interface Clash {
  readonly id: AutomationId
  readonly at: string
  readonly other: AutomationId
  /** None when it is about the home as a whole. */
  readonly device: string | undefined
}
interface Wish {
  readonly facts: Facts
  readonly trigger: AutomationTrigger
  readonly effect: Effect
}
/** Numbers that lie closer than this are the same wish. */
const nearly = 1
/** Wishes of one value at one moment that are held against each other; more of them say nothing new. */
const mostCompared = 20

/** Pairs of automations that want opposite things at the same moment. */
export function clashesAmong(all: readonly Facts[]): Clash[] {
  const found = new Map<string, Clash>()
  for (const wishes of sameMoment(all))
    for (const [a, b] of opposed(wishes)) {
      if (a.facts.sights.left.pairs-- <= 0) return [...found.values()]
      const key = [a.facts.rule.id, b.facts.rule.id].toSorted().join()
      if (found.has(`${key} ${a.facts.rule.id}`) || !canBoth(a, b)) continue
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const)
        found.set(`${key} ${one.facts.rule.id}`, {
          id: one.facts.rule.id,
          at: one.effect.place.at,
          other: other.facts.rule.id,
          device: isSignal(one.effect.cell) ? undefined : one.effect.cell.group.device.id,
        })
    }
  return [...found.values()]
}

/** Automations that are set off at the same moments, each set of them once; for each value that several of them set, their wishes. */
function* sameMoment(all: readonly Facts[]): Generator<readonly Wish[]> {
  const cellKey = cellKeys()
  const wide = new Map<string, string[]>()
  const moments = new Map<string, Map<Facts, AutomationTrigger>>()
  for (const facts of all)
    for (const trigger of facts.rule.body.triggers)
      for (const key of momentsOf(facts, trigger, cellKey, wide)) {
        const known = moments.get(key)
        if (known === undefined) moments.set(key, new Map([[facts, trigger]]))
        else if (!known.has(facts)) known.set(facts, trigger)
      }
  const done = new Set<string>()
  for (const together of moments.values()) {
    if (together.size < 2) continue
    const key = [...together]
      .map(([{ rule }, trigger]) => `${rule.id}${rule.body.triggers.indexOf(trigger)}`)
      .join()
    if (done.has(key)) continue
    done.add(key)
    yield* byValue(together).values()
  }
}

function byValue(together: ReadonlyMap<Facts, AutomationTrigger>): Map<Cell, Wish[]> {
  const found = new Map<Cell, Wish[]>()
  for (const [facts, trigger] of together)
    for (const effect of facts.effects) {
      const known = found.get(effect.cell)
      if (known === undefined) found.set(effect.cell, [{ facts, trigger, effect }])
      else known.push({ facts, trigger, effect })
    }
  return found
}

/** What names the moment in which a trigger is met; two with the same name are met by the same thing. */
function momentsOf(
  facts: Facts,
  trigger: AutomationTrigger,
  cellKey: (cell: Cell) => number,
  wide: Map<string, string[]>,
): string[] {
  switch (trigger.kind) {
    case 'time':
      return [`time ${trigger.at} ${trigger.date ?? ''}`]
    case 'every':
      return [`every ${trigger.minutes}`]
    case 'sun':
      return [`sun ${trigger.event} ${trigger.offsetMinutes ?? 0}`]
    case 'availability':
      return [`reach ${trigger.device} ${trigger.to} ${trigger.forSeconds ?? 0}`]
    case 'run':
      return [`run ${trigger.automation} ${trigger.result}`]
    case 'presence':
    case 'place':
    case 'mode':
      return [] // looked at as a value
    case 'alarm':
      return [`alarm ${trigger.to}`]
    case 'event':
      return eventMoments(facts, trigger)
    case 'calendar':
      return [
        `calendar ${trigger.calendar} ${trigger.event} ${trigger.offsetMinutes ?? 0} ${trigger.matching ?? ''}`,
      ]
    case 'energy':
      return [`energy ${trigger.meter} ${trigger.period} ${trigger.over}`]
    case 'price':
      return [`price ${JSON.stringify(trigger)}`]
    case 'webhook':
      return [`webhook ${trigger.hook}`]
    case 'state':
    case 'numeric':
      return valueMoments(facts, trigger, cellKey, wide)
  }
}

/** What means many values has its names made once. */
function valueMoments(
  { sights }: Facts,
  trigger: ValueTrigger,
  cellKey: (cell: Cell) => number,
  wide: Map<string, string[]>,
): string[] {
  const cells = sights.cells(trigger)
  const edge = edgeOf(trigger)
  const [first] = cells
  if (first === undefined) return []
  const key = `${sights.keyOf(trigger)} ${edge}`
  const found = wide.get(key) ?? cells.map((cell) => `value ${cellKey(cell)} ${edge}`)
  wide.set(key, found)
  return found
}

function eventMoments({ sights }: Facts, trigger: Extract<AutomationTrigger, { kind: 'event' }>): string[] {
  const { capability, event, detail = '' } = trigger
  const { device, part, room, of } = trigger as { device?: string; part?: string; room?: string; of?: string }
  const name = (id: string): string => `event ${id} ${capability} ${event} ${detail}`
  if (device !== undefined) return [part === undefined ? name(device) : `${name(device)} ${part}`]
  return [...sights.home.world.devices.values()]
    .filter(
      (each) =>
        (room === undefined || each.room === room) &&
        (of === undefined || each.shape.kind === of) &&
        each.shape.parts.some((own) => Object.hasOwn(own.capabilities, capability)),
    )
    .map((each) => name(each.id))
}

function edgeOf(trigger: AutomationTrigger): string {
  if (!isOfValue(trigger)) return ''
  const held = trigger.forSeconds ?? 0
  if (trigger.kind === 'state') return `${String(trigger.to)} ${held}`
  return `${trigger.above ?? ''}..${trigger.below ?? ''} ${held}`
}

/** Pairs of different automations of which each wants something else. */
function* opposed(wishes: readonly Wish[]): Generator<readonly [Wish, Wish]> {
  if (wishes.length < 2) return
  const few = wishes.slice(0, mostCompared)
  for (let i = 0; i < few.length; i++)
    for (let j = i + 1; j < few.length; j++) {
      const [a, b] = [few[i]!, few[j]!]
      if (a.facts !== b.facts && isOpposite(a.effect, b.effect) && isLast(a) && isLast(b)) yield [a, b]
    }
}

/** What the same run sets to something else in the same moment is not what it wants. */
function isLast({ facts, effect }: Wish): boolean {
  const later = facts.effects.slice(facts.effects.indexOf(effect) + 1)
  return !later.some(
    (each) => each.cell === effect.cell && each.bySecond === effect.bySecond && each.place.fresh.length === 0,
  )
}

function isOpposite(a: Effect, b: Effect): boolean {
  if (a.bySecond === undefined || a.bySecond !== b.bySecond) return false
  if (a.isLikely === true && b.isLikely === true) return false
  if (a.flips === true || b.flips === true) return true
  if (a.to === undefined || b.to === undefined) return false
  if (typeof a.to === 'number' && typeof b.to === 'number') return Math.abs(a.to - b.to) > nearly
  return a.to !== b.to
}

/** Whether both may run at once: what they ask does not contradict. */
function canBoth(a: Wish, b: Wish): boolean {
  const ways = [a, b].map(({ facts, trigger, effect }) =>
    and(facts.passing(trigger), casesOfAll(facts.sights.cells, effect.place.fresh)),
  )
  return isPossible(and(ways[0], ways[1]))
}
