// Catches a start on data or a vault of before an erasure, and one refused though an erasure only broke off.
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { settleStores } from '../backup/settle.ts'
import { keepEpochNoted, noteEpoch, refuseBehind } from './epochs.ts'
import { internalsOf } from './internals.ts'
import { openStores, type Stores } from './stores.ts'
import { quietLog, testClock } from './testing.ts'
import { writeHome } from './testing/residue-home.ts'
import { writePerson } from './testing/residue-person.ts'

interface Opened {
  stores: Stores
  readonly dir: string
  /** Puts a file of before in the place of the one of now, and opens the folder again. */
  readonly putBack: (name: string, copy: string) => Promise<void>
}
async function opened(t: TestContext): Promise<Opened> {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-epochs-'))
  const options = {
    dataDir: join(dir, 'data'),
    keyFile: join(dir, 'data.key', 'kek'),
    clock: testClock(),
    log: quietLog,
  }
  const at: Opened = {
    dir,
    stores: await openStores(options),
    putBack: async (name, copy) => {
      await at.stores.close()
      const path = join(options.dataDir, name)
      for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true })
      copyFileSync(copy, path)
      at.stores = await openStores(options)
    },
  }
  t.after(async () => {
    await at.stores.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return at
}

test('data of before an erasure beside the vault of now is refused, and starts once the erasure was carried out again', async (t) => {
  clause('pp.ret.2')
  const at = await opened(t)
  const [bob, home] = [newId<SubjectId>(), newId<HomeId>()]
  await writePerson(at.stores, bob)
  await writeHome(at.stores, home, bob)
  await keepEpochNoted(at.stores)
  const copy = join(at.dir, 'copy')
  await at.stores.copies!.copy('facts', copy)
  await at.stores.vault.destroyKey({ home })
  internalsOf(at.stores).factsFile!.run('DELETE FROM home')
  await refuseBehind(at.stores)
  await at.putBack('eaves.db', copy)
  const { stores } = at
  await assert.rejects(refuseBehind(stores), {
    name: 'StartError',
    message: /data is older than the vault.*1 people or homes.*newest data.*eaves replay.*eaves restore/s,
  })
  await settleStores(stores, testClock(), quietLog)
  await refuseBehind(stores)
  assert.deepEqual(internalsOf(stores).factsFile!.all('SELECT 1 FROM home'), [])
})

test('a vault of before an erasure beside the data of now is refused: keys would be back', async (t) => {
  clause('pp.ret.2')
  const at = await opened(t)
  const bob = newId<SubjectId>()
  await at.stores.vault.createKey({ subject: bob })
  const copy = join(at.dir, 'copy')
  await at.stores.copies!.copy('vault', copy)
  await at.stores.vault.destroyKey({ subject: bob })
  await noteEpoch(at.stores)
  await at.putBack('vault.db', copy)
  const { stores } = at
  assert.equal(await stores.vault.hasKey({ subject: bob }), true)
  await assert.rejects(refuseBehind(stores), { name: 'StartError', message: /vault is older than the data/ })
})

test('an erasure that broke off before it was noted, and a key that nobody had used, stop no start', async (t) => {
  const at = await opened(t)
  const [bob, nobody] = [newId<SubjectId>(), newId<SubjectId>()]
  await writePerson(at.stores, bob)
  await noteEpoch(at.stores)
  internalsOf(at.stores).factsFile!.run('UPDATE account SET closed_at = 1 WHERE subject = ?', bob)
  await at.stores.vault.createKey({ subject: nobody })
  for (const subject of [bob, nobody]) await at.stores.vault.destroyKey({ subject })
  await refuseBehind(at.stores)
})
