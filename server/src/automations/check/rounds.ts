import type { AutomationId, VendorValue } from '@eaves/model'
import type { AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import type { Cell } from '../../homes/homes.ts'
import { isIn } from '../conditions.ts'
import { and, casesOfAll, isPossible, type Case, type Cases, type Claim } from './cases.ts'
import type { Effect, Facts, ValueTrigger } from './facts.ts'
import { meets, type Meeting, type Watcher, type Watchers } from './watchers.ts'

export interface Start {
  readonly facts: Facts
  /** The value that sets it off, and what it becomes. */
  readonly cell: Cell | undefined
  readonly value: VendorValue | undefined
}
/** A loop: its automations in order, each with the step that sets off the next. */
export interface Round {
  readonly severity: 'error' | 'warning' | 'hint'
  readonly steps: readonly { readonly id: AutomationId; readonly at: string }[]
}
/** A run in the round, and the one that set it off. */
interface Turn {
  readonly facts: Facts
  readonly by: Turn | undefined
  /** The step of `by` that set it off. */
  readonly at: string
  readonly isSure: boolean
  /** Seconds that passed since the start, at least. */
  readonly seconds: number
  /** What the times and the sun of all runs so far leave. */
  readonly when: Cases
  key: string
  /** What it set off itself, each once. */
  readonly next: Set<Facts>
}
/** A run sets off no more than this many others here. */
const mostNext = 25
const mostTurns = 150
/** A round that takes longer than this is slow enough to be meant, such as a pump that runs for ten minutes in each hour. */
const slowSeconds = 60

/** Plays what follows from the start, with nothing known but what was set: a loop is a run that comes back to where it was. */
export function goRound({ facts, cell, value }: Start, watchers: Watchers): Round | undefined {
  return new Play(watchers).from(facts, cell, value)
}

class Play {
  readonly #watchers: Watchers
  readonly #state = new Map<Cell, VendorValue>()
  readonly #inBand = new Map<string, boolean>()
  readonly #queue: Turn[] = []
  readonly #ids = new Map<Cell, number>()

  constructor(watchers: Watchers) {
    this.#watchers = watchers
  }

  from(facts: Facts, cell: Cell | undefined, value: VendorValue | undefined): Round | undefined {
    if (cell !== undefined && value !== undefined) this.#state.set(cell, value)
    this.#queue.push({
      facts,
      by: undefined,
      at: '',
      isSure: true,
      seconds: 0,
      when: [[]],
      key: '',
      next: new Set(),
    })
    for (let i = 0; i < mostTurns && i < this.#queue.length; i++) {
      const turn = this.#queue[i]!
      turn.key = this.#key(turn.facts)
      for (let by = turn.by; by !== undefined; by = by.by) if (by.key === turn.key) return roundOf(turn, by)
      this.#run(turn)
    }
    return undefined
  }

  #key(facts: Facts): string {
    const known = [...this.#state].map(([cell, value]) => {
      if (!this.#ids.has(cell)) this.#ids.set(cell, this.#ids.size)
      return `${this.#ids.get(cell)}=${JSON.stringify(value)}`
    })
    return `${facts.rule.id} ${known.toSorted().join()}`
  }

  /** What is known of the values that were set. */
  #known(): Case {
    return [...this.#state].map(([cell, is]): Claim => ({
      kind: 'values',
      cells: [cell],
      test: { is },
      isNot: false,
      isSome: false,
    }))
  }

  #run(turn: Turn): void {
    const { facts } = turn
    const when = and(turn.when, timely(facts, facts.conditions))
    if (!isPossible(when)) return
    if (facts.conditions.length > 0 && !isPossible(and([this.#known()], facts.cases))) return
    const isSure = turn.isSure && this.#isKnown(facts, facts.conditions)
    const now = { ...turn, when, isSure }
    const steps = [
      ...facts.effects.map((effect) => ({ place: effect.place, effect, call: undefined })),
      ...facts.calls.map((call) => ({ place: call.place, effect: undefined, call })),
    ]
    for (const { place, effect, call } of steps) {
      if (facts.sights.left.steps-- <= 0) return
      const { fresh } = place
      if (fresh.length > 0 && !isPossible(and([this.#known()], casesOfAll(facts.sights.cells, fresh))))
        continue
      const sure = isSure && place.asked.every((each) => this.#isKnown(facts, [each]))
      const next = { ...now, isSure: sure, seconds: turn.seconds + place.leastSeconds, at: place.at }
      if (effect !== undefined) this.#change(next, turn, effect)
      else this.#call(next, turn, call.automation)
    }
    const last = facts.rule.body.actions.length - 1
    for (const each of this.#watchers.ofEnd(facts.rule.id)) {
      const trigger = each.facts.rule.body.triggers[each.index]
      const isDone = trigger?.kind === 'run' && trigger.result === 'done'
      this.#push(each.facts, { ...now, isSure: isSure && isDone, at: `actions/${last}` }, turn, undefined)
    }
  }

  /** Whether everything that the conditions ask is known from what was set. */
  #isKnown(facts: Facts, conditions: readonly AutomationCondition[]): boolean {
    return conditions.every((each) => {
      if (each.kind === 'and' || each.kind === 'or') return this.#isKnown(facts, each.conditions)
      if (each.kind === 'not') return this.#isKnown(facts, [each.condition])
      if (each.kind !== 'state' && each.kind !== 'numeric') return false
      const cells = facts.sights.cells(each)
      return cells.length > 0 && cells.every((cell) => this.#state.has(cell))
    })
  }

  #call(next: Turn, by: Turn, id: string): void {
    const other = this.#watchers.byId(id)
    if (other !== undefined) this.#push(other, next, by, undefined)
  }

  #change(next: Turn, by: Turn, effect: Effect): void {
    const { cell, flips } = effect
    const before = this.#state.get(cell)
    const to = flips === true && typeof before === 'boolean' ? !before : effect.to
    if (to !== undefined && before === to) return
    if (to === undefined) this.#state.delete(cell)
    else this.#state.set(cell, to)
    const change = flips === true && to === undefined ? { to, flips } : { to }
    for (const watcher of this.#watching(cell, by)) {
      if (by.next.has(watcher.facts) || by.next.size >= mostNext) continue
      const met = this.#meeting(watcher, cell, before, change)
      if (met === 'no') continue
      const isSure = next.isSure && met === 'yes' && effect.isLikely !== true
      this.#push(watcher.facts, { ...next, isSure }, by, watcher.trigger)
    }
  }

  /** Where very many watch, those that the round came by are enough to see whether it closes. */
  #watching(cell: Cell, turn: Turn): readonly Watcher[] {
    const all = this.#watchers.of(cell)
    if (all.length <= mostNext || turn.next.size >= mostNext) return all.slice(0, mostNext)
    const passed = new Set<Facts>()
    for (let by: Turn | undefined = turn; by !== undefined; by = by.by) passed.add(by.facts)
    return [...all.filter(({ facts }) => passed.has(facts)), ...all.slice(0, mostNext)]
  }

  #meeting(
    { facts, index, trigger }: Watcher,
    cell: Cell,
    before: VendorValue | undefined,
    change: { readonly to: VendorValue | undefined; readonly flips?: true },
  ): Meeting {
    if (trigger.kind === 'state') return meets(trigger, before, change)
    const key = `${facts.rule.id} ${index} ${cell.group.device.id} ${cell.path}`
    const wasIn = this.#inBand.get(key) ?? (before === undefined ? false : isIn(trigger, before))
    if (change.to === undefined) return 'perhaps'
    const isNow = isIn(trigger, change.to) || (wasIn && !isOut(trigger, change.to))
    this.#inBand.set(key, isNow)
    return isNow && !wasIn ? 'yes' : 'no'
  }

  #push(facts: Facts, next: Turn, by: Turn, trigger: ValueTrigger | undefined): void {
    const seconds = next.seconds + (trigger?.forSeconds ?? 0)
    // With time gone by, another time of day may have come.
    const when: Cases = seconds >= slowSeconds ? [[]] : next.when
    by.next.add(facts)
    this.#queue.push({ ...next, facts, by, seconds, when, key: '', next: new Set() })
  }
}

function isOut(
  { above, below, hysteresis = 0 }: Extract<AutomationTrigger, { kind: 'numeric' }>,
  value: VendorValue,
): boolean {
  if (typeof value !== 'number') return false
  return (
    (above !== undefined && value <= above - hysteresis) ||
    (below !== undefined && value >= below + hysteresis)
  )
}

/** Of these conditions what time and sun say: it stays so while a quick round goes. */
function timely({ sights }: Facts, conditions: readonly AutomationCondition[]): Cases {
  return casesOfAll(
    sights.cells,
    conditions.filter(({ kind }) => kind === 'time' || kind === 'sun'),
  )
}

function roundOf(turn: Turn, begin: Turn): Round {
  const steps: { id: AutomationId; at: string }[] = []
  for (let each: Turn = turn; each !== begin; each = each.by!)
    steps.unshift({ id: each.by!.facts.rule.id, at: each.at })
  const isSlow = turn.seconds - begin.seconds >= slowSeconds
  return { severity: isSlow ? 'hint' : turn.isSure ? 'error' : 'warning', steps }
}
