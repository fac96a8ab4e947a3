// Catches an export or erasure of one person that reads through the rows of everybody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { ask, plantEverywhere } from '../server/src/rights/testing.ts'
import { postgresUrl, type Dialect } from '../server/src/store/testing.ts'
import type { Stores } from '../server/src/store/stores.ts'
import { crowd, growingTables } from './crowd.ts'
import { assertOk, openFamily } from './family-house.ts'
import { watchStatements, type Statement } from './statements.ts'

const hourMs = 3_600_000
const rows = 200_000
const people = 2_000
/** Indexes that hold only what is still to be done, so that reading one whole is reading that. */
const ofWhatIsOpen = new Set(['request_open', 'erasure_open', 'release_due', 'job_due'])
const growing = new Set(growingTables().map(({ table }) => table))

for (const dialect of ['sqlite', 'postgres'] as const)
  test(
    `among ${rows} rows of others, what is held, the copy and the erasure of one person read their own by indexes (${dialect})`,
    { skip: dialect === 'postgres' && postgresUrl === undefined && 'EAVES_TEST_POSTGRES_URL is not set' },
    (t) => readsOwnOnly(dialect, (line) => t.diagnostic(line)),
  )

async function readsOwnOnly(dialect: Dialect, say: (line: string) => void): Promise<void> {
  clause('pp.4.4.a')
  const house = await openFamily(dialect)
  try {
    const { owner, home, clock } = house
    const { stores, rights } = house.house
    const ben = await house.somebody('ben', 'adult')
    await plantEverywhere(stores, { tag: 'ada', subject: owner.subject, home, other: ben.subject }, 'person')
    await plantEverywhere(stores, { tag: 'home', subject: owner.subject, home }, 'home')
    await fill(stores, dialect)
    const statements = watchStatements(stores)
    await rights.held(owner.subject, 'en')
    const asked = assertOk(await owner.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
    await rights.run()
    const requests = assertOk(await owner.ask('GET', '/api/me/requests'))
    assert.equal(requests.find(({ id }: { id: string }) => id === asked.id).state, 'answered')
    // Whoever goes first leaves the home to the other; with the last one it goes.
    for (const each of [owner, ben]) {
      assertOk(await each.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
      clock.advance(72 * hourMs)
      await rights.run()
      assert.equal(await stores.vault.hasKey({ subject: each.subject }), false)
      assert.equal(await stores.vault.hasKey({ home }), each === owner)
    }
    await house.house.people.settled()
    say(`${statements.size} statements`)
    const scans: string[] = []
    for (const each of statements.values()) scans.push(...(await scansIn(stores, dialect, each)))
    assert.deepEqual(scans, [])
  } finally {
    await house.end()
  }
}

async function fill(stores: Stores, dialect: Dialect): Promise<void> {
  const each = Math.ceil(rows / growing.size)
  let filled = 0
  for (let from = 0; filled < rows; from += each)
    filled += await crowd(stores, { from, to: from + each, people })
  if (dialect === 'postgres') await ask(stores, { store: 'facts' }, 'ANALYZE')
}

/** What a statement would read whole, of the tables that grow with people. */
async function scansIn(stores: Stores, dialect: Dialect, { store, text, values }: Statement) {
  const isSqlite = dialect === 'sqlite' || store === 'vault'
  const lines = isSqlite
    ? (await ask(stores, { store }, `EXPLAIN QUERY PLAN ${text}`)).map(({ detail }) => String(detail))
    : (await ask(stores, { store }, `EXPLAIN ${text}`, values)).map((line) => String(line['QUERY PLAN']))
  const scan = isSqlite
    ? /^(?:SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?|SEARCH (\w+)\b(?! USING (?:COVERING )?(?:INDEX|INTEGER PRIMARY KEY|PRIMARY KEY)))/
    : /Seq Scan on (\w+)/
  return lines.flatMap((line) => {
    const [, scanned, index, searched] = scan.exec(line) ?? []
    const table = scanned ?? searched
    const isRead = table !== undefined && growing.has(table) && !ofWhatIsOpen.has(index ?? '')
    return isRead ? [`${line}: ${text}`] : []
  })
}
