// Catches a job that runs twice at once, is lost by a failure, or ends in silence; and a process that writes after it was taken over.
import assert from 'node:assert/strict'
import { hasCode, newId, type HomeId } from '@eaves/model'
import { createLease } from './lease.ts'
import { onBothDialects, testClock, type TestStores, quietLog } from './testing.ts'
import { Jobs, type Job } from './jobs.ts'

const ofAll = {
  scope: { instance: true },
  actor: { kind: 'system', part: 'jobs' },
  purpose: 'service.core',
} as const
const worker = ({ stores }: TestStores, clock = testClock()) => ({
  clock,
  jobs: new Jobs<string>({
    facts: stores.facts,
    dialect: stores.dialect,
    clock,
    log: quietLog,
    random: () => 0.5,
  }),
})

onBothDialects('a due job runs once, with its payload, and not before its time', async (at) => {
  const { clock, jobs } = worker(at)
  const home = newId<HomeId>()
  await at.stores.vault.createKey({ home })
  const ran: Job[] = []
  jobs.handle('sweep', async (job) => void ran.push(job))
  await jobs.enqueue({ kind: 'sweep', runAt: clock.now() + 1_000, home, payload: 'ids' })
  await jobs.enqueue({ kind: 'unknown', runAt: 0 })
  assert.equal(await jobs.runDue(), 0)
  clock.advance(1_000)
  assert.equal(await jobs.runDue(), 1)
  assert.equal(await jobs.runDue(), 0)
  assert.deepEqual(
    ran.map(({ kind, payload, attempt, home: of }) => ({ kind, payload, attempt, of })),
    [{ kind: 'sweep', payload: 'ids', attempt: 1, of: home }],
  )
})

onBothDialects('a key keeps a job single while it is open', async (at) => {
  const { jobs } = worker(at)
  let runs = 0
  jobs.handle('once', async () => void runs++)
  for (let i = 0; i < 3; i++) await jobs.enqueue({ kind: 'once', runAt: 0, key: 'once' })
  await jobs.runDue()
  await jobs.enqueue({ kind: 'once', runAt: 0, key: 'once' })
  await jobs.runDue()
  assert.equal(runs, 2)
})

onBothDialects('a job that fails is tried again later, and in the end stays visible', async (at) => {
  const { clock, jobs } = worker(at)
  let tries = 0
  jobs.handle('broken', async () => {
    tries++
    throw Object.assign(new Error('no'), { code: 'device.unreachable' })
  })
  await jobs.enqueue({ kind: 'broken', runAt: 0 })
  await jobs.runDue()
  assert.equal(await jobs.runDue(), 0)
  for (let i = 0; i < 20; i++) {
    clock.advance(2 * 60 * 60_000)
    await jobs.runDue()
  }
  assert.equal(tries, 8)
  const row = await at.stores.facts.as(ofAll).selectFrom('job').selectAll().executeTakeFirstOrThrow()
  assert.equal(row.failed, 'device.unreachable')
})

onBothDialects('a job of a process that died is taken up when its lock ends, never before', async (at) => {
  const { clock, jobs } = worker(at)
  const other = worker(at, clock).jobs
  let runs = 0
  const entered = Promise.withResolvers<void>()
  const never = Promise.withResolvers<void>()
  jobs.handle('long', async () => {
    entered.resolve()
    await never.promise
  })
  other.handle('long', async () => void runs++)
  await jobs.enqueue({ kind: 'long', runAt: 0 })
  const stuck = jobs.runDue()
  await entered.promise
  assert.equal(await other.runDue(), 0)
  clock.advance(6 * 60_000)
  assert.equal(await other.runDue(), 1)
  never.resolve()
  await stuck
  assert.equal(runs, 1)
})

onBothDialects('a handler may ask to run again', async (at) => {
  const { clock, jobs } = worker(at)
  let runs = 0
  jobs.handle('tick', async () => {
    runs++
    return clock.now() + 60_000
  })
  await jobs.enqueue({ kind: 'tick', runAt: 0 })
  for (let i = 0; i < 3; i++) {
    await jobs.runDue()
    clock.advance(60_000)
  }
  assert.equal(runs, 3)
})

onBothDialects(
  'the epoch rises at each start, and who was taken over writes no more',
  async ({ stores, options }) => {
    const first = await stores.lease.acquire()
    await stores.lease.fenced(first, async (db) =>
      db.insertInto('instance').values({ key: 'a', value: '1' }).execute(),
    )
    const later = createLease(stores.facts, options.clock)
    assert.equal(await later.acquire(), first + 1)
    await assert.rejects(
      stores.lease.fenced(first, async (db) =>
        db.insertInto('instance').values({ key: 'b', value: '1' }).execute(),
      ),
      (error) => hasCode(error, 'server.busy'),
    )
    const keys = await stores.facts
      .as(ofAll)
      .selectFrom('instance')
      .select('key')
      .where('key', 'in', ['a', 'b'])
      .execute()
    assert.deepEqual(
      keys.map(({ key }) => key),
      ['a'],
    )
  },
)
