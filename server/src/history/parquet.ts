import { unitWord, type HomeId, type SubjectId } from '@eaves/model'
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import { Pace } from '../pace.ts'
import { tableOf, type HistoryTable, type TableRow } from './export.ts'
import { named } from './kept.ts'
import type { HistoryQuery, HistoryReader } from './reader.ts'

/** So many rows are put together in a few milliseconds; no more than these are held. */
const groupRows = 4_000

/** A span of one value as Parquet, written as it is read, a group of rows at a time. */
export async function parquetOfHistory(
  reader: HistoryReader,
  home: HomeId,
  subject: SubjectId,
  query: HistoryQuery,
): Promise<AsyncIterable<Uint8Array>> {
  return written(await tableOf(reader, home, subject, query))
}

type Cell = number | boolean | string | null | bigint
interface Column {
  readonly name: string
  readonly type: 'text' | 'instant' | 'number'
  readonly isOptional?: boolean
  readonly of: (row: TableRow) => Cell
}

async function* written(table: HistoryTable): AsyncGenerator<Uint8Array> {
  const columns = [...placeOf(table), ...cellsOf(table)]
  const bytes = new Taken()
  const file = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'eaves' })
  // Both are done once they return: nothing here flushes.
  const put = (rows: readonly TableRow[]): Uint8Array => {
    void file.write({
      columnData: columns.map(({ name, type, of }) => ({
        ...{ name, data: rows.map(of), offsetIndex: false },
        // Whoever looks for a span skips the rest; more would only make the end of the file longer, which is written at once.
        statistics: type === 'instant',
      })),
      rowGroupSize: groupRows,
    })
    return bytes.take()
  }
  const pace = new Pace()
  let held: TableRow[] = []
  for await (const rows of table.pages) {
    held.push(...rows)
    while (held.length >= groupRows) {
      yield put(held.slice(0, groupRows))
      held = held.slice(groupRows)
      await pace.keep()
    }
  }
  if (held.length > 0) yield put(held)
  void file.finish()
  yield bytes.take()
}

/** Which value it is, in each row, so that files of several can be put together. */
function placeOf({ asked: { name, kind } }: HistoryTable): Column[] {
  const { part, capability, attribute } = named(name.path)
  const same = (column: string, value: string | null): Column => ({
    ...{ name: column, type: 'text', of: () => value },
    isOptional: column === 'unit',
  })
  return [
    same('device', name.device),
    same('part', part),
    same('capability', capability),
    same('attribute', attribute),
    same('unit', kind.unit === undefined ? null : unitWord(kind.unit)),
    { name: 'at', type: 'instant', of: ([at]) => BigInt(at) },
  ]
}

/** Numbers, and true and false as 1 and 0, are a `value`; what is a choice is a `text`. */
function cellsOf({ asked: { kind }, isRaw }: HistoryTable): Column[] {
  const number = (name: string, index: number): Column => ({
    ...{ name, type: 'number' },
    of: (row) => Number(row[index]),
  })
  if (isRaw)
    return [
      {
        ...{ name: 'value', type: 'number', isOptional: true },
        of: ([, value]) => (typeof value === 'string' ? null : Number(value)),
      },
      {
        ...{ name: 'text', type: 'text', isOptional: true },
        of: ([, value]) => (typeof value === 'string' ? value : null),
      },
    ]
  if (kind.type === 'boolean') return [number('true_seconds', 1), number('false_seconds', 2)]
  if (kind.type === 'choice')
    return [{ name: 'state', type: 'text', of: ([, state]) => String(state) }, number('seconds', 2)]
  return ['min', 'mean', 'max', 'known_seconds'].map((name, i) => number(name, i + 1))
}

const types = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  number: { type: 'DOUBLE' },
} as const
const schemaOf = (columns: readonly Column[]): ConstructorParameters<typeof ParquetWriter>[0]['schema'] => [
  { name: 'history', num_children: columns.length },
  ...columns.map(({ name, type, isOptional }) => ({
    name,
    repetition_type: isOptional ? ('OPTIONAL' as const) : ('REQUIRED' as const),
    ...types[type],
  })),
]

/** Gives away what was written since it last did. */
class Taken extends ByteWriter {
  take(): Uint8Array {
    const bytes = this.getBytes().slice()
    this.index = 0
    return bytes
  }
}
