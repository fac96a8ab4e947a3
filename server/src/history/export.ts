import { tableHead, unitWord, type HomeId, type SubjectId } from '@eaves/model'
import { csvOf } from '../csv.ts'
import { isoInstant } from '../deps.ts'
import type { HomeHistory } from '../store/stores.ts'
import { meanOf } from './condense.ts'
import { fittingOf, onAndOff, type HistoryQuery, type HistoryReader } from './reader.ts'
import { bucketsIn, type Asked } from './sections.ts'

/** So many rows are read in less than a millisecond. */
const pageRows = 500

/** A span of one value as CSV, written as it is read: instants in ISO 8601, units in the header. */
export async function csvOfHistory(
  reader: HistoryReader,
  home: HomeId,
  subject: SubjectId,
  query: HistoryQuery,
): Promise<AsyncIterable<Uint8Array>> {
  const { asked, isRaw, pages } = await tableOf(reader, home, subject, query)
  return bytesOf(csvOf(headOf(asked, isRaw), inWords(pages)))
}

/** An instant in epoch ms, and what was then. */
export type TableRow = readonly [at: number, ...cells: (number | boolean | string)[]]
export interface HistoryTable {
  readonly asked: Asked
  readonly isRaw: boolean
  /** Read as they are asked for. */
  readonly pages: AsyncIterable<readonly TableRow[]>
}
export async function tableOf(
  reader: HistoryReader,
  home: HomeId,
  subject: SubjectId,
  query: HistoryQuery,
): Promise<HistoryTable> {
  const { at, asked } = await reader.open(home, subject, query)
  const resolution = fittingOf(query.resolution ?? 'raw', asked)
  const isRaw = resolution === 'raw'
  return { asked, isRaw, pages: isRaw ? rawRows(at, asked) : rolledRows(at, asked, resolution) }
}

async function* inWords(pages: HistoryTable['pages']): AsyncGenerator<unknown[][]> {
  for await (const rows of pages) yield rows.map(([at, ...cells]) => [isoInstant(at), ...cells])
}

/** How a unit stands in a header. */
const unitIn = (unit: string | undefined): string => (unit === undefined ? '' : ` [${unitWord(unit)}]`)

function headOf({ kind: { type, unit } }: Asked, isRaw: boolean): readonly string[] {
  if (isRaw) return tableHead(unit)
  if (type === 'boolean') return ['from', 'true [s]', 'false [s]']
  if (type === 'choice') return ['from', 'state', 'time [s]']
  return ['from', ...['min', 'mean', 'max'].map((each) => `${each}${unitIn(unit)}`), 'known [s]']
}

async function* rawRows(at: HomeHistory, { name, kind, from, to }: Asked): AsyncGenerator<TableRow[]> {
  for (let next = from; ;) {
    const { points, truncated } = await at.raw({ ...name, from: next, to, limit: pageRows })
    yield points.map(([ts, value]) => [ts, kind.type === 'boolean' ? value === 1 : value])
    const last = points.at(-1)
    if (!truncated || last === undefined) return
    next = last[0] + 1
  }
}

async function* rolledRows(
  at: HomeHistory,
  asked: Asked,
  resolution: '5m' | 'hour' | 'day',
): AsyncGenerator<TableRow[]> {
  const { type } = asked.kind
  const { buckets, states } = await bucketsIn(at, asked, resolution)
  if (type === 'choice')
    yield* inPages(states, (each) =>
      Object.entries(each.states).map(([state, seconds]) => [each.ts, state, seconds]),
    )
  else
    yield* inPages(buckets, (bucket) => {
      const { ts, min, max, total, seconds } = bucket
      if (type === 'number') return [[ts, min, meanOf(bucket), max, seconds]]
      const { true: on, false: off } = onAndOff(total, seconds)
      return [[ts, on, off]]
    })
}

function* inPages<T>(all: readonly T[], rowsOf: (each: T) => TableRow[]): Generator<TableRow[]> {
  for (let from = 0; from < all.length; from += pageRows)
    yield all.slice(from, from + pageRows).flatMap(rowsOf)
}

async function* bytesOf(text: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  for await (const each of text) if (each !== '') yield encoder.encode(each)
}
