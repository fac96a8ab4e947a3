// Catches backups that live too long or not at all, that do not come by themselves, or that lie where they lead to their own keys.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { openTestStores } from '../store/testing.ts'
import { backupsIn, fileName, rotate } from './names.ts'
import { openTestBackups, shareAHome } from './testing.ts'

const dayMs = 24 * 60 * 60_000

test('vault backups live seven days and data backups are fourteen at most, and those of others are left alone', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  const { id } = own.at.stores.vault
  const foreign = [
    'eaves-aaaaaaaa-20200101T000000Z.vault',
    'notes.vault',
    'eaves-aaaaaaaa-20200101T000000Z.data',
  ]
  for (const folder of Object.values(own.folders)) {
    mkdirSync(folder)
    for (const name of foreign) writeFileSync(join(folder, name), 'of somebody else')
  }
  for (let day = 0; day < 20; day++) {
    for (const kind of ['data', 'vault'] as const)
      writeFileSync(join(own.folders[kind], fileName(id, own.clock.now(), kind)), '')
    await rotate(own.folders, id, own.clock.now())
    const vaults = await backupsIn(own.folders.vault, id, 'vault')
    assert.ok(vaults.every(({ atMs }) => atMs > own.clock.now() - 7 * dayMs))
    assert.equal(vaults.length, Math.min(day + 1, 7))
    assert.equal((await backupsIn(own.folders.data, id, 'data')).length, Math.min(day + 1, 14))
    own.clock.advance(dayMs)
  }
  await rotate(own.folders, id, own.clock.now())
  assert.equal((await backupsIn(own.folders.vault, id, 'vault')).length, 6, 'also when no new one is made')
  for (const folder of Object.values(own.folders))
    for (const name of foreign) assert.ok(existsSync(join(folder, name)), name)
  await own.backups.makeKit()
  const old = join(own.folders.vault, fileName(id, own.clock.now() - 8 * dayMs, 'vault'))
  writeFileSync(old, '')
  await own.backups.run()
  assert.equal(existsSync(old), false, 'a backup rotates')
})

test('once a day it runs by itself, erasures are noted at once, and a disk that is away stops nothing', async (t) => {
  const own = await openTestBackups(t)
  const { alice } = await shareAHome(own)
  await own.backups.makeKit()
  await own.backups.start()
  const count = async () => (await backupsIn(own.folders.data, own.at.stores.vault.id, 'data')).length
  const pass = async () => {
    await own.at.stores.jobs.runDue()
    for (let i = 0; i < 2000 && (await own.backups.state()).isRunning; i++)
      await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await pass()
  assert.equal(await count(), 0, 'not in the first minutes')
  own.clock.advance(10 * 60_000)
  await pass()
  assert.equal(await count(), 1)
  for (let hour = 0; hour < 30; hour++) {
    own.clock.advance(60 * 60_000)
    await pass()
  }
  assert.equal(await count(), 2)
  await own.at.stores.vault.destroyKey({ subject: alice })
  const list = join(
    own.folders.data,
    readdirSync(own.folders.data).find((name) => name.endsWith('.erased'))!,
  )
  for (let i = 0; i < 200 && !readFileSync(list, 'utf8').includes(alice); i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  assert.ok(readFileSync(list, 'utf8').includes(alice))
  rmSync(own.folders.data, { recursive: true })
  writeFileSync(own.folders.data, 'a file where the folder was')
  own.clock.advance(2 * dayMs)
  await pass()
  const { last } = await own.backups.state()
  assert.equal(last?.failed, 'backup.folder')
  rmSync(own.folders.data)
})

test('folders inside each other, inside the data, or beside its key are refused', async (t) => {
  clause('pp.5.1')
  const own = await openTestBackups(t)
  await own.backups.makeKit()
  const { dataDir, keyFile } = own.at.options
  const at = (name: string) => join(own.root, name)
  for (const [data, vault] of [
    [at('b'), at('b')],
    [at('b'), at('b/v')],
    [at('not/plugged/in'), at('v')],
    [join(dataDir, 'b'), at('v')],
    [at('b'), dirname(keyFile)],
    ['/proc/nowhere', at('v')],
  ] as const)
    await assert.rejects(own.backups.run({ data, vault }), { code: 'backup.folder' }, `${data} ${vault}`)
  const both = [
    own.backups.run({ data: at('x'), vault: at('y') }),
    own.backups.run({ data: at('x'), vault: at('y') }),
  ]
  const [first, second] = await Promise.allSettled(both)
  assert.equal(first!.status, 'fulfilled')
  assert.equal(second?.status === 'rejected' && second.reason.code, 'backup.running')
})

test(
  'with PostgreSQL it says what to use instead',
  { skip: process.env.EAVES_TEST_POSTGRES_URL === undefined && 'EAVES_TEST_POSTGRES_URL is not set' },
  async (t) => {
    const at = await openTestStores('postgres')
    t.after(() => at.end())
    const own = await openTestBackups(t, { stores: at.stores })
    await assert.rejects(own.backups.run(), { code: 'backup.postgres' })
    await assert.rejects(own.backups.makeKit(), { code: 'backup.postgres' })
    assert.equal((await own.backups.state()).isSupported, false)
  },
)
