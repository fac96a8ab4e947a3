// Catches an act that leaves no line or somebody else's, a line that says more than its closed columns, and a whole address that outlives its days.
import assert from 'node:assert/strict'
import { hasCode, newId, type ActivityKind, type HomeId, type SubjectId } from '@eaves/model'
import { activityPage, activityQuery, type ActivityPage } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { createLog } from '../log.ts'
import { here, nobody, openPeople, type TestPeople } from '../people/testing.ts'
import { Retention } from '../privacy/privacy.ts'
import { onBothDialects, quietLog, storedBytes, type TestClock, type TestStores } from '../store/testing.ts'

const dayMs = 86_400_000
const whole = '203.0.113.77'
const asSystem = (purpose: 'security' | 'service.core') =>
  ({ scope: { instance: true }, actor: { kind: 'system', part: 'start' }, purpose }) as const
const from = (address = whole, device?: string, subject?: SubjectId) =>
  ({ address, surface: 'app', device, subject }) as const

const list = (t: TestPeople, subject: SubjectId, asked: object = {}): Promise<ActivityPage> =>
  t.activity.list(subject, activityQuery.parse(asked))
const kinds = async (t: TestPeople, subject: SubjectId, asked: object = {}) =>
  (await list(t, subject, asked)).entries.map(({ kind }) => kind)
const rows = ({ stores }: TestStores) =>
  stores.facts.as(asSystem('security')).selectFrom('activity_log').selectAll().execute()

function retentionOn({ stores, options }: TestStores): Retention {
  const { clock } = options
  return new Retention({
    stores,
    clock,
    log: quietLog,
    has: async () => true,
    settle: async () => undefined,
  })
}

onBothDialects('each act on an account leaves one line that says what, when, from where', async (at) => {
  clause('pp.2.2.3')
  const t = await openPeople(at)
  const clock = at.options.clock as TestClock
  const { subject, recoveryCodes } = await t.activity.during(from(), () => t.claimed())
  clock.advance(1000)
  const signedIn = await t.activity.during(from('2001:DB8:1:2::3'), () =>
    t.people.signIn.byRecoveryCode(
      { identifier: { email: 'ada@example.org' }, recoveryCode: recoveryCodes[0]! },
      here,
      nobody,
    ),
  )
  const session = signedIn.session.row.id
  const acts: readonly (readonly [ActivityKind, () => Promise<unknown>])[] = [
    ['password-set', () => t.people.profile.setPassword(subject, 'a long one', session)],
    ['recovery-codes-made', () => t.people.profile.renewRecoveryCodes(subject, session)],
    [
      'token-made',
      () => t.people.tokens.create(subject, { name: 'script', homes: 'all', verbs: 'all', days: 1 }, 'app'),
    ],
    ['token-ended', () => t.people.tokens.end(subject)],
    ['choice-given', () => t.privacy.setChoice(subject, 'account.device-label', true, 'app')],
    ['choice-withdrawn', () => t.privacy.setChoice(subject, 'account.device-label', false, 'app')],
    ['agreement-refused', () => t.privacy.refuse(subject, 'en', 'EU', 'app')],
    ['agreement', () => t.privacy.act(subject, t.acts('zh-Hans'), 'app')],
  ]
  for (const [, act] of acts) {
    clock.advance(1000)
    await t.activity.during(from(whole, session, subject), act)
  }
  const { entries } = activityPage.parse(await list(t, subject))
  assert.deepEqual(
    entries.slice(0, acts.length).map(({ kind }) => kind),
    acts.map(([kind]) => kind).toReversed(),
  )
  assert.deepEqual(
    entries
      .slice(acts.length)
      .map(({ kind }) => kind)
      .toSorted(),
    ['account-made', 'recovery-code-used', 'sign-in'],
  )
  for (const { kind, device, address, shortened, surface, locale } of entries.slice(0, acts.length))
    assert.deepEqual(
      [device, address, shortened, surface, locale],
      [session, whole, false, 'app', 'en'],
      kind,
    )
  const signIn = entries.find(({ kind }) => kind === 'sign-in')
  assert.deepEqual([signIn?.device, signIn?.address], [session, '2001:db8:1:2::3'])
  // A repeated choice or act changes nothing, so it is no act.
  await t.privacy.setChoice(subject, 'account.device-label', false, 'app')
  await t.privacy.act(subject, t.acts('zh-Hans'), 'app')
  assert.equal((await rows(at)).length, entries.length)
})

