// Catches a backup that cannot be restored, says it can though it cannot, stays too long, brings somebody back, or touches what is there.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { internalsOf } from '../store/internals.ts'
import { dataMap } from '../store/schema.ts'
import { openStores } from '../store/stores.ts'
import { quietLog, storedBytes } from '../store/testing.ts'
import { writePerson } from '../store/testing/residue-person.ts'
import { email, system } from '../store/testing/residue-words.ts'
import { Backups } from './backup.ts'
import { planRestore, restore, type RestoreWish } from './restore.ts'
import { depsOf, openTestBackups, shareAHome } from './testing.ts'

const dayMs = 24 * 60 * 60_000

async function restored(wish: RestoreWish) {
  const done = await restore(wish, await planRestore(wish))
  const { dataDir, keyFile, clock } = wish
  return { done, stores: await openStores({ dataDir, keyFile, clock, log: quietLog, tenant: 'main' }) }
}

/** Every row of facts that names one of these, as text by table. */
function rowsOf(stores: Parameters<typeof internalsOf>[0], ...named: string[]): Map<string, string[]> {
  const { factsFile } = internalsOf(stores)
  return new Map(
    Object.keys(dataMap.facts).map((table) => [
      table,
      factsFile!
        .all<Record<string, unknown>>(`SELECT * FROM "${table}"`)
        .filter((row) => Object.values(row).some((value) => named.includes(String(value))))
        .map((row) => JSON.stringify(row))
        .toSorted(),
    ]),
  )
}

test('what is backed up is restored from the two files and the kit, and opens', async (t) => {
  clause('pp.5.1')
  const own = await openTestBackups(t)
  const { bob, home } = await shareAHome(own)
  for (const table of ['session', 'token', 'sign_in_flow'])
    internalsOf(own.at.stores).factsFile!.run(`UPDATE ${table} SET expires_at = ?`, own.clock.now() + dayMs)
  const before = rowsOf(own.at.stores, bob, home)
  const { kit } = await own.backups.makeKit()
  const made = await own.backups.run()
  const tls = join(dirname(own.at.options.keyFile), 'kek.tls')
  assert.equal(existsSync(tls), false)
  const wish = own.wish(made, kit, 'bare')
  const { plan } = await planRestore(wish)
  assert.equal(existsSync(dirname(wish.dataDir)), false, 'planning writes nothing')
  assert.ok(made.data.includes(plan.instance) && plan.erasedSince === 0 && plan.rows > 30)
  const { stores, done } = await restored(wish)
  try {
    assert.equal(done.homes, 1)
    const db = stores.facts.as({ scope: { home }, actor: system, purpose: 'service.core' })
    const { name } = await db.selectFrom('home').select('name').executeTakeFirstOrThrow()
    assert.equal(await db.open('home', 'name', home, name), 'canary-home-7f3a')
    const now = rowsOf(stores, bob, home)
    let compared = 0
    for (const [table, rows] of now)
      for (const row of rows) {
        assert.ok(before.get(table)!.includes(row), `${table} differs: ${row}`)
        compared += 1
      }
    assert.ok(compared > 12, String(compared))
    for (const gone of ['session', 'token', 'sign_in_flow']) assert.deepEqual(now.get(gone), [], gone)
    assert.equal(stores.vault.id, own.at.stores.vault.id)
    assert.equal(readdirSync(dirname(wish.dataDir)).toSorted().join(), 'data,data.key')
  } finally {
    await stores.close()
  }
})

test('neither file shows anything of anybody, and neither opens with the key of the other place', async (t) => {
  clause('pp.5.1')
  const own = await openTestBackups(t)
  const { bob, home } = await shareAHome(own)
  const { kit } = await own.backups.makeKit()
  const made = await own.backups.run()
  const kek = readFileSync(own.at.options.keyFile)
  for (const path of [made.data, made.vault]) {
    const bytes = readFileSync(path)
    for (const secret of [email, bob, home, 'canary', kit, kek, Buffer.from(kek.toString(), 'base64url')])
      assert.ok(!bytes.includes(secret), `${path} shows ${String(secret)}`)
  }
  assert.ok(storedBytes({ options: own.at.options }).includes(bob), 'the search finds what is there')
  const all = readdirSync(own.root, { recursive: true }).map(String)
  assert.deepEqual(
    all.filter((name) => name.includes('under-way')),
    [],
  )
  assert.equal(existsSync(join(own.at.options.dataDir, 'backup.tmp')), false)
})

