// Catches personal data that lies readable in the data folder, and deleted rows that stay in its files.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type HomeId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { recordRun } from '../privacy/retention-store.ts'
import { internalsOf } from './internals.ts'
import { mapRows } from './schema.ts'
import { openSqlite } from './sqlite/database.ts'
import { openTestStores, type TestStores } from './testing.ts'
import { writeHome } from './testing/residue-home.ts'
import { writePerson } from './testing/residue-person.ts'
import { address, email, phone, system } from './testing/residue-words.ts'

function bytesOf({ options }: TestStores): Buffer {
  return Buffer.concat(
    readdirSync(options.dataDir)
      .filter((name) => name !== 'reserve')
      .map((name) => readFileSync(join(options.dataDir, name))),
  )
}
const encodings = (text: string) => [
  Buffer.from(text),
  Buffer.from(text, 'utf16le'),
  Buffer.from(Buffer.from(text).toString('hex')),
  Buffer.from(Buffer.from(text).toString('base64').replace(/=+$/, '')),
  Buffer.from(text.toUpperCase()),
  Buffer.from(text.replace(/\D/g, '').padStart(9, '#')),
]

test('the whole data folder without the key file shows nothing personal, in any encoding', async () => {
  clause('pp.5.1')
  clause('pp.2.1.1')
  clause('pp.2.2.3')
  const at = await openTestStores('sqlite')
  const subject = newId<SubjectId>()
  await writePerson(at.stores, subject)
  await writeHome(at.stores, newId<HomeId>(), subject)
  const run = { id: newId(), started_at: 1, ended_at: 2, outcome: 'failed', removed: 0, fault: null } as const
  const result = { run_id: run.id, rule: 'facts.session', at: 1, removed: 0, remaining: 1, fault: 'not-gone' }
  await recordRun(at.stores.facts, run, [result], true)
  const { factsFile, historyFile, vaultFile } = internalsOf(at.stores)
  const files = { facts: factsFile, history: historyFile, vault: vaultFile }
  for (const { store, table } of mapRows()) {
    if (
      ['policy_version', 'recipient_version', 'tombstone', 'erasure', 'breach_case', 'backup_run'].includes(
        table,
      )
    )
      continue
    assert.ok(files[store]?.get(`SELECT 1 FROM "${table}"`), `the test writes no row to ${table}`)
  }
  const bytes = bytesOf(at)
  for (const text of [email, phone, address, 'generations', 'canary-', '7f3a', 'example.org'])
    for (const form of encodings(text)) assert.equal(bytes.indexOf(form), -1, `${text} is readable`)
  assert.ok(bytes.includes(subject), 'the scan must find what is there')
  await at.end()
})

test('deleted rows leave the files, and a reader that holds them back is told', async () => {
  clause('pp.ret.2')
  const at = await openTestStores('sqlite')
  const db = at.stores.facts.as({ scope: { instance: true }, actor: system, purpose: 'service.core' })
  const marker = `marker-${newId()}`
  await db
    .insertInto('instance')
    .values(
      Array.from({ length: 200 }, (_, i) => ({
        key: `k${i}`,
        value: `${marker}${i % 9 === 0 ? 'x'.repeat(9_000) : ''}`,
      })),
    )
    .execute()
  const reader = openSqlite(join(at.options.dataDir, 'eaves.db'), { synchronous: 'FULL' })
  reader.exec('BEGIN')
  reader.get('SELECT count(*) FROM instance')
  await db.deleteFrom('instance').where('value', 'like', `${marker}%`).execute()
  assert.equal(await at.stores.erase.checkpoint(50), false)
  assert.ok(bytesOf(at).includes(marker))
  reader.exec('COMMIT')
  reader.close()
  assert.equal(await at.stores.erase.checkpoint(), true)
  assert.equal(bytesOf(at).includes(marker), false)
  await at.end()
})
