import type { Pool, PoolClient } from 'pg'
import { StartError } from '../../start-error.ts'

const int8 = 20
const schemaPattern = /^[a-z_][a-z0-9_]{0,62}$/

/** Opens a pool; `?schema=name` in the URL selects a schema of that name and makes it when it is missing. */
export async function openPostgres(databaseUrl: string): Promise<Pool> {
  // Loaded late: a hub on SQLite never pays for it.
  const { default: pg } = await import('pg')
  const url = new URL(databaseUrl)
  const schema = url.searchParams.get('schema')
  url.searchParams.delete('schema')
  if (schema !== null && !schemaPattern.test(schema))
    throw new StartError(
      'The schema named in EAVES_DATABASE_URL is not a plain lower-case name. Correct it and start again.',
    )
  const pool = new pg.Pool({
    connectionString: url.href,
    max: 10,
    keepAlive: true,
    ...(schema === null ? {} : { options: `-c search_path=${schema}` }),
    // Counts and instants stay far below 2^53.
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        oid === int8
          ? Number
          : format === 'binary'
            ? pg.types.getTypeParser(oid, 'binary')
            : pg.types.getTypeParser(oid, 'text'),
    },
  })
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  try {
    await pool.query(schema === null ? 'SELECT 1' : `CREATE SCHEMA IF NOT EXISTS ${schema}`)
  } catch (error) {
    await pool.end()
    throw new StartError(
      'The database named by EAVES_DATABASE_URL cannot be reached. Check its address, user and password, and that it is running.',
      { cause: error },
    )
  }
  return pool
}

export async function inTransaction<R>(pool: Pool, fn: (client: PoolClient) => Promise<R>): Promise<R> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await fn(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
