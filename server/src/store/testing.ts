import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { CompiledQuery } from 'kysely'
import { newId } from '@eaves/model'
import type { Clock, Log } from '../deps.ts'
import type { Place } from './expiry.ts'
import { internalsOf } from './internals.ts'
import { openPostgres } from './postgres/database.ts'
import { openStores, type StoreOptions, type Stores } from './stores.ts'

export type Dialect = 'sqlite' | 'postgres'
/** Stores of one test in a folder, and on PostgreSQL a schema, of their own. */
export interface TestStores {
  readonly stores: Stores
  readonly options: StoreOptions
  /** Closes and opens again, as a restart does. */
  reopen(): Promise<Stores>
  /** Closes and removes everything. */
  end(): Promise<void>
}
export interface TestClock extends Clock {
  advance(byMs: number): void
}

export const quietLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

export function testClock(startMs = Date.UTC(2026, 0, 5, 12)): TestClock {
  let nowMs = startMs
  return { now: () => nowMs, advance: (byMs) => void (nowMs += byMs) }
}

/** The PostgreSQL that tests may use; unset = those tests are skipped and say so. */
export const postgresUrl = process.env.EAVES_TEST_POSTGRES_URL

export async function openTestStores(
  dialect: Dialect,
  over: Partial<StoreOptions> = {},
): Promise<TestStores> {
  const root = mkdtempSync(join(tmpdir(), 'eaves-stores-'))
  const schema = `t_${newId()}`
  const options: StoreOptions = {
    dataDir: join(root, 'data'),
    keyFile: join(root, 'data.key', 'kek'),
    clock: testClock(),
    log: quietLog,
    ...(dialect === 'postgres' ? { databaseUrl: withSchema(schema) } : {}),
    ...over,
  }
  let stores = await openStores(options)
  return {
    get stores() {
      return stores
    },
    options,
    reopen: async () => {
      await stores.close()
      stores = await openStores(options)
      return stores
    },
    end: async () => {
      await stores.close()
      rmSync(root, { recursive: true, force: true })
      if (dialect === 'postgres') await dropSchema(schema)
    },
  }
}

function withSchema(schema: string): string {
  const url = new URL(postgresUrl ?? 'postgresql://unset')
  url.searchParams.set('schema', schema)
  return url.href
}

async function dropSchema(schema: string): Promise<void> {
  const pool = await openPostgres(postgresUrl ?? '')
  await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  await pool.end()
}

/** Every byte of the files that the stores of a test keep. */
export function storedBytes({ options }: Pick<TestStores, 'options'>): Buffer {
  const files = readdirSync(dirname(options.dataDir), { recursive: true, withFileTypes: true })
  return Buffer.concat(
    files.filter((each) => each.isFile()).map((each) => readFileSync(join(each.parentPath, each.name))),
  )
}

/** Any query of any of the three stores, past every handle; ? stands for a value. */
export async function ask(
  stores: Stores,
  { store }: Pick<Place, 'store'>,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Record<string, unknown>[]> {
  const { facts, historyFile, vaultFile } = internalsOf(stores)
  const file = store === 'vault' ? vaultFile : store === 'history' ? historyFile : undefined
  if (file) return file.all(text, ...values)
  let n = 0
  const own = stores.dialect === 'postgres' ? text.replaceAll('?', () => `$${++n}`) : text
  return (await facts.executeQuery(CompiledQuery.raw(own, [...values]))).rows as Record<string, unknown>[]
}
const skipOf = (dialect: Dialect) =>
  dialect === 'postgres' && postgresUrl === undefined ? 'not run: EAVES_TEST_POSTGRES_URL is not set' : false

/** One test on each dialect, with stores of its own. */
export function onBothDialects(name: string, run: (at: TestStores, dialect: Dialect) => Promise<void>): void {
  for (const dialect of ['sqlite', 'postgres'] as const)
    void test(`${name} (${dialect})`, { skip: skipOf(dialect) }, async () => {
      const at = await openTestStores(dialect)
      try {
        await run(at, dialect)
      } finally {
        await at.end()
      }
    })
}
/** Several tests on each dialect, which open together what they need. */
export function describeOnBothDialects(name: string, tests: (dialect: Dialect) => void): void {
  for (const dialect of ['sqlite', 'postgres'] as const)
    void describe(`${name} on ${dialect}`, { skip: skipOf(dialect) }, () => tests(dialect))
}
