import type { Field, Locale, Region, SubjectId } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import { complaintsFor, described } from '../privacy/privacy.ts'
import { mapRows, type StoreMap, dataMap, type TableEntry } from '../store/schema.ts'
import type { Db, Facts, HistoryDb } from '../store/stores.ts'
import { csvOf } from '../csv.ts'
import { Archive, type Sink } from './archive.ts'
import { belongingsOf, isWithheld, openRows, rowIdOf, type OpenRow, type SeenHome } from './belongings.ts'
import { bucketsOf, liveOf, pointsOf, seriesOf, statesOf } from './histories.ts'
import { schemaOf } from './copy-schema.ts'
import type { NamedRecipient } from './ports.ts'

export const copyFormat = 'eaves-copy-1'
export type CopyKind = 'access' | 'portability'
export interface CopyDeps {
  readonly facts: Db<Facts>
  readonly history: HistoryDb
}
export interface CopyOf {
  readonly kind: CopyKind
  readonly subject: SubjectId
  readonly region: Region
  readonly locale: Locale
  readonly homes: readonly SeenHome[]
  readonly controller: string
  readonly recipients: readonly NamedRecipient[]
  readonly atMs: number
}
export interface PlaceDone {
  readonly place: string
  readonly rows: number
}
type CopyRow = Readonly<Record<string, unknown>>

/** Writes the copy: data.json with its schema, each table as CSV, the histories of the devices, and what the law wants told. // pp.4.4.a pp.4.4.c */
export async function writeCopy(deps: CopyDeps, about: CopyOf, sink: Sink): Promise<readonly PlaceDone[]> {
  const archive = new Archive(sink, about.atMs)
  const tables: Record<string, readonly CopyRow[]> = {}
  const done: PlaceDone[] = []
  for (const [table, entry] of Object.entries(dataMap.facts as StoreMap)) {
    const rows = await rowsIn(deps, about, table)
    done.push({ place: `facts.${table}`, rows: rows.length })
    if (rows.length === 0) continue
    const columns = columnsIn(table, entry, about)
    tables[table] = rows
    await archive.add(
      `tables/${table}.csv`,
      csvOf(columns, [rows.map((row) => columns.map((each) => row[each]))]),
    )
  }
  const devices = await writeHistories(deps, about, archive)
  done.push({ place: 'history', rows: devices.points })
  await archive.add('data.json', dataOf(about, tables, devices))
  await archive.add('schema.json', [JSON.stringify(schemaOf(about, columnsIn))])
  await archive.end()
  return done
}

/** The whole in one JSON, row by row. */
function* dataOf(
  about: CopyOf,
  tables: Readonly<Record<string, readonly CopyRow[]>>,
  devices: Readonly<Record<'live' | 'files' | 'statistics', readonly unknown[]>>,
): Generator<string> {
  const head = JSON.stringify({
    format: copyFormat,
    kind: about.kind,
    at: isoInstant(about.atMs),
    subject: about.subject,
    region: about.region,
    controller: about.controller,
    ...(about.kind === 'access' ? { information: informationOf(about) } : {}),
    homes: about.homes.map(({ home, role }) => ({ home, role })),
  })
  yield `${head.slice(0, -1)},"tables":{`
  for (const [n, [table, rows]] of Object.entries(tables).entries()) {
    yield `${n === 0 ? '' : ','}${JSON.stringify(table)}:`
    yield* listOf(rows)
  }
  yield '},"live":'
  yield* listOf(devices.live)
  yield ',"histories":'
  yield* listOf(devices.files)
  yield ',"statistics":'
  yield* listOf(devices.statistics)
  yield '}'
}
function* listOf(rows: readonly unknown[]): Generator<string> {
  yield '['
  for (const [n, row] of rows.entries()) yield `${n === 0 ? '' : ','}${JSON.stringify(row)}`
  yield ']'
}

/** Rows that a person may take with them: each once, however many ways it is tied to them. */
async function rowsIn({ facts }: CopyDeps, about: CopyOf, table: string): Promise<readonly CopyRow[]> {
  const found = new Map<string, CopyRow>()
  for (const belonging of belongingsOf(about.subject, about.homes)) {
    if (belonging.table !== table || !isTaken(belonging.entry, about)) continue
    const columns = columnsIn(table, belonging.entry, about)
    for (const row of await openRows(facts, about.subject, belonging, about.homes)) {
      const key = `${row.home ?? ''}:${rowIdOf(row.row)}`
      const taken = asRow(row, columns)
      const before = found.get(key)
      // Named in one column and shown as part of the home: the fuller one of the two.
      if (before === undefined || filled(taken) > filled(before)) found.set(key, taken)
    }
  }
  return [...found.values()]
}
const filled = (row: CopyRow) => Object.values(row).filter((each) => each !== null).length
const asRow = ({ values }: OpenRow, columns: readonly string[]): CopyRow =>
  Object.fromEntries(columns.map((column) => [column, values.get(column) ?? null]))

/** The portable copy is of what rests on a contract or consent; the full one is of everything. // pp.4.4.c */
function isTaken(entry: TableEntry, { kind, region }: CopyOf): boolean {
  if (kind === 'access') return true
  return Object.values(entry.purposes).some(
    (bases) =>
      bases !== undefined && ['contract', 'consent', 'separate-consent'].includes(bases[region].kind),
  )
}

