// Catches a pass that calls itself done while something due is still there, and one that fails unseen while more is collected.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { beginRun } from '../backup/store.ts'
import { internalsOf } from '../store/internals.ts'
import { dataMap } from '../store/schema.ts'
import type { Expiry, Stores } from '../store/stores.ts'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { closedBy, retentionRules } from './retention-rules.ts'
import { shownReport, shownState } from './retention-routes.ts'
import { RetentionFailed, type Retention, type RetentionDeps } from './retention.ts'
import { retentionOn } from './testing/retention.ts'

const dayMs = 86_400_000
const { rules } = retentionRules(dataMap)

/** The stores with a removal that skips one table, as a hasty change might. */
function skipping(stores: Stores, table: string): RetentionDeps['stores'] {
  const skip: Expiry['removeBefore'] = async function* (place, column, atMs, group) {
    if (place.table !== table) yield* stores.expiry.removeBefore(place, column, atMs, group)
  }
  const { facts, vault, erase, jobs, intake } = stores
  return { facts, vault, erase, jobs, intake, expiry: { ...stores.expiry, removeBefore: skip } }
}
const asSecurity = (stores: Stores, subject: SubjectId) =>
  stores.facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'activity' },
    purpose: 'security',
  })
async function act(stores: Stores, subject: SubjectId, at: number): Promise<void> {
  const row = {
    subject,
    at,
    kind: 'sign-in',
    surface: 'app',
    home: null,
    device: null,
    locale: null,
  } as const
  await asSecurity(stores, subject)
    .insertInto('activity_log')
    .values({ ...row, id: newId(), address: null, area: null })
    .execute()
}
async function acts(stores: Stores, subject: SubjectId): Promise<number> {
  return (await asSecurity(stores, subject).selectFrom('activity_log').select('id').execute()).length
}

onBothDialects('a skipped table makes the pass fail, and what is left stands in its result', async (at) => {
  clause('pp.5.2')
  clause('pp.ret.1')
  const clock = at.options.clock as TestClock
  const subject = newId<SubjectId>()
  await at.stores.vault.createKey({ subject })
  await act(at.stores, subject, clock.now())
  clock.advance(91 * dayMs)
  const hasty = retentionOn(at, { stores: skipping(at.stores, 'activity_log') })
  await assert.rejects(hasty.run(), (error) => {
    assert.ok(error instanceof RetentionFailed)
    assert.match(error.message, /facts\.activity_log$/)
    return true
  })
  const { runs, faults, failing } = await shownState(hasty)
  assert.equal(runs[0]?.outcome, 'failed')
  assert.deepEqual(runs[0]?.results, [
    { rule: 'facts.activity_log', removed: 0, remaining: 1, fault: 'not-gone' },
  ])
  assert.deepEqual(
    faults.map(({ rule, fails, closed }) => [rule, fails, closed]),
    [['facts.activity_log', 1, false]],
  )
  assert.equal(failing, false)
  await act(at.stores, subject, clock.now())
})

onBothDialects(
  'what fails twice raises the alarm and closes its table, over a restart too, until it works again',
  async (at) => {
    clause('pp.5.2')
    clause('pp.ret.1')
    const clock = at.options.clock as TestClock
    const subject = newId<SubjectId>()
    await at.stores.vault.createKey({ subject })
    await act(at.stores, subject, clock.now())
    clock.advance(91 * dayMs)
    const hasty = retentionOn(at, { stores: skipping(at.stores, 'activity_log') })
    for (const isAlarm of [false, true]) {
      await assert.rejects(hasty.run(), RetentionFailed)
      assert.equal(hasty.isFailing(), isAlarm)
    }
    const refused = { code: 'policy.retention-failing' }
    await assert.rejects(act(at.stores, subject, clock.now()), refused)
    assert.equal(await acts(at.stores, subject), 1)
    // Another place takes in as before.
    await at.stores.facts
      .as({ scope: { person: subject }, actor: { kind: 'person', subject }, purpose: 'service.core' })
      .insertInto('recovery_code')
      .values({ subject, id: newId(), hash: newId(), used_at: null })
      .execute()
    await at.reopen()
    const again = retentionOn(at)
    await again.start()
    assert.equal(again.isFailing(), true)
    await assert.rejects(act(at.stores, subject, clock.now()), refused)
    assert.equal((await shownState(again)).faults[0]?.closed, true)
    await again.run()
    assert.equal(again.isFailing(), false)
    assert.deepEqual((await shownState(again)).faults, [])
    await act(at.stores, subject, clock.now())
    assert.equal(await acts(at.stores, subject), 1)
  },
)

