// Catches a start that goes on with a wrong key, a damaged or newer store or beside another process, and an acknowledged row that a kill loses.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { test, type TestContext } from 'node:test'
import { clause } from '@eaves/policy'
import { migrations } from './migrations/list.ts'
import { newest } from './migrations/newest.ts'
import { openSqlite } from './sqlite/database.ts'
import { migrate } from './sqlite/migrate.ts'
import { openStores, StartError, type StoreOptions } from './stores.ts'
import { quietLog, testClock } from './testing.ts'

async function closedStores(t: TestContext): Promise<StoreOptions> {
  const root = mkdtempSync(join(tmpdir(), 'eaves-start-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const options = {
    dataDir: join(root, 'data'),
    keyFile: join(root, 'data.key', 'kek'),
    clock: testClock(),
    log: quietLog,
  }
  await (await openStores(options)).close()
  return options
}
const fingerprint = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name !== 'lock.db')
    .toSorted()
    .map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ])

/** The start is refused with words that name the trouble, and the folder is as it was. */
async function refused(options: StoreOptions, words: RegExp): Promise<void> {
  const before = fingerprint(options.dataDir)
  await assert.rejects(
    openStores(options),
    (error) => error instanceof StartError && words.test(error.message),
  )
  assert.deepEqual(fingerprint(options.dataDir), before)
}

test('the first start makes a key that nobody else can read', async (t) => {
  clause('pp.5.1')
  const { keyFile, dataDir } = await closedStores(t)
  assert.equal(statSync(keyFile).mode & 0o777, 0o600)
  assert.equal(statSync(dirname(keyFile)).mode & 0o777, 0o700)
  assert.equal(statSync(dataDir).mode & 0o777, 0o700)
})

test('a missing key file stops the start and is not made anew', async (t) => {
  clause('pp.5.1')
  const options = await closedStores(t)
  rmSync(options.keyFile)
  await refused(options, /key file .* is missing/)
  assert.equal(existsSync(options.keyFile), false)
})

test('a key file of another vault, with no key in it, or open to others stops the start', async (t) => {
  clause('pp.5.1')
  const options = await closedStores(t)
  const right = readFileSync(options.keyFile)
  writeFileSync(options.keyFile, `${randomBytes(32).toString('base64url')}\n`)
  await refused(options, /does not belong to this vault/)
  writeFileSync(options.keyFile, 'not a key')
  await refused(options, /does not hold a key/)
  writeFileSync(options.keyFile, right)
  chmodSync(options.keyFile, 0o640)
  await refused(options, /chmod 600/)
  chmodSync(options.keyFile, 0o600)
  await (await openStores(options)).close()
})

test('a missing or foreign vault stops the start', async (t) => {
  const options = await closedStores(t)
  const vault = join(options.dataDir, 'vault.db')
  renameSync(vault, `${vault}.aside`)
  await refused(options, /vault .* is missing/)
  const other = await closedStores(t)
  renameSync(join(other.dataDir, 'vault.db'), vault)
  await assert.rejects(
    openStores({ ...options, keyFile: other.keyFile }),
    (error) => error instanceof StartError && /another database/.test(error.message),
  )
})

test('a folder whose facts are in PostgreSQL does not open as an empty household', async (t) => {
  const options = await closedStores(t)
  writeFileSync(join(options.dataDir, 'store'), 'postgres')
  await refused(options, /in PostgreSQL.*EAVES_DATABASE_URL/)
})

test('a damaged or newer store stops the start and is not touched', async (t) => {
  for (const name of ['eaves.db', 'history.db', 'vault.db']) {
    const options = await closedStores(t)
    const path = join(options.dataDir, name)
    const db = new DatabaseSync(path)
    db.exec('PRAGMA user_version = 99')
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    db.close()
    await refused(options, new RegExp(`${name} was written by a newer version`))
    const bytes = readFileSync(path)
    writeFileSync(path, Buffer.concat([Buffer.from('garbage garbage '), bytes.subarray(16)]))
    await refused(options, new RegExp(`${name} is damaged`))
    writeFileSync(path, Buffer.concat([bytes.subarray(0, 4096), randomBytes(bytes.length - 4096)]))
    await refused(options, new RegExp(`${name} is damaged`))
    writeFileSync(path, bytes.subarray(0, 5000))
    await refused(options, new RegExp(`${name} is damaged`))
  }
})