onBothDialects(
  'what the guardian of a person did is in their list, and where the guardian was is not',
  async (at) => {
    clause('pp.6')
    const t = await openPeople(at)
    const { subject } = await t.claimed()
    await t.activity.during(from(whole, newId(), newId<SubjectId>()), () =>
      t.activity.note(subject, 'guardian-saw'),
    )
    const [line] = (await list(t, subject, { kind: 'guardian-saw' })).entries
    assert.deepEqual([line?.kind, line?.address, line?.device], ['guardian-saw', undefined, undefined])
  },
)

onBothDialects(
  'a failed attempt is noted for the person it concerns, and whoever tried sees no difference',
  async (at) => {
    clause('pp.2.2.3')
    const t = await openPeople(at)
    const { subject } = await t.claimed()
    const before = (await rows(at)).length
    const wrong = (email: string) => ({ identifier: { email }, password: 'wrong', recoveryCode: 'wrong' })
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      await assert.rejects(t.people.signIn.byPassword(wrong(email), here, nobody), (error: unknown) =>
        hasCode(error, 'auth.password-wrong'),
      )
      await assert.rejects(t.people.signIn.byRecoveryCode(wrong(email), here, nobody), (error: unknown) =>
        hasCode(error, 'auth.code-wrong'),
      )
      const { flow } = await t.people.signIn.requestCode({ identifier: { email }, address: here.address })
      await t.people.settled()
      await assert.rejects(t.people.signIn.byCode({ flow, code: '000000' }, here, nobody), (error: unknown) =>
        hasCode(error, 'auth.code-wrong'),
      )
    }
    await t.people.settled()
    // Somebody signed in to another account tries this one: their sign-in is not told to its person.
    await t.activity.during(from(whole, newId(), newId<SubjectId>()), () =>
      assert.rejects(t.people.signIn.byPassword(wrong('ada@example.org'), here, nobody)),
    )
    await t.people.settled()
    const added = await rows(at)
    assert.equal(added.length - before, 4)
    const failed = (await list(t, subject, { kind: 'sign-in-failed' })).entries
    assert.equal(failed.length, 4)
    assert.ok(failed.every(({ device }) => device === undefined))
    assert.equal(failed.filter(({ address }) => address === whole).length, 1)
    assert.ok(added.every((row) => row.subject === subject))
  },
)

onBothDialects(
  'after seven days only the area of an address is left anywhere, after ninety the line is gone',
  async (at, dialect) => {
    clause('pp.2.2.3')
    clause('pp.ret.1')
    const t = await openPeople(at)
    const clock = at.options.clock as TestClock
    const { subject } = await t.claimed()
    const six = '2001:db8:85a3:8d3:1319:8a2e:370:7348'
    await t.activity.during(from(whole), () => t.activity.note(subject, 'sign-out'))
    await t.activity.during(from(six), () => t.activity.note(subject, 'sign-out'))
    const sealed = (await rows(at)).flatMap(({ address }) => address ?? [])
    assert.equal(sealed.length, 2)
    if (dialect === 'sqlite') assert.ok(storedBytes(at).includes(sealed[0]!), 'the scan finds what is there')
    const told = async () =>
      (await list(t, subject, { kind: 'sign-out' })).entries.map(
        ({ address, shortened }) => `${address}${shortened ? ' shortened' : ''}`,
      )
    const retention = retentionOn(at)
    clock.advance(7 * dayMs - 1)
    await retention.run()
    assert.deepEqual((await told()).toSorted(), [six, whole].toSorted())
    clock.advance(1)
    assert.deepEqual(await retention.due(), await retention.run())
    assert.deepEqual(
      (await told()).toSorted(),
      ['2001:db8:85a3:: shortened', '203.0.113.0 shortened'].toSorted(),
    )
    assert.ok((await rows(at)).every(({ address }) => address === null))
    if (dialect === 'sqlite') {
      const bytes = storedBytes(at)
      for (const text of [...sealed, whole, six]) assert.ok(!bytes.includes(text), `${text} is still there`)
    }
    clock.advance(83 * dayMs)
    await retention.run()
    assert.deepEqual(await rows(at), [])
  },
)

