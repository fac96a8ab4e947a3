// Catches a search that is kept without the choice, outlives it, or brings more into the table than one line of words.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { openPeople, type TestPeople } from '../people/testing.ts'
import { Retention } from '../privacy/privacy.ts'
import { onBothDialects, quietLog, storedBytes, type TestClock, type TestStores } from '../store/testing.ts'
import { createSearches, searchWords } from './searches.ts'

const purpose = 'account.search-history'
const canary = 'Zq7Search.Canary hallway'

const searchesOn = ({ stores, options }: TestStores, t: TestPeople) =>
  createSearches({
    facts: stores.facts,
    clock: options.clock,
    log: quietLog,
    chosen: (subject) => t.privacy.has(subject, purpose),
    mayKeep: (subject) => t.privacy.mayUse(subject, purpose),
  })
const rows = ({ stores }: TestStores) =>
  stores.facts
    .as({ scope: { instance: true }, actor: { kind: 'system', part: 'start' }, purpose })
    .selectFrom('search_log')
    .selectAll()
    .execute()

onBothDialects(
  'a search is kept only while that is chosen; taking the choice back removes all at once',
  async (at, dialect) => {
    clause('pp.2.2.3')
    clause('pp.4.4.e')
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    const { subject } = await t.claimed()
    const searches = searchesOn(at, t)
    await searches.note(subject, canary)
    assert.deepEqual(await rows(at), [])
    await t.privacy.setChoice(subject, purpose, true, 'app')
    for (const text of ['first', '   ', canary]) {
      clock.advance(1)
      await searches.note(subject, text)
    }
    assert.deepEqual(
      (await searches.list(subject)).map(({ text }) => text),
      [canary, 'first'],
    )
    const sealed = (await rows(at)).map(({ text }) => text)
    if (dialect === 'sqlite') assert.ok(storedBytes(at).includes(sealed[0]!), 'the scan finds what is there')
    await t.privacy.setChoice(subject, purpose, false, 'app')
    assert.deepEqual(await rows(at), [])
    await searches.note(subject, canary)
    assert.deepEqual(await searches.list(subject), [])
    if (dialect === 'sqlite') {
      await at.stores.erase.checkpoint()
      for (const text of [...sealed, canary]) assert.ok(!storedBytes(at).includes(text), text)
    }
  },
)

onBothDialects('a search that races with the end of the choice is not kept', async (at) => {
  clause('pp.2.2.3')
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  let asked = 0
  const racing = createSearches({
    facts: at.stores.facts,
    clock: at.options.clock,
    log: quietLog,
    mayKeep: async () => asked++ === 0,
    chosen: async () => asked++ === 0,
  })
  await racing.note(subject, 'late')
  assert.equal(asked, 2)
  assert.deepEqual(await rows(at), [])
})

onBothDialects(
  'kept searches end after thirty days, with the choice in the daily pass too, and when asked',
  async (at) => {
    clause('pp.ret.1')
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    const { subject } = await t.claimed()
    const searches = searchesOn(at, t)
    const pass = (has: boolean) =>
      new Retention({
        stores: at.stores,
        clock,
        log: quietLog,
        has: async (_subject: SubjectId, asked) => asked !== purpose || has,
        settle: async () => undefined,
      })
    await t.privacy.setChoice(subject, purpose, true, 'app')
    await searches.note(subject, 'lamp')
    clock.advance(30 * 86_400_000 - 1)
    await pass(true).run()
    assert.equal((await rows(at)).length, 1)
    clock.advance(1)
    await pass(true).run()
    assert.equal((await rows(at)).length, 0)
    await searches.note(subject, 'lamp')
    assert.deepEqual(await pass(false).due(), [
      { store: 'facts', table: 'search_log', column: 'text', rows: 1 },
    ])
    await pass(false).run()
    assert.equal((await rows(at)).length, 0)
    await searches.note(subject, 'lamp')
    await searches.remove(subject)
    assert.deepEqual(await searches.list(subject), [])
  },
)

test('of hostile input only one line of plain words is kept', () => {
  clause('pp.2.2.3')
  assert.equal(searchWords('  hall\r\n\u001b[31mlamp\u0000 \u202eevil\ud800  '), 'hall [31mlamp evil')
  assert.equal(Array.from(searchWords('💡'.repeat(10_000))).length, 200)
  assert.equal(searchWords('\n\t\u200b'), '')
})
