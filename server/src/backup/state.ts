import { isoInstant } from '../deps.ts'
import type { BackupState } from '@eaves/model/api'
import type { Stores } from '../store/stores.ts'
import type { BackupRunTable } from './data.ts'
import { lastGood, lastRun } from './store.ts'

export type { BackupState } from '@eaves/model/api'

interface Asked {
  readonly facts: Stores['facts']
  readonly isSupported: boolean
  readonly isSetUp: boolean
  readonly isRunning: boolean
  readonly kit: { readonly mark: string; readonly madeAtMs?: number } | undefined
  readonly bytesNow: number
  readonly soonestMs: number
  readonly everyMs: number
}

/** How it stands with the copies: the last, the last that was restored in rehearsal, the next, and what a restore would take now. */
export async function stateOf(asked: Asked): Promise<BackupState> {
  const { facts, isSupported, isSetUp, isRunning, kit, bytesNow, soonestMs, everyMs } = asked
  const last = await lastRun(facts)
  const good = await lastGood(facts)
  const nextMs = Math.max(soonestMs, good === undefined ? 0 : good.started_at + everyMs)
  return {
    isSupported,
    isSetUp,
    isRunning,
    ...(kit === undefined
      ? {}
      : {
          kit: {
            mark: kit.mark,
            ...(kit.madeAtMs === undefined ? {} : { madeAt: isoInstant(kit.madeAtMs) }),
          },
        }),
    ...(last === undefined ? {} : { last: shown(last) }),
    ...(good === undefined ? {} : { lastGood: shown(good), forecast: forecastOf(good, bytesNow) }),
    ...(isSupported && isSetUp && kit !== undefined ? { nextAt: isoInstant(nextMs) } : {}),
  }
}

function shown(run: BackupRunTable): NonNullable<BackupState['last']> {
  return {
    startedAt: isoInstant(run.started_at),
    ...(run.ended_at === null ? {} : { endedAt: isoInstant(run.ended_at) }),
    ...(run.failed === null ? {} : { failed: run.failed }),
    ...(run.data_name === null ? {} : { dataName: run.data_name }),
    ...(run.vault_name === null ? {} : { vaultName: run.vault_name }),
    ...(run.bytes === null ? {} : { bytes: run.bytes }),
    ...(run.rehearsed_at === null
      ? {}
      : {
          rehearsal: {
            at: isoInstant(run.rehearsed_at),
            ...(run.rehearsal_failed === null ? {} : { failed: run.rehearsal_failed }),
            ...(run.row_count === null ? {} : { rows: run.row_count }),
            ...(run.restore_ms === null ? {} : { restoreSeconds: Math.ceil(run.restore_ms / 1000) }),
          },
        }),
  }
}

/** The last rehearsal, as much longer as the data has grown since. */
function forecastOf(good: BackupRunTable, bytesNow: number): NonNullable<BackupState['forecast']> {
  const growth = Math.max(1, bytesNow / Math.max(1, good.bytes ?? bytesNow))
  return { bytes: bytesNow, restoreSeconds: Math.max(1, Math.ceil(((good.restore_ms ?? 0) * growth) / 1000)) }
}