onBothDialects('a rule that throws keeps no other from its work', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const subject = newId<SubjectId>()
  await stores.vault.createKey({ subject })
  await act(stores, subject, clock.now())
  clock.advance(91 * dayMs)
  const { facts, vault, erase, jobs, intake } = stores
  const broken: Expiry = {
    ...stores.expiry,
    valuesOf: async () => {
      throw new Error('no')
    },
  }
  const retention = retentionOn(at, { stores: { facts, vault, erase, jobs, intake, expiry: broken } })
  await assert.rejects(retention.run(), RetentionFailed)
  assert.equal(await acts(stores, subject), 0)
  const [run] = (await shownState(retention)).runs
  assert.ok(run?.results.some(({ fault }) => fault === 'server.fault'))
})

onBothDialects('a pass that cannot begin fails what was due, and only that', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const subject = newId<SubjectId>()
  await stores.vault.createKey({ subject })
  await act(stores, subject, clock.now())
  clock.advance(91 * dayMs)
  const settle = async () => {
    throw new Error('no')
  }
  const retention = retentionOn(at, { settle })
  await assert.rejects(retention.run(), RetentionFailed)
  const { faults, runs } = await shownState(retention)
  assert.deepEqual(
    faults.map(({ rule }) => rule),
    ['facts.activity_log'],
  )
  assert.equal(runs[0]?.fault, 'server.fault')
})

onBothDialects('while histories cannot be removed no new samples are taken in', async (at) => {
  clause('pp.ret.1')
  const { intake, history } = at.stores
  intake.close(closedBy(rules.filter(({ table }) => table === 'sample')))
  const home = newId<never>()
  await at.stores.vault.createKey({ home })
  await assert.rejects(
    history
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .append([{ device: newId(), path: 'main/onOff/on', ts: 1, value: true }]),
    { code: 'policy.retention-failing' },
  )
})

onBothDialects('a pass that is stopped forgives no rule that it did not reach', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const subject = newId<SubjectId>()
  await stores.vault.createKey({ subject })
  await act(stores, subject, clock.now())
  await beginRun(stores.facts, clock.now())
  clock.advance(91 * dayMs)
  const names = async (of: Retention) => (await shownState(of)).faults.map(({ rule }) => rule)
  const hasty = retentionOn(at, { stores: skipping(stores, 'backup_run') })
  await assert.rejects(hasty.run(), RetentionFailed)
  assert.deepEqual(await names(hasty), ['facts.backup_run'])
  await act(stores, subject, clock.now() - 100 * dayMs)
  const { facts, vault, erase, jobs, intake } = stores
  const broken: Expiry['removeBefore'] = async function* (place, column, atMs, group) {
    if (place.table === 'activity_log') {
      cut.stop()
      throw new Error('no')
    }
    yield* stores.expiry.removeBefore(place, column, atMs, group)
  }
  const expiry = { ...stores.expiry, removeBefore: broken }
  const cut: Retention = retentionOn(at, { stores: { facts, vault, erase, jobs, intake, expiry } })
  await assert.rejects(cut.run(), RetentionFailed)
  assert.deepEqual(await names(cut), ['facts.activity_log', 'facts.backup_run'])
})

test('whoever is to mend it can still sign in, and a withdrawal still counts', () => {
  clause('pp.ret.1')
  const closed = closedBy(rules)
  for (const open of ['facts.session', 'facts.sign_in_flow', 'facts.consent_event', 'facts.command'])
    assert.ok(!closed.has(open), open)
  assert.ok(closed.has('history.sample') && closed.has('facts.activity_log'))
})

onBothDialects('the dry run accounts for every row and changes none', async (at) => {
  clause('pp.ret.1')
  const { stores } = at
  const clock = at.options.clock as TestClock
  const subject = newId<SubjectId>()
  await stores.vault.createKey({ subject })
  for (const days of [100, 50, 1]) await act(stores, subject, clock.now() - days * dayMs)
  const retention = retentionOn(at)
  await retention.start()
  const report = await shownReport(retention)
  const line = report.rules.find(({ rule }) => rule === 'facts.activity_log')
  assert.deepEqual(line, {
    rule: 'facts.activity_log',
    act: 'delete',
    after: 'row.created',
    keep: 'P90D',
    due: 1,
    held: [{ because: 'not-yet', rows: 2 }],
  })
  assert.equal(report.nextRunAt, new Date(clock.now() + 60_000).toISOString())
  assert.equal(report.rules.length, rules.length)
  assert.equal(await acts(stores, subject), 3)
  // The job itself is a row whose time has not begun.
  const jobs = report.rules.find(({ rule }) => rule === 'facts.job')
  assert.deepEqual(jobs?.held, [{ because: 'not-begun', rows: 1 }])
  assert.ok(internalsOf(stores).vaultFile)
})
