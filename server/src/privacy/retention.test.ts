// Catches a table whose retention nobody carries out, and a row that goes too early or stays too long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type DeviceId, type HomeId, type Retention as Period, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { Jobs } from '../store/jobs.ts'
import { dataMap, type TableEntry } from '../store/schema.ts'
import type { Place, Stores } from '../store/stores.ts'
import { ask, onBothDialects, quietLog, testClock, type TestClock } from '../store/testing.ts'
import { retentionRules, type RowRule, type WholeMap } from './retention-rules.ts'
import { put, retentionOn, rowOf, rowsWith } from './testing/retention.ts'

const dayMs = 86_400_000
const days: Readonly<Record<string, number>> = {
  P0D: 0,
  P7D: 7,
  P30D: 30,
  P31D: 31,
  P90D: 90,
  P1Y: 365,
  P13M: 396,
  P3Y: 1096,
  P10Y: 3652,
}
const map = dataMap as WholeMap
const { rules, faults } = retentionRules(map)
const rowRules = rules.filter((rule): rule is RowRule => rule.kind === 'rows')

test('the retention of every table can be carried out', () => {
  clause('pp.ret.1')
  assert.deepEqual(faults, [])
  const withPeriod = Object.values(map)
    .flatMap((tables) => Object.values(tables))
    .filter((entry) => 'after' in entry.retention)
  assert.equal(rowRules.length, withPeriod.length)
  assert.ok(rowRules.length > 15)
})

test('a retention that could not be carried out is a fault', () => {
  clause('pp.ret.1')
  const base = { at: 'row', column: 'created_at' } as const
  const entry = (retention: Partial<Period>, clock: TableEntry['clock']): TableEntry =>
    ({
      ...map.facts.connection,
      retention: { after: 'row.created', keep: 'P1D', then: 'delete', ...retention },
      clock,
    }) as TableEntry
  const homes = { at: 'gone', of: 'home_id', table: 'home', key: 'home_id' } as const
  const wrong: readonly (readonly [RegExp, TableEntry])[] = [
    [/no clock/, entry({}, undefined)],
    [/no column nothing/, entry({}, { at: 'row', column: 'nothing' })],
    [/cannot learn/, entry({ after: 'home.closed' }, base)],
    [/says no time/, entry({ after: 'home.closed' }, homes)],
    [/does not exist/, entry({ after: 'home.closed', keep: 'P0D' }, { ...homes, key: 'nothing' })],
    [/shortened/, entry({ then: 'truncate' }, base)],
    [/otherwise than its row/, entry({}, base)],
  ]
  const log = map.facts.activity_log!
  const address = (over: object): TableEntry => ({
    ...log,
    columns: { ...log.columns, address: { ...log.columns.address!, ...over } },
  })
  const { after, ...counted } = { after: 'row.expired', keep: 'P7D', then: 'truncate' } as const
  for (const [says, table] of [
    ...wrong,
    [/no column beside it/, address({ shortened: undefined })],
    [/no column beside it/, address({ shortened: 'kind' })],
    [/by an instant that its rows do not have/, address({ retention: { ...counted, after } })],
  ] as const) {
    const found = retentionRules({
      facts: { home: map.facts.home!, connection: table },
      history: {},
      vault: {},
    }).faults
    assert.ok(
      found.some((fault) => says.test(fault)),
      `${String(says)}: ${found.join('; ')}`,
    )
  }
})

interface Witness extends Place {
  readonly column: string
  readonly value: unknown
  /** The day on which it must be gone; undefined = never. */
  readonly day: number | undefined
}

