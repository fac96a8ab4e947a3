import type { SubjectId } from '@eaves/model'
import type { SourceRow } from './sources.ts'

type Plain<F extends string> = Omit<SourceRow<F>, 'address' | 'marks'>
interface Columns<F extends string> {
  readonly named_by: SubjectId
  readonly fetched_at: number
  readonly failing_since: number | null
  readonly failure: SourceRow<F>['failure'] | null
  readonly told_at: number | null
}
const instantOf = (at: number | null): number | undefined => (at === null ? undefined : Number(at))

/** What is kept of an address besides it and its marks, which each table seals for itself. */
export const plainOf = <F extends string>(row: Columns<F>): Plain<F> => ({
  namedBy: row.named_by,
  fetchedAt: Number(row.fetched_at),
  failingSince: instantOf(row.failing_since),
  failure: row.failure ?? undefined,
  toldAt: instantOf(row.told_at),
})
/** The same as its table has it. */
export const columnsOf = <F extends string>(row: Plain<F>): Columns<F> => ({
  named_by: row.namedBy,
  fetched_at: row.fetchedAt,
  failing_since: row.failingSince ?? null,
  failure: row.failure ?? null,
  told_at: row.toldAt ?? null,
})
