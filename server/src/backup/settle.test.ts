// Catches a restore that brings the name of the erased back, leaves a home or the server to nobody, or loses or leaks the settings.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { plantEverywhere } from '../rights/testing.ts'
import { keepInstanceValue } from '../store/instance.ts'
import { internalsOf } from '../store/internals.ts'
import { dataMap } from '../store/schema.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { quietLog } from '../store/testing.ts'
import { writeHome } from '../store/testing/residue-home.ts'
import { writePerson } from '../store/testing/residue-person.ts'
import { system } from '../store/testing/residue-words.ts'
import { planRestore, restore, type RestoreWish } from './restore.ts'
import { membersOf } from './store.ts'
import { openTestBackups } from './testing.ts'

const restored = async (wish: RestoreWish) => restore(wish, await planRestore(wish))
const opened = ({ dataDir, keyFile, clock }: RestoreWish) =>
  openStores({ dataDir, keyFile, clock, log: quietLog, tenant: 'main' })

/** Where facts name somebody, by table and column. */
function namedIn(stores: Stores, subject: string): string[] {
  const { factsFile } = internalsOf(stores)
  return Object.entries(dataMap.facts).flatMap(([table, { columns }]) =>
    Object.keys(columns)
      .filter(
        (column) => factsFile!.all(`SELECT 1 FROM "${table}" WHERE "${column}" = ?`, subject).length > 0,
      )
      .map((column) => `${table}.${column}`),
  )
}

test('who was erased is named in no row of others, their home has an owner, and the server a claimant', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  const { stores } = own.at
  const [bob, alice] = [newId<SubjectId>(), newId<SubjectId>()]
  const home = newId<HomeId>()
  for (const each of [bob, alice]) await writePerson(stores, each)
  await writeHome(stores, home, bob)
  const db = stores.facts.as({ scope: { home }, actor: system, purpose: 'service.core' })
  await db
    .insertInto('member')
    .values({
      home_id: home,
      subject: alice,
      role: 'adult',
      since: own.clock.now(),
      name: await db.seal('member', 'name', alice, 'Alice'),
      limits: null,
      starts_at: null,
      ends_at: null,
      guardian: null,
      shares: null,
    })
    .execute()
  internalsOf(stores).factsFile!.run('UPDATE member SET role = ? WHERE subject = ?', 'owner', bob)
  internalsOf(stores).factsFile!.run(
    'INSERT INTO command (home_id, id, device_id, status, confirmable, accepted_at, actor_subject, payload) VALUES (?, ?, ?, ?, 0, ?, ?, ?)',
    ...[home, newId(), newId(), 'sent', own.clock.now(), bob, 'p'],
  )
  await keepInstanceValue(stores.facts, 'claimed_by', bob)
  assert.ok(namedIn(stores, bob).includes('command.actor_subject'))
  const { kit } = await own.backups.makeKit()
  await own.backups.start()
  const old = await own.backups.run()
  await stores.vault.destroyKey({ subject: bob })
  await own.backups.stop()
  const wish = own.wish(old, kit, 'bare')
  // The list is written behind the erasure; a restore without it says so.
  for (let i = 0; i < 200 && (await planRestore(wish)).plan.erasedSince === 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 5))
  await restored(wish)
  const back = await opened(wish)
  try {
    assert.deepEqual(namedIn(back, bob), [])
    const members = (await membersOf(back.facts)).filter(({ role }) => role === 'owner')
    assert.deepEqual(
      members.map(({ home_id: at, subject }) => [at, subject]),
      [[home, alice]],
    )
    assert.ok(namedIn(back, alice).includes('instance.value'), 'the claim is hers')
    assert.ok(internalsOf(back).factsFile!.get('SELECT 1 FROM command'), 'what was done in the home stays')
  } finally {
    await back.close()
  }
})

test('every column that names somebody is emptied of the erased in a restored store', async (t) => {
  clause('pp.ret.2')
  const own = await openTestBackups(t)
  const { stores } = own.at
  const [bob, alice] = [newId<SubjectId>(), newId<SubjectId>()]
  const home = newId<HomeId>()
  await writePerson(stores, bob)
  await stores.vault.createKey({ subject: alice })
  await writeHome(stores, home, alice)
  await plantEverywhere(stores, { tag: 'a', subject: alice, home, other: bob }, 'person')
  assert.ok(namedIn(stores, bob).length > 8)
  const { kit } = await own.backups.makeKit()
  const old = await own.backups.run()
  await stores.vault.destroyKey({ subject: bob })
  own.clock.advance(60_000)
  const fresh = await own.backups.run()
  const wish = own.wish({ data: old.data, vault: fresh.vault }, kit, 'bare')
  await restored(wish)
  const back = await opened(wish)
  try {
    assert.deepEqual(namedIn(back, bob), [])
    assert.ok(namedIn(back, alice).length > 8)
  } finally {
    await back.close()
  }
})

test('settings come along and come back, without the paths of the old place; no byte of them stands in clear', async (t) => {
  clause('pp.5.1')
  const own = await openTestBackups(t)
  const { dataDir } = own.at.options
  const config = {
    EAVES_SMTP_URL: 'smtps://eaves:pass-word-zq7f@mail.example.org',
    EAVES_SMTP_FROM: 'eaves@example.org',
    EAVES_KEY_FILE: own.at.options.keyFile,
  }
  const recipients = JSON.stringify({ recipients: 'zq7f-recipients '.repeat(40_000) })
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify(config))
  writeFileSync(join(dataDir, 'operator.json'), '{"controller":"zq7f-operator"}')
  writeFileSync(join(dataDir, 'recipients.json'), recipients)
  writeFileSync(join(dataDir, 'photo.jpg'), 'zq7f-not ours')
  const { kit } = await own.backups.makeKit()
  const made = await own.backups.run()
  for (const path of [made.data, made.vault]) assert.equal(readFileSync(path).includes('zq7f'), false, path)
  const wish = own.wish(made, kit, 'bare')
  const { settings, leftOut } = await restored(wish)
  assert.deepEqual([...settings], ['config.json', 'operator.json', 'recipients.json'])
  assert.deepEqual(leftOut, ['EAVES_KEY_FILE'])
  const { EAVES_KEY_FILE: _, ...rest } = config
  const read = (name: string) => readFileSync(join(wish.dataDir, name), 'utf8')
  assert.deepEqual(JSON.parse(read('config.json')), rest)
  assert.equal(read('operator.json'), '{"controller":"zq7f-operator"}')
  assert.equal(read('recipients.json'), recipients)
  assert.ok(!readdirSync(wish.dataDir).includes('photo.jpg'))
  const same = own.wish(made, kit, 'same')
  const kept = await restored({ ...same, keyFile: wish.keyFile })
  assert.deepEqual([kept.leftOut.length, kept.settings.length], [1, 3])
})
