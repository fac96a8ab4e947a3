import { createEnergy, type Energy } from './energy/energy.ts'
import { History, HistoryImport, HistoryReader, Rollups, type HistoryDeps } from './history/history.ts'
import type { HistoryRoutesDeps } from './history/routes.ts'
import type { Homes } from './homes/homes.ts'
import type { Stores } from './store/stores.ts'

interface HistoryParts extends Pick<HistoryDeps, 'timers' | 'log' | 'now'> {
  readonly stores: Stores
  readonly homes: () => Homes
}
export interface Past extends Pick<HistoryRoutesDeps, 'history' | 'reader' | 'importing'> {
  /** Writes what still waits. */
  readonly flush: () => Promise<void>
  readonly kept: Pick<History, 'flush' | 'forgetValue'>
}
export interface HouseHistory {
  readonly history: History
  /** What the routes ask. */
  readonly past: () => Past
  readonly rollups: () => Rollups
  readonly energy: () => Energy
}

/** What devices reported: kept, condensed and read. Homes are there once they are loaded. */
export function historyOf({ stores, homes, ...deps }: HistoryParts): HouseHistory {
  const history = new History({ history: stores.history, ...deps })
  const flush = () => history.flush()
  let made: Rollups | undefined
  const parts = () => ({ history: stores.history, homes: homes(), flush, now: deps.now })
  const rollups = () => (made ??= new Rollups({ ...parts(), jobs: stores.jobs, log: deps.log }))
  return {
    history,
    rollups,
    energy: () =>
      createEnergy({ ...parts(), facts: stores.facts, history, reader: new HistoryReader(parts()) }),
    past: () => ({
      flush,
      kept: history,
      history: stores.history,
      reader: new HistoryReader(parts()),
      importing: new HistoryImport({ ...parts(), rollups: rollups() }),
    }),
  }
}
