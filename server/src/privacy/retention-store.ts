import type { Db, Facts, InstanceHandle } from '../store/stores.ts'
import type { RetentionFaultTable, RetentionResultTable, RetentionRunTable } from './retention-data.ts'

export type RetentionRunRecord = RetentionRunTable & { readonly results: readonly RetentionResultTable[] }

const asJobs = (facts: Db<Facts>): InstanceHandle<Facts> =>
  facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'jobs' }, purpose: 'service.core' })

/** Keeps what a run did, and counts on or clears the faults of its rules. */
export async function recordRun(
  facts: Db<Facts>,
  run: RetentionRunTable,
  results: readonly RetentionResultTable[],
  isWhole: boolean,
): Promise<void> {
  await asJobs(facts).transaction(async (tx) => {
    await tx.insertInto('retention_run').values(run).execute()
    if (results.length > 0) await tx.insertInto('retention_result').values(results).execute()
    const failed = results.filter(({ fault }) => fault !== null)
    const before = new Map(
      (await tx.selectFrom('retention_fault').selectAll().execute()).map((row) => [row.rule, row]),
    )
    for (const { rule } of failed) {
      const known = before.get(rule)
      await tx
        .insertInto('retention_fault')
        .values({ rule, since: run.started_at, fails: 1 })
        .onConflict((conflict) => conflict.column('rule').doUpdateSet({ fails: (known?.fails ?? 0) + 1 }))
        .execute()
    }
    // A run that was stopped says nothing about the rules it did not reach.
    if (!isWhole) return
    const still = new Set(failed.map(({ rule }) => rule))
    for (const rule of before.keys())
      if (!still.has(rule)) await tx.deleteFrom('retention_fault').where('rule', '=', rule).execute()
  })
}

export function faultsOf(facts: Db<Facts>): Promise<RetentionFaultTable[]> {
  return asJobs(facts).selectFrom('retention_fault').selectAll().orderBy('rule').execute()
}

/** The last runs, newest first, each with what it did. */
export async function runsOf(facts: Db<Facts>, limit: number): Promise<RetentionRunRecord[]> {
  const db = asJobs(facts)
  const runs = await db
    .selectFrom('retention_run')
    .selectAll()
    .orderBy('started_at', 'desc')
    .limit(limit)
    .execute()
  if (runs.length === 0) return []
  const results = await db
    .selectFrom('retention_result')
    .selectAll()
    .where(
      'run_id',
      'in',
      runs.map(({ id }) => id),
    )
    .orderBy('rule')
    .execute()
  return runs.map((run) => ({ ...run, results: results.filter(({ run_id }) => run_id === run.id) }))
}

/** When the job of this key runs next. */
export async function runsNextAt(facts: Db<Facts>, key: string): Promise<number | undefined> {
  const row = await asJobs(facts).selectFrom('job').select('run_at').where('key', '=', key).executeTakeFirst()
  return row?.run_at
}
