import type { Field, HomeId, Purpose, SubjectId } from '@eaves/model'
import { dataMap, mapRows, type MapRow, type StoreMap, type TableEntry } from '../store/schema.ts'
import type { Db, Facts } from '../store/stores.ts'
import { openCell, rowsOf, type Raw } from './store.ts'

/** How a row came to be a person's: their own, one that names them, or one of a home they see. */
export type Tie = 'own' | 'named' | 'home'
export interface Belonging {
  readonly table: string
  readonly entry: TableEntry
  readonly tie: Tie
  readonly column: string
  readonly value: string
}
/** A home with what its person is there, and the tables and devices they see. */
export interface SeenHome {
  readonly home: HomeId
  readonly role: string
  readonly sees: (verb: string) => boolean
  /** Undefined: every device. */
  readonly devices: ReadonlySet<string> | undefined
}
/** A row as its person may have it: other people masked, what proves somebody left out. */
export interface OpenRow {
  readonly belonging: Belonging
  readonly row: Raw
  readonly home: HomeId | undefined
  /** Column → what it holds; what is masked or withheld has no entry. */
  readonly values: ReadonlyMap<string, unknown>
}

const facts: StoreMap = dataMap.facts

/** Every column of the data map, by place and field. */
export const columns: ReadonlyMap<string, MapRow> = new Map(
  mapRows().map((row) => [`${row.store}.${row.table}.${row.column}`, row]),
)

/** Columns that name a person in a row of a home. */
export const namingColumns = ({ columns, path }: TableEntry): readonly string[] =>
  Object.entries(columns).flatMap(([column, field]) =>
    field.class === 'reference' &&
    field.to === 'subject' &&
    !(path.to === 'subject' && path.column === column)
      ? [column]
      : [],
  )

/** Where something of the person can stand, by looping over the data map; a new table is there on arrival. // pp.4.4.a */
export function belongingsOf(subject: SubjectId, homes: readonly SeenHome[]): readonly Belonging[] {
  return Object.entries(facts).flatMap(([table, entry]): Belonging[] => {
    if (entry.isCopy) return []
    if (entry.path.to === 'subject')
      return [{ table, entry, tie: 'own', column: entry.path.column, value: subject }]
    const named = namingColumns(entry).map((column) => ({
      table,
      entry,
      tie: 'named' as const,
      column,
      value: subject,
    }))
    if (entry.path.to !== 'home' || entry.seen === undefined) return named
    const { column } = entry.path
    const { by } = entry.seen
    return [
      ...named,
      ...homes
        .filter(({ sees }) => sees(by))
        .map(({ home }) => ({ table, entry, tie: 'home' as const, column, value: home })),
    ]
  })
}

/** Rows of one place, opened. */
export async function openRows(
  db: Db<Facts>,
  subject: SubjectId,
  belonging: Belonging,
  homes: readonly SeenHome[],
  limit?: number,
): Promise<readonly OpenRow[]> {
  const { table, entry } = belonging
  const rows = await rowsOf(db, table, entry, { ...belonging, ...(limit === undefined ? {} : { limit }) })
  const opened: OpenRow[] = []
  for (const row of rows) {
    if (!isSeen(belonging, row, homes)) continue
    const home = entry.path.to === 'home' ? (row[entry.path.column] as HomeId) : undefined
    const values = new Map<string, unknown>()
    for (const [column, field] of Object.entries(entry.columns)) {
      const held = row[column]
      if (held === null || held === undefined || !isTheirs(belonging, row, column, field, subject)) continue
      const value = await valueOf(db, { subject, home }, { table, column, rowId: rowIdOf(row) }, field, held)
      values.set(column, value)
    }
    opened.push({ belonging, row, home, values })
  }
  return opened
}

/** Of a home, whoever is narrowed gets the devices they see, and nothing that does not say of which device it is. */
function isSeen({ tie, entry }: Belonging, row: Raw, homes: readonly SeenHome[]): boolean {
  if (tie !== 'home' || entry.path.to !== 'home') return true
  const { devices } =
    homes.find(({ home }) => home === row[entry.path.to === 'home' ? entry.path.column : '']) ?? {}
  if (devices === undefined) return true
  const column = entry.seen?.device
  return column !== undefined && devices.has(String(row[column]))
}

/** Whether a cell is the person's to have: never another person's id or what is said of another, never a proof. // pp.4.4.a */
function isTheirs(
  { tie, column: tied }: Belonging,
  row: Raw,
  column: string,
  field: Field,
  subject: SubjectId,
): boolean {
  if (isWithheld(field)) return false
  const isOfAnother = 'subject' in row && row.subject !== subject
  // Numbers that stand for a home inside the store never leave it.
  if (field.class === 'reference' && typeof row[column] !== 'string') return false
  if (field.class === 'reference') return field.to !== 'subject' || row[column] === subject
  // In the row of somebody else stands no more than that one is named there.
  if (isOfAnother && tie === 'named') return column === tied
  const isAboutMember = field.class === 'content' && field.category === 'user.household.member'
  return !isAboutMember || row.subject === subject
}

/** What proves who somebody is is told to nobody, not even to them. */
export function isWithheld(field: Field): boolean {
  if (field.class === 'credential') return true
  return (field.class === 'personal' || field.class === 'content') && field.category === 'user.credentials'
}

export function rowIdOf(row: Raw): string {
  return String(row.id ?? row.subject ?? row.home_id)
}

async function valueOf(
  db: Db<Facts>,
  { subject, home }: { readonly subject: SubjectId; readonly home: HomeId | undefined },
  cell: { readonly table: string; readonly column: string; readonly rowId: string },
  field: Field,
  held: unknown,
): Promise<unknown> {
  if (field.class === 'personal' || field.class === 'content') {
    const [purpose] = Object.keys(field.purposes) as Purpose[]
    if (purpose === undefined) throw new Error(`${cell.table}.${cell.column} has no purpose.`)
    const owner = field.seal === 'subject' || home === undefined ? { subject } : { home }
    return openCell(db, owner, cell, String(held), purpose)
  }
  return field.class === 'linked' && field.leaves !== undefined ? JSON.parse(String(held)) : held
}
