import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect, SqliteDialect } from 'kysely'
import type { Pool } from 'pg'
import type { Clock, Log } from '../deps.ts'
import { readKeyFile } from '../privacy/key-file.ts'
import { checkKeyFits, openVault, type Vault } from '../privacy/vault.ts'
import { createCopies, type Copies } from './copies.ts'
import { createErasure, type Erasure } from './erasure.ts'
import { fileNames as files } from './file-names.ts'
import { createExpiry, type Expiry } from './expiry.ts'
import { createDb, type Db } from './handle.ts'
import { createHistoryDb, type HistoryDb } from './history.ts'
import { createIntake, type Intake } from './intake.ts'
import { keepInternals } from './internals.ts'
import { Jobs } from './jobs.ts'
import { createLease, type Lease } from './lease.ts'
import { lockFolder } from './lock.ts'
import { openPostgres } from './postgres/database.ts'
import { historyEngine as postgresHistory } from './postgres/history.ts'
import { inspect as inspectPostgres, migrate as migratePostgres, versionOf } from './postgres/migrate.ts'
import { dataMap, type Facts } from './schema.ts'
import { Reserve, type Space } from './space.ts'
import { createStops, type Stops } from './stops.ts'
import { openSqlite, type SqliteFile } from './sqlite/database.ts'
import { historyEngine as sqliteHistory } from './sqlite/history.ts'
import { inspect as inspectSqlite, migrateToNewest as migrateSqlite } from './sqlite/migrate.ts'
import { StartError } from '../start-error.ts'
import { WalSync } from './sync.ts'

export { byPerson, byRuntime } from './access.ts'
export { StartError } from '../start-error.ts'
export {
  fileNames,
  lookInto,
  newestSchema,
  storeFiles,
  type Copies,
  type CopyFacts,
  type StoreFile,
} from './copies.ts'
export type { Erasure } from './erasure.ts'
export type { Expiry, Place } from './expiry.ts'
export type { Db, HomeHandle, InstanceHandle, PersonHandle } from './handle.ts'
export type {
  HistoryDb,
  HomeHistory,
  LiveRow,
  NewSample,
  RawPoints,
  RawQuery,
  SeriesMove,
  SeriesName,
} from './history.ts'
export type { Bucket, Grain, NewBuckets, RolledSeries, SeriesRows, StateBucket } from './rollups.ts'
export type { Intake } from './intake.ts'
export type { Job, JobHandler, Jobs, NewJob } from './jobs.ts'
export type { Lease } from './lease.ts'
export type { Facts, History } from './schema.ts'
export type { Space } from './space.ts'

export interface StoreOptions {
  readonly dataDir: string
  /** PostgreSQL instead of SQLite for facts and histories. */
  readonly databaseUrl?: string
  readonly keyFile: string
  readonly clock: Clock
  readonly log: Log
  readonly tenant?: string
}
export interface Stores {
  readonly facts: Db<Facts>
  readonly history: HistoryDb
  readonly vault: Vault
  readonly jobs: Jobs
  readonly lease: Lease
  readonly dialect: 'sqlite' | 'postgres'
  readonly space: Space
  readonly intake: Intake
  readonly erase: Erasure
  readonly expiry: Expiry
  /** What people have stopped; the stores find nobody there for it. */
  readonly stops: Stops
  /** Whole copies of the files for a backup; none on PostgreSQL, which has its own tools. */
  readonly copies: Copies | undefined
  close(): Promise<void>
}

/** Opens the data folder for this process alone. What is wrong with it ends in a StartError and nothing is touched. */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const { dataDir } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const undo: (() => void | Promise<void>)[] = [lockFolder(dataDir)]
  try {
    const path = (name: keyof typeof files) => join(dataDir, files[name])
    for (const name of ['facts', 'history', 'vault'] as const) inspectSqlite(path(name), files[name])
    const pool = options.databaseUrl === undefined ? undefined : await openPostgres(options.databaseUrl)
    if (pool) {
      undo.push(() => pool.end())
      await inspectPostgres(pool)
    }
    const hasVault = hasContent(path('vault'))
    const hasFacts = pool ? (await versionOf(pool)) > 0 : hasContent(path('facts'))
    if (hasFacts && !hasVault)
      throw new StartError(
        `The vault ${path('vault')} is missing, and without it the data cannot be read. Put the file back; nothing has been changed.`,
      )
    const reserve = new Reserve(dataDir, options.log)
    const mark = join(dataDir, 'store')
    sameStore(mark, pool === undefined ? 'sqlite' : 'postgres')
    const key = readKeyFile(options.keyFile, hasVault)
    const vaultFile = openSqlite(path('vault'), { synchronous: 'FULL', onFull: () => reserve.release() })
    undo.push(() => vaultFile.close())
    const vault = await unlock(vaultFile, key, options)
    if (!hasFacts && vaultFile.get('SELECT 1 FROM "key" LIMIT 1') !== undefined)
      throw new StartError(
        `The vault ${path('vault')} has keys, but ${pool ? 'the database is empty' : `${path('facts')} is missing`}: starting would make a new, unclaimed household beside them. Put the database back, or move the whole data folder away to begin anew; nothing has been changed.`,
      )
    reserve.start()
    undo.push(() => reserve.stop())
    const opened = pool
      ? await openFactsInPostgres(pool, options)
      : await openFactsInSqlite(path('facts'), path('history'), reserve, options)
    undo.push(opened.close)
    const stores = assemble({ ...opened, pool, vault, vaultFile, reserve, undo }, options)
    await pair(stores)
    writeFileSync(mark, stores.dialect, { mode: 0o600 })
    return stores
  } catch (error) {
    for (const step of undo.toReversed()) await step()
    throw error
  }
}

