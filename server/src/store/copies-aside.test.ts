// Catches keys and rows of the erased that live on in what an update has put aside.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { copiesAsideMs } from './erasure.ts'
import { internalsOf } from './internals.ts'
import { openTestStores } from './testing.ts'

test('with a destroyed key every copy of the vault goes that an update has put aside', async (t) => {
  clause('pp.ret.2')
  const at = await openTestStores('sqlite')
  t.after(() => at.end())
  const { vault } = at.stores
  const subject = newId<SubjectId>()
  await vault.createKey({ subject })
  const copy = join(at.options.dataDir, 'vault.db.before-2')
  internalsOf(at.stores).vaultFile.run('VACUUM INTO ?', copy)
  assert.ok(readFileSync(copy).includes(subject))
  await vault.destroyKey({ subject })
  assert.equal(existsSync(copy), false)
  internalsOf(at.stores).vaultFile.run('VACUUM INTO ?', copy)
  await vault.tombstones.replay([{ id: newId<HomeId>(), epoch: 2, at: 1 }])
  assert.equal(existsSync(copy), false)
})

test('copies aside are there for a week and no longer; an erasure does not wait for it', async (t) => {
  clause('pp.ret.1')
  const at = await openTestStores('sqlite')
  t.after(() => at.end())
  const files = ['eaves.db', 'history.db', 'vault.db'].map((name) =>
    join(at.options.dataDir, `${name}.before-2`),
  )
  const { factsFile } = internalsOf(at.stores)
  const put = () => {
    for (const file of files) factsFile!.run('VACUUM INTO ?', file)
  }
  const there = () => files.filter((file) => existsSync(file)).length
  put()
  at.stores.erase.dropCopies(copiesAsideMs)
  assert.equal(there(), 3)
  const old = (Date.now() - copiesAsideMs - 60_000) / 1000
  for (const file of files) utimesSync(file, old, old)
  at.stores.erase.dropCopies(copiesAsideMs)
  assert.equal(there(), 0)
  put()
  at.stores.erase.dropCopies()
  assert.equal(there(), 0)
  assert.equal(existsSync(join(at.options.dataDir, 'eaves.db')), true)
})
