// Catches a field that goes on another day than its own, a copy that outlives what it was made of, and pseudonyms called anonymous.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales } from '@eaves/model'
import { clause, documentIds, documents, plainText } from '@eaves/policy'
import { dataMap, mapRows, type TableEntry } from '../store/schema.ts'
import type { Expiry, Stores } from '../store/stores.ts'
import { onBothDialects, openTestStores } from '../store/testing.ts'
import { retentionRules, type WholeMap } from './retention-rules.ts'
import type { RetentionDeps } from './retention.ts'
import { travel } from './testing/travel.ts'

const edges = [6, 7, 8, 9, 10, 11, 29, 30, 31, 39, 40, 41, 44, 45, 59, 60, 61, 89, 90, 91, 395, 396]
const steps = [0, 1, ...edges, ...Array.from({ length: 8 }, (_, i) => 120 + i * 40)]
const map = dataMap as WholeMap

onBothDialects('in 400 days each field goes on its own day and not before', async (at) => {
  clause('pp.ret.1')
  clause('pp.ret.2')
  clause('pp.5.2')
  clause('pp.2.2.3')
  assert.ok((await travel(at, steps)) > 150)
})

/** The removals, one of which does nothing and says that it did. */
const faults: Readonly<Record<string, (expiry: Expiry) => Partial<Expiry>>> = {
  'old rows are not removed': () => ({
    removeBefore: async function* () {
      yield 1
    },
  }),
  'addresses are not shortened': () => ({ clearBefore: async () => 1 }),
  'what was made of a device stays': () => ({ forgetDevice: async () => undefined }),
  'the rows of an owner stay': () => ({ removeOf: async () => 1 }),
  'what lived by a choice stays': () => ({ clearOf: async () => 1 }),
  'a row is not emptied': () => ({ emptyOf: async () => true }),
  'nothing is ever due': () => ({ keysBefore: async () => [], countBefore: async () => 0 }),
  'everything is due at once': (expiry) => ({
    removeBefore: (place, column, _at, group) =>
      expiry.removeBefore(place, column, Number.MAX_SAFE_INTEGER, group),
  }),
}
for (const [name, fault] of Object.entries(faults))
  test(`the journey notices when ${name}`, async () => {
    clause('pp.ret.1')
    const at = await openTestStores('sqlite')
    const spoil = ({ facts, vault, erase, jobs, intake, expiry }: Stores): RetentionDeps['stores'] => ({
      facts,
      vault,
      erase,
      jobs,
      intake,
      expiry: { ...expiry, ...fault(expiry) },
    })
    await assert.rejects(travel(at, steps, spoil))
    await at.end()
  })

test('what is worked out from a table never outlives it', () => {
  clause('pp.5.2')
  const source = map.history.sample!
  const byDay = (retention: TableEntry['retention']): WholeMap => ({
    ...map,
    history: { ...map.history, sample_copy: { ...source, retention, derivedFrom: ['history.sample'] } },
  })
  const says = (retention: TableEntry['retention']) => retentionRules(byDay(retention)).faults
  assert.deepEqual(says(source.retention), [])
  const fault = ['history.sample_copy outlives history.sample, which it is made of']
  assert.deepEqual(says({ after: 'row.created', keep: 'P1Y', then: 'delete' }), fault)
  assert.deepEqual(says({ keep: 'operations', reason: 'figures' }), fault)
  assert.deepEqual(
    retentionRules({ ...byDay(source.retention), history: {} }).faults,
    [],
    'a table that is not there derives from nothing',
  )
  assert.deepEqual(map.vault.blind?.derivedFrom, ['facts.account'])
})

test('what is added up has a period of its own, the longer the coarser it is, and says nothing that happened', () => {
  clause('pp.5.2')
  clause('pp.ret.1')
  const {
    sample_hour: byHour,
    sample_day: byDay,
    state_hour: states,
  } = dataMap.history as Record<string, TableEntry>
  assert.deepEqual(
    [byHour, byDay, states].map((entry) => entry!.retention),
    ['P13M', 'P10Y', 'P13M'].map((keep) => ({ after: 'row.created', keep, then: 'delete' })),
  )
  const says = (over: Partial<TableEntry>, from = byHour!) =>
    retentionRules({ ...map, history: { ...map.history, sample_hour: { ...from, ...over } } }).faults
  const keeps = (keep: `P${string}`) => ({
    retention: { after: 'row.created', keep, then: 'delete' } as const,
  })
  assert.deepEqual(says(keeps('P30D')), [])
  for (const [fault, over] of [
    ['adds up by the hour and is kept longer than P13M', keeps('P14M')],
    ['adds up by the day and is kept longer than P10Y', { condensed: byDay!.condensed!, ...keeps('P11Y') }],
    [
      'adds up history.sample_week, which does not exist',
      { condensed: { of: ['history.sample_week'], over: 'hour' } },
    ],
    [
      'adds up what happened and does not count from when that was',
      {
        retention: map.history.series!.retention,
        clock: { at: 'gone', of: 'series_id', table: 'device', key: 'id' },
      },
    ],
    [
      'adds up history.sample for security, for which that is not kept',
      { purposes: { ...byHour!.purposes, security: {} as never } },
    ],
    [
      'adds up what happened and holds value',
      { columns: { ...byHour!.columns, value: { class: 'not-personal', reason: 'none' } } },
    ],
  ] as const)
    assert.ok(says(over).includes(`history.sample_hour ${fault}`), `${fault}: ${says(over).join('; ')}`)
})

test('nothing is called anonymous: what is old is deleted, and no promise says otherwise', () => {
  clause('pp.5.2')
  clause('pp.ret.2')
  const ends = new Set(
    mapRows().flatMap(({ entry, field }) => [
      ...('then' in entry.retention ? [entry.retention.then] : []),
      ...('retention' in field ? [field.retention.then] : []),
    ]),
  )
  assert.deepEqual([...ends].toSorted(), ['delete', 'shred', 'truncate'])
  assert.deepEqual(
    mapRows().filter(({ field, table, column }) => /anonym/i.test(`${field.class} ${table} ${column}`)),
    [],
  )
  for (const id of documentIds)
    for (const locale of locales)
      assert.doesNotMatch(plainText(documents[id][locale]), /anonymi[sz]|匿名化/i, `${id} ${locale}`)
})
