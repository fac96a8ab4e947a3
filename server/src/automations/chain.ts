import type { AutomationId } from '@eaves/model'

/** What a run goes back to: the automations that set off one another, and how many more runs may come of it. */
export interface Chain {
  readonly ids: ReadonlySet<AutomationId>
  readonly budget: Budget
}
interface Budget {
  left: number
  at: number
}

export const chainWindowMs = 10_000
/** Of one happening so many runs may come in ten seconds, however automations set off one another. */
const mostOfOne = 1_000
const longest = 50

export function chainOf(id: AutomationId, parent: Chain | undefined, now: number): Chain {
  if (parent === undefined) return { ids: new Set([id]), budget: { left: mostOfOne, at: now } }
  const { ids, budget } = parent
  if (ids.has(id)) return parent
  // Of a longer one the beginning is forgotten; its budget is not.
  return { ids: new Set([...[...ids].slice(1 - longest), id]), budget }
}

/** Takes one more run of it; false when there is none left. */
export function takeOf({ budget }: Chain, now: number): boolean {
  if (now - budget.at >= chainWindowMs) Object.assign(budget, { left: mostOfOne, at: now })
  return budget.left-- > 0
}
