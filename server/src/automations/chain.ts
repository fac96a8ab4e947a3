import type { AutomationId } from '@eaves/model'
import { isWithin } from '../deps.ts'
import type { Cause } from '../homes/homes.ts'

/** What a run goes back to: the automations that set off one another, and how many more runs may come of it. */
export interface Chain {
  readonly ids: readonly AutomationId[]
  readonly budget: Budget
}
interface Budget {
  runs: number
  steps: number
  calls: number
  at: number
}

export const chainWindowMs = 10_000
/** Of one happening so many runs, steps and calls may come in ten seconds, however automations set off one another. */
const most = { runs: 1_000, steps: 20_000, calls: 10 }
const longest = 50

export function chainOf(id: AutomationId, parent: Chain | undefined, now: number): Chain {
  if (parent === undefined) return { ids: [id], budget: { ...most, at: now } }
  const { ids, budget } = parent
  if (ids.includes(id)) return parent
  // Of a longer one the beginning is forgotten; its budget is not.
  return { ids: [...ids.slice(1 - longest), id], budget }
}

/** Takes one more run, step, or call of an address, of it; false when there is none left. */
export function takeOf({ budget }: Chain, what: 'runs' | 'steps' | 'calls', now: number): boolean {
  if (!isWithin(chainWindowMs, budget.at, now)) Object.assign(budget, { ...most, at: now })
  return budget[what]-- > 0
}

/** That a run asked for something, with the chain that the run belongs to. */
export class RunCause implements Cause {
  readonly kind = 'automation'
  readonly id: string
  readonly automation: AutomationId
  readonly chain: Chain

  constructor(id: string, automation: AutomationId, chain: Chain) {
    this.id = id
    this.automation = automation
    this.chain = chain
  }
}