test('whoever was erased does not come back from a backup of before, and is not even known to have been there', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  await own.backups.start()
  const { alice, bob, home } = await shareAHome(own)
  const { kit } = await own.backups.makeKit()
  const old = await own.backups.run()
  const before = rowsOf(own.at.stores, bob, home)
  own.clock.advance(6 * dayMs)
  await own.at.stores.vault.destroyKey({ subject: alice })
  await own.backups.stop()
  const fresh = await new Backups({ ...depsOf(own), random: randomBytes }).run(own.folders)
  for (const [to, files] of [
    ['with the vault of today', { data: old.data, vault: fresh.vault }],
    ['with the vault of then', old],
  ] as const) {
    const { stores, done } = await restored(own.wish(files, kit, to))
    try {
      assert.ok(done.removedRows > 0)
      const left = rowsOf(stores, alice)
      assert.deepEqual([...left.values()].flat(), [], to)
      assert.equal(await stores.vault.hasKey({ subject: alice }), false)
      assert.notEqual(await stores.vault.blind.find('email', email), alice)
      await assert.rejects(stores.vault.createKey({ subject: alice }), /erased/)
      const now = rowsOf(stores, bob, home)
      for (const table of [
        'account',
        'passkey',
        'totp',
        'home',
        'home_about',
        'room',
        'agreement',
        'consent_event',
      ] as const)
        assert.deepEqual(now.get(table), before.get(table), `${to}: ${table}`)
      assert.deepEqual(
        now.get('member'),
        before.get('member')!.filter((row) => !row.includes(alice)),
      )
    } finally {
      await stores.close()
    }
    for (const name of ['eaves.db', 'history.db'])
      assert.ok(!readFileSync(join(own.root, to, 'data', name)).includes(alice), `${to}: ${name}`)
  }
})

test('a vault that does not know of an erasure does not open without the list that does', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  const { alice } = await shareAHome(own)
  const { kit } = await own.backups.makeKit()
  const old = await own.backups.run()
  const listName = readdirSync(own.folders.vault).find((name) => name.endsWith('.erased'))!
  const lists = Object.values(own.folders).map((folder) => join(folder, listName))
  const ofThen = readFileSync(lists[0]!)
  await own.at.stores.vault.destroyKey({ subject: alice })
  own.clock.advance(60_000)
  const now = await own.backups.run()
  const ofNow = readFileSync(lists[0]!)
  const put = (bytes: Buffer | undefined) => {
    for (const list of lists)
      if (bytes === undefined) rmSync(list)
      else writeFileSync(list, bytes)
  }
  const wish = own.wish({ data: now.data, vault: old.vault }, kit, 'bare')
  put(ofThen)
  await assert.rejects(planRestore(wish), { code: 'backup.vault-behind', message: /number 1 is in no list/ })
  put(Buffer.from(ofNow.toString().replace(/"at":\d+/g, '"at":7')))
  await assert.rejects(planRestore(wish), { code: 'backup.altered' })
  put(ofNow.subarray(0, ofNow.length - 5))
  await assert.rejects(planRestore(wish), { code: 'backup.vault-behind' })
  put(undefined)
  await assert.rejects(planRestore(own.wish(old, kit, 'bare')), {
    code: 'backup.vault-behind',
    message: /stands beside neither/,
  })
  put(ofNow)
  assert.equal((await planRestore(wish)).plan.erasedSince, 1)
  assert.equal(existsSync(join(own.root, 'bare')), false)
})

test('files of two servers, exchanged or altered ones, another kit and a place that is taken are refused and nothing is written', async (t) => {
  const [own, other] = [await openTestBackups(t), await openTestBackups(t)]
  for (const each of [own, other]) await shareAHome(each)
  const [mine, theirs] = [await own.backups.makeKit(), await other.backups.makeKit()]
  const [made, foreign] = [await own.backups.run(), await other.backups.run()]
  const plan = (data: string, vault: string, kit = mine.kit) =>
    planRestore(own.wish({ data, vault }, kit, 'bare'))
  await assert.rejects(plan(made.data, foreign.vault), { code: 'backup.other-instance' })
  await assert.rejects(plan(foreign.data, made.vault), { code: 'backup.other-instance' })
  await assert.rejects(plan(made.vault, made.data), { code: 'backup.wrong-kind' })
  await assert.rejects(plan(made.data, made.data), { code: 'backup.wrong-kind' })
  await assert.rejects(plan(made.data, made.vault, theirs.kit), {
    code: 'backup.kit-wrong',
    message: new RegExp(mine.mark),
  })
  await assert.rejects(plan(join(own.root, 'nothing'), made.vault), { code: 'backup.not-found' })
  const hurt = (path: string, at: number) => {
    const bytes = readFileSync(path)
    bytes[Math.floor(bytes.length * at)]! ^= 4
    const hurtPath = join(own.root, 'hurt', path.split('/').at(-1)!)
    mkdirSync(dirname(hurtPath), { recursive: true })
    writeFileSync(hurtPath, bytes)
    return hurtPath
  }
  for (const at of [0.2, 0.5, 0.999]) {
    await assert.rejects(plan(hurt(made.data, at), made.vault), { code: 'backup.altered' })
    await assert.rejects(plan(made.data, hurt(made.vault, at)), { code: 'backup.altered' })
  }
  assert.equal(existsSync(join(own.root, 'bare')), false)
  for (const [path, what] of [
    ['bare/data/photo.jpg', /not empty/],
    ['bare/data.key/kek', /key of other data/],
    ['bare/data.key/kek.tls/ca.key', /not empty/],
  ] as const) {
    mkdirSync(dirname(join(own.root, path)), { recursive: true })
    writeFileSync(join(own.root, path), 'somebody’s own')
    await assert.rejects(plan(made.data, made.vault), { code: 'backup.target', message: what })
    assert.deepEqual(
      readdirSync(join(own.root, 'bare'), { recursive: true, withFileTypes: true }).filter((each) =>
        each.isFile(),
      ).length,
      1,
    )
    assert.equal(readFileSync(join(own.root, path), 'utf8'), 'somebody’s own')
    rmSync(join(own.root, 'bare'), { recursive: true })
  }
})

