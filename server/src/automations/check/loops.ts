import type { AutomationId } from '@eaves/model'
import type { Cell } from '../../homes/homes.ts'
import { circles } from './circles.ts'
import type { Facts } from './facts.ts'
import { goRound, type Round, type Start } from './rounds.ts'
import { mayMeet, type Watchers } from './watchers.ts'

/** Part of one automation in a loop: which of its steps sets off the next one. */
export interface Link {
  readonly id: AutomationId
  readonly at: string
  readonly next: AutomationId
  readonly severity: 'error' | 'warning' | 'hint'
}
/** Beginnings that are tried in one circle; a circle that is larger is a loop by any of them. */
const mostStarts = 200
const weight = { error: 0, warning: 1, hint: 2 }

/** Every link of every loop among these automations. */
export function loopsAmong(
  all: readonly Facts[],
  watchers: Watchers,
  asked: ReadonlySet<AutomationId>,
): ReadonlyMap<AutomationId, Link> {
  const found = new Map<AutomationId, Link>()
  for (const starts of startsIn(all, watchers))
    for (const start of [...starts.filter(({ facts }) => asked.has(facts.rule.id)), ...starts].slice(
      0,
      mostStarts,
    ))
      for (const link of linksOf(goRound(start, watchers))) {
        const known = found.get(link.id)
        if (known === undefined || weight[link.severity] < weight[known.severity]) found.set(link.id, link)
      }
  return found
}

function linksOf(round: Round | undefined): Link[] {
  if (round === undefined) return []
  const { severity, steps } = round
  return steps.map(({ id, at }, i) => ({ id, at, next: steps[(i + 1) % steps.length]!.id, severity }))
}

/** Automations that may set each other off, by values or by running: for each such circle, where it can begin. */
function startsIn(all: readonly Facts[], watchers: Watchers): Start[][] {
  const graph = new Graph(all, watchers)
  return circles(graph.next).map((nodes) => nodes.flatMap((node) => graph.startAt(node)))
}

/** Automations, and between them the values they set: many that set the same and many that watch it are no product. */
class Graph {
  readonly next: number[][] = []
  readonly #starts = new Map<number, Start[]>()
  readonly #values = new Map<Cell, Map<string, number>>()

  constructor(all: readonly Facts[], watchers: Watchers) {
    const byId = new Map(all.map((facts, i) => [facts.rule.id, i]))
    const byFacts = new Map(all.map((facts, i) => [facts, i]))
    all.forEach(() => this.next.push([]))
    all.forEach((facts, i) => {
      const to = new Set<number>()
      for (const effect of facts.effects) {
        if (watchers.of(effect.cell).length === 0) continue
        const values = this.#values.get(effect.cell) ?? new Map<string, number>()
        this.#values.set(effect.cell, values)
        const key = effect.to === undefined ? 'any' : JSON.stringify(effect.to)
        let node = values.get(key)
        if (node === undefined) {
          node = this.next.length
          values.set(key, node)
          const met = watchers.of(effect.cell).filter(({ trigger }) => mayMeet(trigger, effect))
          this.next.push([...new Set(met.map((each) => byFacts.get(each.facts)!))])
          this.#starts.set(
            node,
            met.map((each) => ({ facts: each.facts, cell: effect.cell, value: effect.to })),
          )
        }
        to.add(node)
      }
      for (const { automation } of facts.calls) {
        const other = byId.get(automation as AutomationId)
        if (other !== undefined) to.add(other)
      }
      for (const each of watchers.ofEnd(facts.rule.id)) to.add(byFacts.get(each.facts)!)
      this.next[i] = [...to]
      if (facts.calls.length > 0 || watchers.ofEnd(facts.rule.id).length > 0)
        this.#starts.set(i, [{ facts, cell: undefined, value: undefined }])
    })
  }

  startAt(node: number): readonly Start[] {
    return this.#starts.get(node) ?? []
  }
}
