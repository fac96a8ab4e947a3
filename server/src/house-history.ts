import { History, HistoryReader, Rollups, type HistoryDeps } from './history/history.ts'
import type { Homes } from './homes/homes.ts'
import type { Stores } from './store/stores.ts'

interface HistoryParts extends Pick<HistoryDeps, 'timers' | 'log' | 'now'> {
  readonly stores: Stores
  readonly homes: () => Homes
}
export interface HouseHistory {
  readonly history: History
  readonly reader: () => HistoryReader
  readonly rollups: () => Rollups
}

/** What devices reported: kept, condensed and read. Homes are there once they are loaded. */
export function historyOf({ stores, homes, ...deps }: HistoryParts): HouseHistory {
  const history = new History({ history: stores.history, ...deps })
  const flush = () => history.flush()
  let rollups: Rollups | undefined
  return {
    history,
    reader: () => new HistoryReader({ history: stores.history, homes: homes(), flush, now: deps.now }),
    rollups: () =>
      (rollups ??= new Rollups({
        history: stores.history,
        homes: homes(),
        jobs: stores.jobs,
        flush,
        now: deps.now,
        log: deps.log,
      })),
  }
}