test('the newest migration is the last of the list: else a start would leave out what it does not read', () => {
  assert.equal(newest, migrations.at(-1)?.number)
  assert.deepEqual(
    migrations.map(({ number }) => number),
    migrations.map(({ number }) => number).toSorted((a, b) => a - b),
  )
})

test('an older store is copied aside before it is changed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'eaves-aside-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = openSqlite(join(folder, 'eaves.db'), { synchronous: 'FULL' })
  const step = (number: number, statement: string) => ({
    number,
    name: `n${number}`,
    breaking: false,
    facts: () => [statement],
    history: () => [],
    vault: () => [],
  })
  const first = step(1, 'CREATE TABLE migration (number integer, name text, at integer, breaking integer)')
  migrate(file, 'facts', 'eaves.db', 1, [first])
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.includes('before')),
    [],
  )
  assert.throws(() =>
    migrate(file, 'facts', 'eaves.db', 1, [
      first,
      step(2, 'CREATE TABLE ok (a)'),
      step(3, 'CREATE nonsense'),
    ]),
  )
  assert.equal(file.get<{ user_version: number }>('PRAGMA user_version')?.user_version, 1)
  assert.equal(file.get(`SELECT 1 FROM sqlite_schema WHERE name = 'ok'`), undefined)
  migrate(file, 'facts', 'eaves.db', 2, [first, step(2, 'CREATE TABLE added (a)')])
  file.close()
  const copy = new DatabaseSync(join(folder, 'eaves.db.before-2'))
  assert.deepEqual(
    copy
      .prepare('SELECT name FROM sqlite_schema')
      .all()
      .map((row) => row.name),
    ['migration'],
  )
  copy.close()
})

const child = (options: StoreOptions) => `
  const { openStores } = await import(${JSON.stringify(new URL('stores.ts', import.meta.url).href)})
  const silent = () => undefined
  const stores = await openStores({ dataDir: ${JSON.stringify(options.dataDir)}, keyFile: ${JSON.stringify(options.keyFile)}, clock: { now: () => 1 }, log: { debug: silent, info: silent, warn: silent, error: silent } })
  const db = stores.facts.as({ scope: { instance: true }, actor: { kind: 'system', part: 'start' }, purpose: 'service.core' })
  for (let i = 0; ; i++) {
    await db.insertInto('instance').values({ key: 'row-' + i, value: 'x' }).execute()
    process.stdout.write(i + '\\n')
  }`

test('a second process is refused, and a kill loses no acknowledged row', { timeout: 30_000 }, async (t) => {
  const options = await closedStores(t)
  for (let round = 0; round < 3; round++) {
    const worker = spawn(process.execPath, ['--input-type=module', '-e', child(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    t.after(() => worker.kill('SIGKILL'))
    const ended = new Promise((resolve) => worker.once('exit', resolve))
    let acknowledged = -1
    const lines = createInterface({ input: worker.stdout })
    for await (const line of lines) {
      acknowledged = Number(line)
      if (acknowledged === 40)
        await assert.rejects(
          openStores(options),
          (error) => error instanceof StartError && /already using the data folder/.test(error.message),
        )
      if (acknowledged >= 60) worker.kill('SIGKILL')
    }
    await ended
    const stores = await openStores(options)
    const db = stores.facts.as({
      scope: { instance: true },
      actor: { kind: 'system', part: 'start' },
      purpose: 'service.core',
    })
    const rows = await db.selectFrom('instance').select('key').where('key', 'like', 'row-%').execute()
    const kept = new Set(rows.map(({ key }) => key))
    for (let i = 0; i <= acknowledged; i++)
      assert.ok(kept.has(`row-${i}`), `row ${i} of ${acknowledged} is lost`)
    await db.deleteFrom('instance').where('key', 'like', 'row-%').execute()
    await stores.close()
  }
})