/** A row in every table that keeps a time, for an account closed and one open, and for rows whose instant came or has not. */
async function plant(
  stores: Stores,
  now: number,
): Promise<{ readonly witnesses: Witness[]; readonly closed: SubjectId; readonly open: SubjectId }> {
  const witnesses: Witness[] = []
  const [closed, open] = [newId<SubjectId>(), newId<SubjectId>()]
  for (const subject of [closed, open]) await stores.vault.createKey({ subject })
  const later = now + 5_000 * dayMs
  for (const rule of rowRules) {
    const { store, table, clock, keep } = rule
    const entry = map[store][table]!
    for (const [subject, at, day] of [
      [closed, now, days[keep]],
      [open, clock.at === 'owner' ? null : later, undefined],
    ] as const) {
      if (clock.at === 'gone') continue
      const row = rowOf(table, entry, {
        subject,
        ...(clock.at === 'row' || clock.table === table ? { [clock.column]: at } : {}),
      })
      const [column, value] =
        Object.entries(row).find(
          ([name, held]) =>
            typeof held === 'string' && (name === 'id' || name === 'run_id' || name.endsWith('hash')),
        ) ?? (clock.at === 'owner' ? [clock.of, subject] : ['series_id', row.series_id])
      await put(stores, rule, row)
      const isOwner = clock.at === 'owner' && clock.table === table
      witnesses.push({ store, table, column, value, day: isOwner && day !== undefined ? days.P3Y : day })
    }
  }
  return { witnesses, closed, open }
}

onBothDialects('each row disappears on its own day and not before', async (at) => {
  clause('pp.ret.1')
  clause('pp.ret.2')
  clause('pp.5.2')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const { witnesses, closed, open } = await plant(stores, clock.now())
  const retention = retentionOn(at)
  const look = async (day: number, early: string) => {
    for (const { store, table, column, value, day: due } of witnesses) {
      const found = (await rowsWith(stores, { store, table }, column, value)).length
      assert.equal(found, due === undefined || day < due ? 1 : 0, `${store}.${table} on day ${day}${early}`)
    }
    assert.equal(await stores.vault.hasKey({ subject: closed }), day < 30, `key on day ${day}${early}`)
    assert.equal(await stores.vault.hasKey({ subject: open }), true)
  }
  let last = 0
  for (const day of [0, 1, 6, 7, 8, 29, 30, 31, 89, 90, 91, 395, 396, 1095, 1096, 3651, 3652]) {
    clock.advance((day - last) * dayMs - 1)
    await retention.run()
    await look(day - 1, ' but a moment')
    clock.advance(1)
    const due = await retention.due()
    assert.deepEqual(await retention.run(), due, `dry run of day ${day}`)
    await look(day, '')
    assert.deepEqual(await retention.due(), [])
    last = day
  }
})

onBothDialects(
  'of a closed account nothing stays but its id and the day, until its last act has gone',
  async (at) => {
    clause('pp.ret.2')
    const { stores } = at
    const clock = at.options.clock as TestClock
    const { closed, open } = await plant(stores, clock.now())
    const closedAt = clock.now()
    clock.advance(30 * dayMs)
    await retentionOn(at).run()
    const [row] = await rowsWith(stores, { store: 'facts', table: 'account' }, 'subject', closed)
    const held = Object.entries(row ?? {}).filter(
      ([, value]) => value !== null && value !== '' && value !== 0,
    )
    assert.deepEqual(held.map(([name]) => name).toSorted(), ['closed_at', 'subject', 'tenant'])
    assert.equal(row?.closed_at, closedAt)
    assert.equal((await rowsWith(stores, { store: 'facts', table: 'account' }, 'subject', open)).length, 1)
  },
)

onBothDialects(
  'what a removal cut short left of a home, device or sign-in goes with the next pass',
  async (at) => {
    clause('pp.ret.2')
    const { stores } = at
    const [home, gone] = [newId<HomeId>(), newId<HomeId>()]
    const [device, lost, fresh] = [newId<DeviceId>(), newId<DeviceId>(), newId<DeviceId>()]
    const [signIn, ended] = [newId(), newId()]
    for (const each of [home, gone]) await stores.vault.createKey({ home: each })
    await put(
      stores,
      { store: 'facts', table: 'home' },
      rowOf('home', map.facts.home!, { home_id: home, n: 1 }),
    )
    await put(
      stores,
      { store: 'facts', table: 'device' },
      rowOf('device', map.facts.device!, { home_id: home, id: device }),
    )
    await put(
      stores,
      { store: 'facts', table: 'session' },
      rowOf('session', map.facts.session!, { id: signIn, expires_at: 9e12 }),
    )
    const owners: Readonly<Record<string, readonly string[]>> = {
      home: [home, gone],
      device: [device, lost, fresh],
      session: [signIn, ended],
    }
    for (const { store, table, clock } of rowRules) {
      if (clock.at !== 'gone' || clock.table === table) continue
      for (const owner of owners[clock.table] ?? [])
        await put(
          stores,
          { store, table },
          rowOf(table, map[store][table]!, { home_id: store === 'history' ? 1 : owner, [clock.of]: owner }),
        )
    }
    // A device that only memory knows is written before anything is called lost.
    const settle = async () => {
      if ((await rowsWith(stores, { store: 'facts', table: 'device' }, 'id', fresh)).length === 0)
        await put(
          stores,
          { store: 'facts', table: 'device' },
          rowOf('device', map.facts.device!, { home_id: home, id: fresh }),
        )
    }
    await retentionOn(at, { settle }).run()
    for (const { store, table, clock } of rowRules) {
      if (clock.at !== 'gone') continue
      const left = await ask(stores, { store }, `SELECT "${clock.of}" AS owner FROM "${table}"`, [])
      const stay = (owners[clock.table] ?? []).filter((each) => ![gone, lost, ended].includes(each as HomeId))
      assert.deepEqual(
        left.map(({ owner }) => String(owner)).toSorted(),
        stay.toSorted(),
        `${store}.${table}`,
      )
    }
    assert.equal(await stores.vault.hasKey({ home: gone }), false)
    assert.equal(await stores.vault.hasKey({ home }), true)
  },
)