/** A folder whose facts are in PostgreSQL would open as an empty household without its setting. */
function sameStore(mark: string, dialect: Stores['dialect']): void {
  const kept = existsSync(mark) ? readFileSync(mark, 'utf8').trim() : dialect
  if (kept === dialect) return
  throw new StartError(
    kept === 'postgres'
      ? 'The data of this folder is in PostgreSQL. Set EAVES_DATABASE_URL as before; nothing has been changed.'
      : 'The data of this folder is in SQLite files. Start without EAVES_DATABASE_URL, or use another data folder; nothing has been changed.',
  )
}

function hasContent(path: string): boolean {
  return existsSync(path) && statSync(path).size > 0
}

async function unlock(
  file: SqliteFile,
  keyEncryptionKey: Uint8Array,
  { clock, tenant = 'main' }: StoreOptions,
): Promise<Vault> {
  const isNew = file.get(`SELECT 1 FROM sqlite_schema WHERE name = 'check_value'`) === undefined
  if (!isNew) checkKeyFits(file, keyEncryptionKey)
  await migrateSqlite(file, 'vault', files.vault, clock.now())
  return openVault({ file, keyEncryptionKey, tenant, clock })
}

interface OpenedFacts {
  readonly kysely: Kysely<unknown>
  readonly history: Parameters<typeof createHistoryDb>[0]['engine']
  readonly factsFile?: SqliteFile
  readonly historyFile?: SqliteFile
  readonly close: () => Promise<void>
}

async function openFactsInSqlite(
  factsPath: string,
  historyPath: string,
  reserve: Reserve,
  { clock, log }: StoreOptions,
): Promise<OpenedFacts> {
  const onFull = () => reserve.release()
  const factsFile = openSqlite(factsPath, { synchronous: 'FULL', onFull })
  // Histories never eat the reserve: it is for commands and the ledger.
  const historyFile = openSqlite(historyPath, {
    synchronous: 'NORMAL',
    onFull: () => (onFull(), false),
    shrinks: true,
  })
  await migrateSqlite(factsFile, 'facts', files.facts, clock.now())
  await migrateSqlite(historyFile, 'history', files.history, clock.now())
  const sync = new WalSync(historyPath, log)
  sync.start()
  const kysely = new Kysely<unknown>({ dialect: new SqliteDialect({ database: factsFile.kysely }) })
  return {
    kysely,
    factsFile,
    historyFile,
    history: sqliteHistory(factsFile, historyFile, sync.mark),
    close: async () => {
      await sync.stop()
      await kysely.destroy()
      factsFile.close()
      historyFile.close()
    },
  }
}

async function openFactsInPostgres(pool: Pool, { clock }: StoreOptions): Promise<OpenedFacts> {
  await migratePostgres(pool, clock.now())
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return { kysely, history: postgresHistory(pool), close: async () => undefined }
}

interface Parts extends OpenedFacts {
  readonly pool: Pool | undefined
  readonly vault: Vault
  readonly vaultFile: SqliteFile
  readonly reserve: Reserve
  readonly undo: readonly (() => void | Promise<void>)[]
}

function assemble(
  { kysely, history, factsFile, historyFile, pool, vault, vaultFile, reserve, undo }: Parts,
  { clock, log }: StoreOptions,
): Stores {
  const dialect = pool ? 'postgres' : 'sqlite'
  const stops = createStops()
  const intake = createIntake()
  const facts = createDb<Facts>({ kysely, map: dataMap.facts, vault, stops, intake })
  const jobs = new Jobs({ facts, dialect, clock, log, random: Math.random })
  const stores: Stores = {
    facts,
    vault,
    jobs,
    dialect,
    history: createHistoryDb({ engine: history, map: dataMap.history, vault, space: reserve, intake }),
    lease: createLease(facts, clock),
    space: reserve,
    stops,
    intake,
    erase: createErasure(
      [factsFile, historyFile].filter((file) => file !== undefined),
      vaultFile,
    ),
    expiry: createExpiry({ facts: kysely, dialect, historyFile, vaultFile, engine: history }),
    copies:
      factsFile && historyFile
        ? createCopies({ facts: factsFile, history: historyFile, vault: vaultFile })
        : undefined,
    close: async () => {
      await jobs.stop()
      for (const step of undo.toReversed()) await step()
    },
  }
  keepInternals(stores, { facts: kysely, factsFile, historyFile, vaultFile, pool })
  return stores
}

// A database beside another vault would open nothing, and writing to it would mix two households.
async function pair({ facts, vault }: Stores): Promise<void> {
  const db = facts.as({
    scope: { instance: true },
    actor: { kind: 'system', part: 'start' },
    purpose: 'service.core',
  })
  await db
    .insertInto('instance')
    .values({ key: 'vault', value: vault.id })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute()
  const { value } = await db
    .selectFrom('instance')
    .select('value')
    .where('key', '=', 'vault')
    .executeTakeFirstOrThrow()
  if (value !== vault.id)
    throw new StartError(
      'This vault belongs to another database. Put back the vault that was made with this database; nothing has been changed.',
    )
}