test('a restore that was cut short at its last step is done again over its own traces', async (t) => {
  const own = await openTestBackups(t)
  await shareAHome(own)
  const { kit } = await own.backups.makeKit()
  const made = await own.backups.run()
  const wish = own.wish(made, kit, 'bare')
  mkdirSync(`${wish.dataDir}.restoring`, { recursive: true })
  writeFileSync(join(`${wish.dataDir}.restoring`, 'restoring'), '')
  writeFileSync(join(`${wish.dataDir}.restoring`, 'eaves.db'), 'half')
  mkdirSync(dirname(wish.keyFile), { recursive: true, mode: 0o700 })
  writeFileSync(wish.keyFile, readFileSync(own.at.options.keyFile), { mode: 0o600 })
  const { stores } = await restored(wish)
  await stores.close()
  assert.equal(existsSync(`${wish.dataDir}.restoring`), false)
})

test('a rehearsal that fails says so, and the backup before stays the good one', async (t) => {
  const own = await openTestBackups(t)
  const { home } = await shareAHome(own)
  await assert.rejects(own.backups.run(), { code: 'backup.no-kit' })
  await own.backups.makeKit()
  await assert.rejects(own.backups.makeKit(), { code: 'backup.kit-exists' })
  const good = await own.backups.run()
  assert.deepEqual([await own.backups.fails(), await own.backups.isOverdue()], [false, false])
  own.clock.advance(60_000)
  internalsOf(own.at.stores).factsFile!.run('UPDATE home SET name = ? WHERE home_id = ?', 'v1.nonsense', home)
  await assert.rejects(own.backups.run(), { code: 'backup.rehearsal' })
  const state = await own.backups.state()
  assert.equal(state.last?.rehearsal?.failed, 'backup.rehearsal')
  assert.equal(state.lastGood?.dataName, good.data.split('/').at(-1))
  assert.ok(state.forecast!.bytes > 0 && state.forecast!.restoreSeconds >= 1)
  assert.equal(state.isRunning, false)
  own.clock.advance(2 * dayMs - 60_000)
  assert.deepEqual([await own.backups.fails(), await own.backups.isOverdue()], [true, false])
  own.clock.advance(1)
  assert.equal(await own.backups.isOverdue(), true)
})

test('what has outlived its time while the backup lay there is removed before the door opens', async (t) => {
  clause('pp.ret.1')
  const own = await openTestBackups(t)
  const subject = newId<SubjectId>()
  await writePerson(own.at.stores, subject)
  const db = own.at.stores.facts.as({ scope: { person: subject }, actor: system, purpose: 'security' })
  await db
    .insertInto('activity_log')
    .values({
      subject,
      id: newId(),
      at: own.clock.now(),
      kind: 'sign-in',
      surface: 'app',
      home: null,
      device: null,
      locale: 'en',
      address: null,
      area: null,
    })
    .execute()
  const { kit } = await own.backups.makeKit()
  const made = await own.backups.run()
  const held = async (to: string) => {
    const { stores } = await restored(own.wish(made, kit, to))
    const rows = rowsOf(stores, subject).get('activity_log')!.length
    await stores.close()
    return rows
  }
  assert.equal(await held('today'), 1)
  own.clock.advance(95 * dayMs)
  assert.equal(await held('after 95 days'), 0)
})