/** Columns of a table in a copy: everything but what proves somebody, and of a portable one what the map names for it. */
export function columnsIn(
  _table: string,
  entry: TableEntry,
  { kind }: Pick<CopyOf, 'kind'>,
): readonly string[] {
  const isIn = (field: Field) =>
    !isWithheld(field) &&
    field.class !== 'not-personal' &&
    (kind === 'access' || !('export' in field) || field.export.includes('portability'))
  return Object.entries(entry.columns).flatMap(([column, field]) => (isIn(field) ? [column] : []))
}

/** Histories of devices with their metadata, each series a file. */
async function writeHistories({ history }: CopyDeps, { subject, homes }: CopyOf, archive: Archive) {
  const files: HistoryFile[] = []
  const live: { home: string; device: string; values: unknown }[] = []
  let points = 0
  for (const seen of homes) {
    for (const row of await liveOf(history, subject, seen)) live.push({ home: seen.home, ...row })
    for (const series of await seriesOf(history, subject, seen)) {
      const file = `histories/${files.length + 1}.csv`
      let count = 0
      const pages = async function* () {
        for await (const page of pointsOf(history, subject, seen, series)) {
          count += page.length
          yield page.map(([ts, value]) => [isoInstant(ts), value])
        }
      }
      await archive.add(file, csvOf(['at', 'value'], pages()))
      files.push({ home: seen.home, ...series, file, points: count })
      points += count
    }
  }
  const statistics = await writeStatistics(history, subject, homes, archive)
  points += statistics.reduce((sum, each) => sum + each.points, 0)
  return { files, statistics, live, points }
}
interface HistoryFile {
  readonly home: string
  readonly device: string
  readonly path: string
  readonly file: string
  readonly points: number
}

/** What the histories come to by the hour and the day, where that is kept. */
async function writeStatistics(
  history: HistoryDb,
  subject: SubjectId,
  homes: readonly SeenHome[],
  archive: Archive,
) {
  const files: (HistoryFile & { readonly by: 'hour' | 'day' | 'state' })[] = []
  const numbers = ['values', 'min', 'max', 'valueTimesSeconds', 'seconds', 'last'] as const
  for (const seen of homes)
    for (const series of await seriesOf(history, subject, seen)) {
      const tables = [
        ...(await Promise.all(
          (['hour', 'day'] as const).map(async (by) => ({
            by,
            head: ['from', ...numbers],
            rows: (await bucketsOf(history, subject, seen, series, by)).map(
              ({ ts, n, min, max, total, seconds, last }) => [
                isoInstant(ts),
                n,
                min,
                max,
                total,
                seconds,
                last,
              ],
            ),
          })),
        )),
        {
          by: 'state' as const,
          head: ['from', 'state', 'seconds'],
          rows: (await statesOf(history, subject, seen, series)).flatMap(({ ts, states }) =>
            Object.entries(states).map(([state, seconds]) => [isoInstant(ts), state, seconds]),
          ),
        },
      ]
      for (const { by, head, rows } of tables) {
        if (rows.length === 0) continue
        const file = `statistics/${files.length + 1}.csv`
        await archive.add(file, csvOf(head, [rows]))
        files.push({ home: seen.home, ...series, by, file, points: rows.length })
      }
    }
  return files
}

/** What the law wants told with a copy. GDPR 15(1), PIPL 17, CCPA 1798.130. // pp.4.4.a pp.4.4.f */
function informationOf({ region, locale, recipients }: CopyOf) {
  const fields = mapRows().flatMap((row) => described(row, region, locale) ?? [])
  const categories = new Map<string, ReturnType<typeof toldOf>>()
  for (const field of fields) {
    const before = categories.get(field.category)
    categories.set(field.category, toldOf(field, before))
  }
  return {
    categories: [...categories.values()],
    recipients,
    rights: ['access', 'portability', 'erasure', 'restriction', 'objection', 'objection-marketing'],
    correction: 'in the app, where each value stands',
    automatedDecisions: 'none',
    transfers: 'none by this server',
    complaints: complaintsFor(region, locale),
  }
}
type Field_ = NonNullable<ReturnType<typeof described>>
interface Told {
  readonly category: string
  readonly label: string
  readonly purposes: Field_['purposes']
  readonly source: Field_['source']
  readonly kept: readonly string[]
  readonly recipients: Field_['recipients']
}
function toldOf(field: Field_, before: Told | undefined): Told {
  const known = new Set(before?.purposes.map(({ purpose }) => purpose))
  const named = new Set(before?.recipients.map(({ recipient }) => recipient))
  return {
    category: field.category,
    label: field.label,
    purposes: [...(before?.purposes ?? []), ...field.purposes.filter(({ purpose }) => !known.has(purpose))],
    source: field.source,
    kept: [...new Set([...(before?.kept ?? []), field.kept])],
    recipients: [
      ...(before?.recipients ?? []),
      ...field.recipients.filter(({ recipient }) => !named.has(recipient)),
    ],
  }
}
