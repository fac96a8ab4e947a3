import { sql } from 'kysely'
import { internalsOf } from './internals.ts'
import { dataMap, mapRows } from './schema.ts'
import type { SqliteFile } from './sqlite/database.ts'
import type { Stores } from './stores.ts'

export interface LiveColumn {
  readonly store: 'facts' | 'history' | 'vault'
  readonly table: string
  readonly column: string
}
const historyTables = new Set(Object.keys(dataMap.history))

/** Every column that the live stores have, read from their catalogues: generated and hidden ones, views and shadow tables too. */
export async function liveColumns(stores: Stores): Promise<readonly LiveColumn[]> {
  const { factsFile, historyFile, vaultFile, pool } = internalsOf(stores)
  const found: LiveColumn[] = sqliteColumns(vaultFile, 'vault')
  if (factsFile && historyFile)
    found.push(...sqliteColumns(factsFile, 'facts'), ...sqliteColumns(historyFile, 'history'))
  if (pool) {
    const { rows } = await pool.query<{ table: string; column: string }>(`
      SELECT c.relname AS "table", a.attname AS "column" FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, a.attnum`)
    found.push(
      ...rows.map((row) => ({ store: historyTables.has(row.table) ? 'history' : 'facts', ...row }) as const),
    )
  }
  return found
}

function sqliteColumns(file: SqliteFile, store: LiveColumn['store']): LiveColumn[] {
  return file
    .all<{ table: string; column: string }>(`
    SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t JOIN pragma_table_xinfo(t.name) c
    WHERE t.type IN ('table', 'view') AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, c.cid`)
    .map(({ table, column }) => ({ store, table, column }))
}

/** Things of a database that hold or change data without being a table: none is expected. */
export async function hiddenObjects(stores: Stores): Promise<readonly string[]> {
  const { factsFile, historyFile, vaultFile, pool } = internalsOf(stores)
  const inFiles = [factsFile, historyFile, vaultFile]
    .filter((file) => file !== undefined)
    .flatMap((file) =>
      file.all<{ name: string }>(
        `SELECT type || ' ' || name AS name FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR sql LIKE 'CREATE VIRTUAL%'`,
      ),
    )
  const inPostgres = pool
    ? (
        await pool.query<{
          name: string
        }>(`SELECT 'trigger ' || tgname AS name FROM pg_catalog.pg_trigger WHERE NOT tgisinternal AND tgrelid IN (SELECT oid FROM pg_catalog.pg_class WHERE relnamespace = current_schema()::regnamespace)
    UNION ALL SELECT 'function ' || proname FROM pg_catalog.pg_proc WHERE pronamespace = current_schema()::regnamespace`)
      ).rows
    : []
  return [...inFiles, ...inPostgres].map(({ name }) => name)
}

/** What stands in the stores and not in the data map, the reverse, and what could hold data unseen; a line each. // pp.0 */
export async function unmapped(stores: Stores): Promise<readonly string[]> {
  const nameOf = ({ store, table, column }: LiveColumn) => `${store}.${table}.${column}`
  const live = new Set((await liveColumns(stores)).map(nameOf))
  const mapped = new Set(mapRows().map(nameOf))
  return [
    ...[...live]
      .filter((name) => !mapped.has(name))
      .map((name) => `${name}: in the store and not in the data map`),
    ...[...mapped]
      .filter((name) => !live.has(name))
      .map((name) => `${name}: in the data map and not in the store`),
    ...(await hiddenObjects(stores)).map((name) => `${name}: could hold or change data unseen`),
  ]
}

/** The schema as text, equal for equal schemas: the committed dumps are compared with it. */
export async function dumpSchema(stores: Stores): Promise<string> {
  const { factsFile, historyFile, vaultFile, facts } = internalsOf(stores)
  if (factsFile && historyFile)
    return [
      ['eaves.db', factsFile],
      ['history.db', historyFile],
      ['vault.db', vaultFile],
    ]
      .map(([name, file]) => `-- ${name as string}\n${sqliteDump(file as SqliteFile)}`)
      .join('\n')
  const tables = await sql<{ name: string; columns: string }>`
    SELECT c.relname AS name, string_agg('  ' || quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), ''), E',\n' ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.relname ORDER BY c.relname COLLATE "C"`.execute(
    facts,
  )
  const indexes = await sql<{ text: string }>`
    SELECT replace(indexdef, quote_ident(schemaname) || '.', '') AS text FROM pg_catalog.pg_indexes WHERE schemaname = current_schema() ORDER BY indexname COLLATE "C"`.execute(
    facts,
  )
  return [
    ...tables.rows.map(({ name, columns }) => `CREATE TABLE ${name} (\n${columns}\n);`),
    ...indexes.rows.map(({ text }) => `${text};`),
    '',
  ].join('\n')
}

function sqliteDump(file: SqliteFile): string {
  return file
    .all<{ sql: string }>(`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name`)
    .map((row) => `${row.sql};\n`)
    .join('')
}
