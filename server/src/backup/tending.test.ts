// Catches keys that outlive their seven days, good copies pushed out by bad ones, and an erasure that the list beside the copies misses.
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { internalsOf } from '../store/internals.ts'
import { quietLog } from '../store/testing.ts'
import { writeHome } from '../store/testing/residue-home.ts'
import { writePerson } from '../store/testing/residue-person.ts'
import { erasedLogName, keepErased, logKey, readErased } from './erased-log.ts'
import { openTestBackups, type TestBackups } from './testing.ts'

const dayMs = 24 * 60 * 60_000
const named = (folder: string, end: string) => readdirSync(folder).filter((name) => name.endsWith(end))

async function pass({ at, backups }: TestBackups): Promise<void> {
  await at.stores.jobs.runDue()
  for (let i = 0; i < 2000 && (await backups.state()).isRunning; i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
}

test('a backup of the vault goes after seven days although every backup since has failed', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  await own.backups.makeKit()
  await own.backups.start()
  await own.backups.run()
  assert.equal(named(own.folders.vault, '.vault').length, 1)
  rmSync(own.folders.data, { recursive: true })
  writeFileSync(own.folders.data, 'a file where the disk was')
  own.clock.advance(7 * dayMs + 1_000)
  await pass(own)
  assert.equal((await own.backups.state()).last?.failed, 'backup.folder')
  assert.deepEqual(named(own.folders.vault, '.vault'), [])
})

test('backups that cannot be restored push out none that can; the last of them stays', async (t) => {
  const own = await openTestBackups(t)
  const home = newId<HomeId>()
  await writeHome(own.at.stores, home, newId<SubjectId>())
  await own.backups.makeKit()
  const good: string[] = []
  for (let i = 0; i < 2; i++) {
    good.push((await own.backups.run()).data)
    own.clock.advance(60_000)
  }
  internalsOf(own.at.stores).factsFile!.run('UPDATE home SET name = ? WHERE home_id = ?', 'v1.nonsense', home)
  for (let i = 0; i < 15; i++) {
    await assert.rejects(own.backups.run(), { code: 'backup.rehearsal' })
    own.clock.advance(60_000)
  }
  const there = named(own.folders.data, '.data').map((name) => join(own.folders.data, name))
  for (const each of good) assert.ok(existsSync(each), each)
  assert.equal(there.length, 3)
})

test('into folders named once by hand the same holds: the vault goes after its time, and erasures are noted', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t, { folders: undefined })
  const subject = newId<SubjectId>()
  await writePerson(own.at.stores, subject)
  await own.backups.makeKit()
  await own.backups.start()
  await own.backups.run(own.folders)
  const { vault } = own.at.stores
  await vault.destroyKey({ subject })
  const key = logKey(await vault.ownKey('backup', () => new Uint8Array(32)))
  for (const folder of Object.values(own.folders)) {
    const list = () => readErased(join(folder, erasedLogName(vault.id)), vault.id, key)
    for (let i = 0; i < 200 && (await list())?.length !== 1; i++)
      await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal((await list())?.[0]?.id, subject)
  }
  own.clock.advance(7 * dayMs - 3_600_000)
  await pass(own)
  assert.equal(named(own.folders.vault, '.vault').length, 1)
  own.clock.advance(2 * 3_600_000)
  await pass(own)
  assert.deepEqual(named(own.folders.vault, '.vault'), [])
  assert.equal(named(own.folders.data, '.data').length, 1)
})

test('half a line that a power cut left takes no later erasure with it, and a folder that is away none from another', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  const { id } = own.at.stores.vault
  const key = logKey(new Uint8Array(32))
  const folder = join(own.root, 'list')
  mkdirSync(folder)
  const gone = [1, 2, 3].map((epoch) => ({ id: newId<SubjectId>() as string, epoch, at: epoch }))
  await keepErased(folder, id, key, gone.slice(0, 1))
  appendFileSync(join(folder, erasedLogName(id)), '{"epoch":2,"id":"')
  await keepErased(folder, id, key, gone)
  assert.deepEqual(await readErased(join(folder, erasedLogName(id)), id, key), gone)

  await own.backups.makeKit()
  await own.backups.start()
  await own.backups.run()
  rmSync(own.folders.data, { recursive: true })
  const subject = newId<SubjectId>()
  await own.at.stores.vault.createKey({ subject })
  await own.at.stores.vault.destroyKey({ subject })
  const ownKey = logKey(await own.at.stores.vault.ownKey('backup', () => new Uint8Array(32)))
  const list = () => readErased(join(own.folders.vault, erasedLogName(id)), id, ownKey)
  for (let i = 0; i < 200 && (await list())?.length !== 1; i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  assert.equal((await list())?.[0]?.id, subject)
})

test('a rehearsal that a crash cut short is told as one that failed', async (t) => {
  const own = await openTestBackups(t)
  await own.backups.makeKit()
  await own.backups.run()
  internalsOf(own.at.stores).factsFile!.run('UPDATE backup_run SET rehearsed_at = NULL, restore_ms = NULL')
  await own.backups.start()
  const { last, lastGood } = await own.backups.state()
  assert.equal(last?.rehearsal?.failed, 'backup.cut-short')
  assert.equal(lastGood, undefined)
})

test('folders that are set where no backup can be made are not passed over in silence', async (t) => {
  const said: unknown[] = []
  const log = { ...quietLog, warn: (_: string, about: unknown) => void said.push(about) }
  const seed = await openTestBackups(t)
  const own = await openTestBackups(t, { stores: { ...seed.at.stores, copies: undefined }, log })
  await own.backups.start()
  assert.deepEqual(said, [{ code: 'backup.postgres' }])
})

test('a folder that was used and is gone is not made anew: its disk is away', async (t) => {
  const own = await openTestBackups(t)
  await own.backups.makeKit()
  await own.backups.run()
  rmSync(own.folders.vault, { recursive: true })
  await assert.rejects(own.backups.run(), { code: 'backup.folder', message: /was there before/ })
  assert.equal(existsSync(own.folders.vault), false)
  const other = join(own.root, 'another')
  await own.backups.run({ data: own.folders.data, vault: other })
  assert.equal(named(other, '.vault').length, 1)
})
