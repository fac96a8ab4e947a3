// Catches a report that leaves after its person has said no, and a sending that is written down nowhere: by a race, or by a kill between the sending and its end.
// The manufacturer is an HTTP server on loopback that keeps every request; the ledger is compared with it both ways.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause, type SharedCategory } from '@eaves/policy'
import { openPeople, type TestPeople } from '../people/testing.ts'
import { internalsOf } from '../store/internals.ts'
import { openStores, type Stores } from '../store/stores.ts'
import { onBothDialects, quietLog, testClock, type TestClock, type TestStores } from '../store/testing.ts'
import { createEgress, type Egress } from './egress-post.ts'
import type { Registered } from './recipients.ts'
import { careless, dayMs, maker, openWebhook } from './testing.ts'

const purpose = 'sharing.manufacturer-quality'
/** A thousand in the long run. */
const reports = process.env.EAVES_TEST_WHOLE === undefined ? 200 : 1_000
const sources = { [purpose]: async () => careless }
const categories: readonly SharedCategory[] = ['user.device.device_id', 'device.use']

async function opened(
  at: Pick<TestStores, 'stores' | 'options'>,
  recipients: readonly Registered[],
  egress: Pick<Egress, 'post'> = createEgress(),
): Promise<
  TestPeople & { readonly subject: SubjectId; readonly choose: (given: boolean) => Promise<unknown> }
> {
  const t = await openPeople(at, 'household', {
    sharing: { recipients, egress, sources },
  })
  const { subject } = await t.claimed()
  const { sharing } = t.privacy
  return {
    ...t,
    subject,
    choose: async (given) => {
      const { recipients: known } = await sharing.mine(subject, { locale: 'en', gpc: false })
      return sharing.choose(
        subject,
        'acme',
        {
          purpose,
          locale: 'en',
          noticeSha256: known[0]!.sharing[0]!.notice.sha256,
          choices: categories.map((category) => ({ category, given })),
        },
        { surface: 'app', gpc: false },
      )
    },
  }
}

/** The whole ledger of a person, page by page. */
async function ledger({ privacy }: TestPeople, subject: SubjectId) {
  const rows = []
  for (let before: string | undefined; ;) {
    const page = await privacy.sharing.mine(subject, { locale: 'en', gpc: false, before })
    rows.push(...page.received)
    if (page.older === undefined) return rows
    before = page.older
  }
}

/** Puts as many reports into the queue, as if as many days had passed. */
async function queue(at: TestStores, { subject, privacy }: Awaited<ReturnType<typeof opened>>, n: number) {
  await privacy.sharing.daily()
  const own = at.stores.facts.as({
    scope: { person: subject },
    actor: { kind: 'system', part: 'sharing' },
    purpose: 'service.core',
  })
  const [first] = await own.selectFrom('release').selectAll().execute()
  await own
    .insertInto('release')
    .values(Array.from({ length: n - 1 }, (_, i) => ({ ...first!, id: newId(), slot: `slot-${i}` })))
    .execute()
}

onBothDialects(
  'hundreds of reports wait and are being sent when the person says no: none leaves after that, and the ledger and the manufacturer know the same ones',
  async (at) => {
    clause('pp.4.4.e')
    clause('pp.3.1')
    const hook = await openWebhook()
    const real = createEgress()
    let withdrawn: Promise<unknown> | undefined
    let lastBefore = 0
    let setOut = 0
    // The name takes its time to be looked up: the no comes between what is written down and the first byte.
    const slow: Pick<Egress, 'post'> = {
      post: async (post) => {
        setOut += 1
        const isLast = setOut === 42
        if (isLast) withdrawn = t.choose(false).then(() => (lastBefore = hook.caught.length))
        await new Promise((resolve) => setTimeout(resolve, isLast ? 200 : setOut > 42 ? 60 : 5))
        return real.post(post)
      },
    }
    const t = await opened(at, [maker('acme', hook.url)], slow)
    try {
      await t.choose(true)
      await queue(at, t, reports)
      await t.privacy.sharing.drain()
      await withdrawn
      await t.privacy.sharing.drain()
      ;(at.options.clock as TestClock).advance(dayMs)
      await t.privacy.sharing.daily()
      await t.privacy.sharing.drain()
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.ok(lastBefore >= 30 && lastBefore < 60, `${lastBefore}`)
      assert.equal(hook.caught.length, lastBefore)
      const rows = await ledger(t, t.subject)
      assert.deepEqual(rows.map(({ id }) => id).toSorted(), hook.caught.map(({ body }) => body.id).toSorted())
      assert.ok(rows.every(({ outcome }) => outcome === 'sent'))
      assert.ok(hook.caught.every(({ isSigned }) => isSigned))
    } finally {
      await hook.close()
    }
  },
)