onBothDialects('one sees one’s own lines only, newest first, page by page and by kind', async (at) => {
  clause('pp.2.2.3')
  const t = await openPeople(at, 'hosted')
  const clock = at.options.clock as TestClock
  const { subject } = await t.claimed()
  const other = newId<SubjectId>()
  await at.stores.vault.createKey({ subject: other })
  const home = newId<HomeId>()
  for (let i = 0; i < 7; i++) {
    // Two lines of one instant must not hide each other at the edge of a page.
    if (i % 2 === 0) clock.advance(1)
    await t.activity.note(subject, i < 3 ? 'home-made' : 'token-made', { home })
    await t.activity.note(other, 'sign-out')
  }
  const seen: string[] = []
  let cursor: string | undefined
  let pages = 0
  do {
    const page = await list(t, subject, { limit: 3, ...(cursor === undefined ? {} : { cursor }) })
    assert.ok(page.entries.length <= 3)
    seen.push(...page.entries.map(({ id }) => id))
    cursor = page.next
    pages++
  } while (cursor !== undefined)
  assert.equal(pages, 3)
  assert.equal(new Set(seen).size, 8)
  const { entries } = await list(t, subject)
  assert.deepEqual(
    entries.map(({ id }) => id),
    seen,
  )
  const instants = entries.map((entry) => entry.at)
  assert.deepEqual(instants, instants.toSorted().toReversed())
  assert.deepEqual(await kinds(t, subject, { kind: 'token-made' }), Array(4).fill('token-made'))
  assert.deepEqual(await kinds(t, subject, { group: 'homes' }), Array(3).fill('home-made'))
  assert.deepEqual(await kinds(t, subject, { group: 'homes', kind: 'token-made' }), [])
  assert.deepEqual(await kinds(t, other), Array(7).fill('sign-out'))
  assert.ok(entries.filter(({ kind }) => kind === 'home-made').every((entry) => entry.home === home))
})

onBothDialects('what is no address, id or listed act reaches neither the table nor a line', async (at) => {
  clause('pp.2.2.3')
  const lines: string[] = []
  const t = await openPeople(at, 'household', { log: createLog('debug', (line) => lines.push(line)) })
  const { subject } = await t.claimed()
  const before = (await rows(at)).length
  const forged = `8.8.8.8\n{"level":"error","event":"forged"}\u001b[2J${'x'.repeat(100_000)}`
  await t.activity.during(from(forged, forged, subject), () =>
    t.activity.note(subject, 'sign-out', { home: forged as HomeId }),
  )
  await t.activity.note(subject, forged as ActivityKind)
  const added = (await rows(at)).filter(({ kind }) => kind === 'sign-out')
  assert.equal((await rows(at)).length, before + 1)
  assert.deepEqual(
    added.map(({ home, device, address, area }) => [home, device, address, area]),
    [[null, null, null, null]],
  )
  assert.equal(lines.filter((line) => line.includes('activity.not-written')).length, 1)
  for (const line of lines) {
    assert.ok(!/\p{Cc}/u.test(line) && line.length < 5_000 && !line.includes('forged'), line)
    assert.equal(typeof JSON.parse(line), 'object')
  }
})

onBothDialects(
  'an act goes on when its line cannot be written, and leaves none when it fails itself',
  async (at) => {
    const lines: string[] = []
    const t = await openPeople(at, 'household', { log: createLog('debug', (line) => lines.push(line)) })
    const { subject } = await t.claimed()
    const before = (await rows(at)).length
    const keyless = newId<SubjectId>()
    await t.activity.during(from(), () => t.activity.note(keyless, 'sign-out'))
    assert.equal(lines.filter((line) => line.includes('activity.not-written')).length, 1)
    const handle = at.stores.facts.as({
      scope: { person: subject },
      actor: { kind: 'person', subject },
      purpose: 'service.core',
    })
    await assert.rejects(
      handle.transaction(async (tx) => {
        await t.activity.noteWithin(tx, subject, 'agreement')
        throw new Error('the act fails')
      }),
      /the act fails/,
    )
    assert.equal((await rows(at)).length, before)
    // The security data of a person is nobody's but security's. // pp.2.3.3
    clause('pp.2.3.3')
    assert.throws(
      () => handle.selectFrom('activity_log').selectAll().compile(),
      (error: unknown) => hasCode(error, 'policy.purpose'),
    )
  },
)