onBothDialects('a column that lives by a choice is emptied when the choice no longer holds', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const [chose, withdrew] = [newId<SubjectId>(), newId<SubjectId>()]
  for (const subject of [chose, withdrew])
    await put(
      stores,
      { store: 'facts', table: 'session' },
      rowOf('session', map.facts.session!, { subject, expires_at: 9e12 }),
    )
  await retentionOn(at, { has: async (subject) => subject === chose }).run()
  const labels = async (subject: SubjectId) =>
    (await rowsWith(stores, { store: 'facts', table: 'session' }, 'subject', subject)).map(
      ({ label }) => label === null,
    )
  assert.deepEqual(await labels(withdrew), [true])
  assert.deepEqual(await labels(chose), [false])
})

onBothDialects('many samples go in chunks, and only the old ones', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const old = clock.now() - 40 * dayMs
  for (let series = 1; series <= 3; series++)
    for (let i = 0; i < 1_200; i++)
      await put(
        stores,
        { store: 'history', table: 'sample' },
        { home_id: 1, series_id: series, ts: old + i, value: i },
      )
  for (let series = 1; series <= 3; series++)
    await put(
      stores,
      { store: 'history', table: 'sample' },
      { home_id: 1, series_id: series, ts: clock.now() - 1, value: 1 },
    )
  assert.deepEqual(await retentionOn(at).run(), [{ store: 'history', table: 'sample', rows: 3_600 }])
  assert.equal((await rowsWith(stores, { store: 'history', table: 'sample' }, 'home_id', 1)).length, 3)
})

onBothDialects(
  'the pass runs a minute after the start when it is due, then daily; failing twice is an error, never the end',
  async (at) => {
    clause('pp.ret.1')
    const { stores } = at
    const clock = testClock()
    let errors = 0
    let fails = false
    let runs = 0
    const log = { ...quietLog, error: () => void errors++ }
    const jobs = new Jobs({
      facts: stores.facts,
      dialect: stores.dialect,
      clock,
      log: quietLog,
      random: () => 0.5,
    })
    const settle = async () => {
      runs++
      if (fails) throw new Error('no')
    }
    const begin = () => retentionOn(at, { stores: { ...stores, jobs }, clock, log, settle }).start()
    await begin()
    await jobs.runDue()
    assert.equal(runs, 0)
    clock.advance(60_000)
    await jobs.runDue()
    const once = runs
    assert.ok(once > 0)
    clock.advance(dayMs - 1)
    await jobs.runDue()
    assert.equal(runs, once)
    // A start after the time has come waits its minute too.
    clock.advance(dayMs)
    await begin()
    await jobs.runDue()
    assert.equal(runs, once)
    fails = true
    clock.advance(60_000)
    await jobs.runDue()
    assert.equal(errors, 0)
    for (let i = 1; i <= 40; i++) {
      clock.advance(60 * 60_000)
      await jobs.runDue()
    }
    assert.ok(errors > 10)
    fails = false
    clock.advance(60 * 60_000)
    const before = runs
    await jobs.runDue()
    assert.ok(runs > before)
  },
)
