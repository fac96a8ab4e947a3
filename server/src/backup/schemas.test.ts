// Catches a backup of an older shape that does not grow on its way back, and one of a newer shape that is let in.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { openVault } from '../privacy/vault.ts'
import { createCopies, newestSchema, type Copies } from '../store/copies.ts'
import { fileNames } from '../store/file-names.ts'
import { internalsOf } from '../store/internals.ts'
import { migrations } from '../store/migrations/list.ts'
import { openSqlite } from '../store/sqlite/database.ts'
import { migrate } from '../store/sqlite/migrate.ts'
import { openStores } from '../store/stores.ts'
import { quietLog } from '../store/testing.ts'
import { keepErased, logKey } from './erased-log.ts'
import { kitBytes, kitKey, kitText, readKit } from './kit.ts'
import { planRestore, restore } from './restore.ts'
import { openTestBackups } from './testing.ts'
import { writeData, writeVault, type WriteParts } from './write.ts'

const oldSchema = 9

/** A pair of backups as a program of then would have made it. */
async function backupOfThen(t: TestContext, change: (copies: Copies) => Copies = (same) => same) {
  const own = await openTestBackups(t)
  const dir = join(own.root, 'then')
  for (const folder of [dir, ...Object.values(own.folders)]) mkdirSync(folder)
  const fileOf = (store: keyof typeof fileNames) => {
    const file = openSqlite(join(dir, fileNames[store]), { synchronous: 'FULL' })
    const known = migrations.filter(({ number }) => number <= oldSchema)
    migrate(file, store, fileNames[store], own.clock.now(), known)
    return file
  }
  const files = { facts: fileOf('facts'), history: fileOf('history'), vault: fileOf('vault') }
  const kek = randomBytes(32)
  const keyFile = join(dir, 'kek')
  writeFileSync(keyFile, `${kek.toString('base64url')}\n`, { mode: 0o600 })
  const vault = openVault({ file: files.vault, keyEncryptionKey: kek, tenant: 'main', clock: own.clock })
  files.facts.run("INSERT INTO instance (key, value) VALUES ('vault', ?)", vault.id)
  const backupKey = await vault.ownKey('backup', () => randomBytes(32))
  const kit = kitText(randomBytes(kitBytes))
  const parts: WriteParts = {
    copies: change(createCopies(files)),
    scratch: join(dir, 'scratch'),
    instance: vault.id,
    version: '0.0.1',
    nowMs: own.clock.now(),
    epoch: 0,
    signal: new AbortController().signal,
  }
  const { key, mark } = readKit(kit)
  const secrets = {
    dataDir: dir,
    keyFile,
    authorityDir: join(dir, 'tls'),
    backupKey,
    kit: kitKey(key),
    mark,
  }
  mkdirSync(secrets.authorityDir)
  writeFileSync(join(secrets.authorityDir, 'ca.key'), 'the key of the authority')
  const data = await writeData(parts, own.folders.data, backupKey)
  const { path } = await writeVault(parts, own.folders.vault, secrets)
  await keepErased(own.folders.data, vault.id, logKey(backupKey), [])
  vault.close()
  files.facts.close()
  files.history.close()
  return own.wish({ data: data.path, vault: path }, kit, 'bare')
}

test('a backup of an older shape grows into the one of now, and the hub’s own authority comes along', async (t) => {
  const wish = await backupOfThen(t)
  const planned = await planRestore(wish)
  assert.deepEqual([planned.plan.schema, planned.plan.newestSchema], [oldSchema, newestSchema])
  await restore(wish, planned)
  const { dataDir, keyFile, clock } = wish
  const stores = await openStores({ dataDir, keyFile, clock, log: quietLog, tenant: 'main' })
  t.after(() => stores.close())
  assert.equal(stores.copies!.schema('facts'), newestSchema)
  assert.deepEqual(internalsOf(stores).factsFile!.all('SELECT * FROM backup_run'), [])
  assert.equal(readFileSync(join(wish.authorityDir, 'ca.key'), 'utf8'), 'the key of the authority')
})

test('a backup of a newer shape than this program knows is refused by name', async (t) => {
  const wish = await backupOfThen(t, (copies) => ({ ...copies, schema: () => newestSchema + 1 }))
  await assert.rejects(planRestore(wish), { code: 'backup.newer', message: /Eaves 0\.0\.1/ })
})
