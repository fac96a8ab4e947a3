// Catches a key that does not die, a cell that can be moved or altered, a look-up that leaks, and a limit that does not hold.
import assert from 'node:assert/strict'
import { hkdfSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { migrations } from '../store/migrations/list.ts'
import { migrate } from '../store/sqlite/migrate.ts'
import { openSqlite } from '../store/sqlite/database.ts'
import { testClock } from '../store/testing.ts'
import { decrypt, encrypt, expand, extract, keyFrom, SealBroken } from './cipher.ts'
import { openVault } from './vault.ts'

function vaultOf(t: TestContext, tenant = 'main') {
  const folder = mkdtempSync(join(tmpdir(), 'eaves-vault-'))
  const clock = testClock()
  const file = openSqlite(join(folder, 'vault.db'), { synchronous: 'FULL' })
  migrate(file, 'vault', 'vault.db', clock.now(), migrations)
  const vault = openVault({ file, keyEncryptionKey: new Uint8Array(32).fill(7), tenant, clock })
  t.after(() => {
    vault.close()
    rmSync(folder, { recursive: true, force: true })
  })
  return { vault, file, clock, folder }
}
const cell = { table: 'room', column: 'name', rowId: 'r1' }

test('the key of a cell is HKDF of the owner’s key and the cell', () => {
  const key = new Uint8Array(32).fill(3)
  assert.deepEqual(
    expand(extract(key), 'about').export(),
    Buffer.from(hkdfSync('sha256', key, '', 'about', 32)),
  )
})

test('nothing shortened or altered opens', () => {
  clause('fm.security')
  clause('pp.5.1')
  const key = keyFrom(new Uint8Array(32).fill(1))
  const sealed = encrypt(key, 'aad', 'Elm Street')
  assert.equal(decrypt(key, 'aad', sealed).toString(), 'Elm Street')
  assert.throws(() => decrypt(key, 'other', sealed), SealBroken)
  for (const bytes of [4, 8, 12])
    assert.throws(() => decrypt(key, 'aad', sealed.subarray(0, sealed.length - bytes)), SealBroken)
  assert.throws(() => decrypt(key, 'aad', new Uint8Array(5)), SealBroken)
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    assert.throws(() => decrypt(key, 'aad', flipped), SealBroken)
  }
})

test('a cell opens for its owner, table, column and row alone', async (t) => {
  clause('pp.5.1')
  const { vault } = vaultOf(t)
  const [home, other, subject] = [newId<HomeId>(), newId<HomeId>(), newId<SubjectId>()]
  for (const owner of [{ home }, { home: other }, { subject }]) await vault.createKey(owner)
  const sealed = await vault.seal({ home }, cell, 'Kitchen')
  assert.match(sealed, /^v1\.[a-z2-7]{26}\.[A-Za-z0-9_-]+$/)
  assert.equal(await vault.open({ home }, cell, sealed), 'Kitchen')
  assert.notEqual(await vault.seal({ home }, cell, 'Kitchen'), sealed)
  for (const moved of [
    { ...cell, table: 'floor' },
    { ...cell, column: 'note' },
    { ...cell, rowId: 'r2' },
  ])
    await assert.rejects(vault.open({ home }, moved, sealed), SealBroken)
  for (const owner of [{ home: other }, { subject }])
    await assert.rejects(vault.open(owner, cell, sealed), SealBroken)
  for (const wrong of ['', 'v1..', sealed.slice(0, -1), sealed.replace('v1.', 'v2.'), `${sealed}.x`])
    await assert.rejects(vault.open({ home }, cell, wrong), SealBroken)
})

test('a destroyed key is gone for good, from the files too', async (t) => {
  clause('pp.ret.2')
  const { vault, file, folder } = vaultOf(t)
  const subject = newId<SubjectId>()
  await vault.createKey({ subject })
  await vault.createKey({ subject })
  const { wrapped } = file.get<{ wrapped: string }>('SELECT wrapped FROM "key" WHERE owner = ?', subject) ?? {
    wrapped: '',
  }
  const sealed = await vault.seal({ subject }, cell, 'x')
  await vault.blind.put('email', 'ada@example.org', subject)
  await vault.destroyKey({ subject })
  await vault.destroyKey({ subject })
  assert.equal(await vault.hasKey({ subject }), false)
  assert.equal(await vault.blind.find('email', 'ada@example.org'), undefined)
  await assert.rejects(vault.open({ subject }, cell, sealed), SealBroken)
  await assert.rejects(vault.createKey({ subject }), /erased/)
  assert.equal(wrapped.length > 40, true)
  for (const name of ['vault.db', 'vault.db-wal'])
    assert.equal(readFileSync(join(folder, name)).includes(wrapped), false, name)
})

test('a reader that holds an old copy keeps an erasure from being called done', async (t) => {
  clause('pp.ret.2')
  const { vault, folder } = vaultOf(t)
  const subject = newId<SubjectId>()
  await vault.createKey({ subject })
  const reader = openSqlite(join(folder, 'vault.db'), { synchronous: 'FULL' })
  reader.exec('BEGIN')
  reader.get('SELECT count(*) FROM "key"')
  setTimeout(() => reader.exec('COMMIT'), 60)
  await vault.destroyKey({ subject })
  assert.equal(readFileSync(join(folder, 'vault.db-wal')).length, 0)
  reader.close()
})

test('a look-up leads to one person, and to nobody in another tenant', async (t) => {
  clause('pp.2.1.1')
  const { vault, file } = vaultOf(t)
  const [ada, ben] = [newId<SubjectId>(), newId<SubjectId>()]
  assert.equal(await vault.blind.put('email', 'ada@example.org', ada), true)
  assert.equal(await vault.blind.put('email', 'ada@example.org', ada), true)
  assert.equal(await vault.blind.put('email', 'ada@example.org', ben), false)
  assert.equal(await vault.blind.find('email', 'ada@example.org'), ada)
  assert.equal(await vault.blind.find('phone', 'ada@example.org'), undefined)
  const elsewhere = openVault({
    file,
    keyEncryptionKey: new Uint8Array(32).fill(7),
    tenant: 'second',
    clock: testClock(),
  })
  assert.equal(await elsewhere.blind.find('email', 'ada@example.org'), undefined)
  await elsewhere.blind.put('email', 'ada@example.org', ada)
  const hashes = file.all<{ hash: string }>('SELECT hash FROM blind')
  assert.equal(new Set(hashes.map(({ hash }) => hash)).size, 2)
  await vault.blind.remove(ada, 'email')
  assert.equal(await vault.blind.find('email', 'ada@example.org'), undefined)
})

test('a limit counts within its window and starts anew after it', async (t) => {
  clause('pp.2.3.3')
  const { vault, clock, file } = vaultOf(t)
  const hit = (key: string) => vault.counters.hit(key, 60_000, 3)
  const answers = []
  for (let i = 0; i < 5; i++) answers.push(await hit('ada@example.org'))
  assert.deepEqual(
    answers.map(({ allowed }) => allowed),
    [true, true, true, false, false],
  )
  assert.equal(answers[4]?.retryAfterSeconds, 60)
  assert.equal((await hit('ben@example.org')).allowed, true)
  assert.equal((await vault.counters.hit('ada@example.org', 120_000, 3)).allowed, true)
  clock.advance(45_000)
  assert.equal((await hit('ada@example.org')).retryAfterSeconds, 15)
  clock.advance(15_000)
  assert.equal((await hit('ada@example.org')).allowed, true)
  clock.advance(300_000)
  await hit('other')
  assert.equal(file.get<{ n: number }>('SELECT count(*) AS n FROM counter')?.n, 1)
})