onBothDialects(
  'a no does not wait for a manufacturer that does not answer: the sending is broken off and told as unknown',
  async (at) => {
    clause('pp.4.4.e')
    const hook = await openWebhook()
    const t = await opened(at, [maker('acme', hook.url)])
    try {
      await t.choose(true)
      await t.privacy.sharing.daily()
      hook.answer = () => new Promise(() => undefined)
      const draining = t.privacy.sharing.drain()
      while (hook.caught.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      const began = performance.now()
      await t.choose(false)
      assert.ok(performance.now() - began < 5_000)
      await draining
      const [row] = await ledger(t, t.subject)
      assert.deepEqual([row?.outcome, row?.id], ['unknown', hook.caught[0]?.body.id])
      await t.privacy.sharing.drain()
      assert.equal(hook.caught.length, 1)
    } finally {
      await hook.close()
    }
  },
)

onBothDialects(
  'what could not leave is tried again, what was received and not taken is not, and the ledger tells them apart',
  async (at) => {
    clause('pp.3.1')
    const hook = await openWebhook()
    const recipients = [maker('acme', 'http://127.0.0.1:1/')]
    const t = await opened(at, recipients)
    const clock = at.options.clock as TestClock
    try {
      await t.choose(true)
      await t.privacy.sharing.daily()
      await t.privacy.sharing.drain()
      recipients[0] = maker('acme', hook.url)
      hook.answer = async () => ({ status: 500 })
      clock.advance(2 * 60_000)
      await t.privacy.sharing.drain()
      clock.advance(dayMs / 2)
      await t.privacy.sharing.drain()
      const rows = await ledger(t, t.subject)
      assert.deepEqual(
        rows.map(({ outcome, bytes }) => [outcome, bytes === 0]),
        [
          ['refused', false],
          ['failed', true],
        ],
      )
      assert.equal(hook.caught.length, 1)
    } finally {
      await hook.close()
    }
  },
)

test('killed between the sending and its end, the server tells of it as unknown, and sends it no second time', async () => {
  clause('pp.3.1')
  clause('pp.3.1.3')
  const folder = mkdtempSync(join(tmpdir(), 'eaves-release-'))
  const clock = testClock()
  const options = { dataDir: join(folder, 'data'), keyFile: join(folder, 'key', 'kek'), clock, log: quietLog }
  const hook = await openWebhook()
  let stores: Stores | undefined
  const open = async () => ({ options, stores: (stores = await openStores(options)) })
  try {
    const t = await opened(await open(), [maker('acme', hook.url)])
    await t.choose(true)
    await t.privacy.sharing.daily()
    await stores?.close()
    const child = spawn(
      process.execPath,
      [
        new URL('testing/drain-once.ts', import.meta.url).pathname,
        JSON.stringify({
          dataDir: options.dataDir,
          keyFile: options.keyFile,
          url: hook.url,
          nowMs: clock.now(),
        }),
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    )
    const over = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    )
    // The request is there whole, and nothing has been answered.
    hook.answer = async () => {
      child.kill('SIGKILL')
      return new Promise(() => undefined)
    }
    assert.equal(await over, 'SIGKILL')
    assert.equal(hook.caught.length, 1)
    hook.answer = async () => ({ status: 204 })
    const again = await openPeople(await open(), 'household', {
      sharing: {
        recipients: [maker('acme', hook.url)],
        egress: createEgress(),
        sources,
      },
    })
    const sent = hook.caught[0]!.body.id
    assert.deepEqual(
      (await ledger(again, t.subject)).map(({ id, outcome }) => [id, outcome]),
      [[sent, 'sending']],
    )
    clock.advance(61_000)
    assert.equal((await ledger(again, t.subject))[0]?.outcome, 'unknown')
    clock.advance(5 * 60_000)
    await again.privacy.sharing.drain()
    assert.equal(hook.caught.length, 1)
    const ends = internalsOf(stores!).factsFile?.get<{ outcome: string }>(
      'SELECT outcome FROM disclosure_outcome',
    )
    assert.equal(ends?.outcome, 'unknown')
    clock.advance(dayMs)
    await again.privacy.sharing.daily()
    await again.privacy.sharing.drain()
    assert.equal(hook.caught.length, 2)
  } finally {
    await stores?.close()
    await hook.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
