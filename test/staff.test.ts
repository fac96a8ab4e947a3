// Catches staff who see something without a case, a look that the person is not shown, and a door of theirs that lets in whom it should not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { assertOk, told, type Someone } from './family-house.ts'
import { cookieName, openInHouse } from './in-house.ts'
import { codeOf, cookieIn, openHosted, type HostedHouse, type Worker } from './staff-house.ts'

const openings = '/api/operator/openings'
const minuteMs = 60_000
type Entry = Readonly<Record<string, unknown>>
const logOf = async (someone: Someone): Promise<readonly Entry[]> =>
  assertOk(await someone.ask('GET', '/api/me/access-log')).entries
const letIn = async (someone: Someone, hours = 2): Promise<string> =>
  assertOk(await someone.ask('POST', '/api/me/support-cases', { hours }), 201).id
const requestOf = async (someone: Someone): Promise<string> =>
  assertOk(await someone.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201).id
async function open(worker: Worker, body: unknown) {
  await worker.prove()
  return worker.ask('POST', openings, body)
}
const whole = ({ status, text }: { readonly status: number; readonly text: string }) => [status, text]

async function inHosted(dialect: 'sqlite' | 'postgres', fn: (house: HostedHouse) => Promise<void>) {
  const house = await openHosted(dialect)
  try {
    await fn(house)
  } finally {
    await house.end()
  }
}

onBothDialects(
  'support opens how to reach whoever let them in, and the person sees each look by role and never by name',
  async (_at, dialect) =>
    inHosted(dialect, async (house) => {
      clause('pp.5.1')
      const ada = await house.somebody('ada', 'adult')
      const kim = await house.work('Kim of the help desk', 'support')
      assert.deepEqual(await logOf(ada), [])
      const id = await letIn(ada)
      const opened = assertOk(await open(kim, { case: id }), 201)
      assert.deepEqual([opened.caseKind, opened.case, opened.purpose], ['support', id, 'service.core'])
      assert.deepEqual(Object.keys(opened).includes('email'), false)
      const seen = assertOk(await kim.ask('GET', `${openings}/${opened.id}`))
      assert.deepEqual(Object.keys(seen).toSorted(), ['email', 'locale', 'opening'])
      const log = await logOf(ada)
      assert.deepEqual(
        log.map(({ role, outcome, caseKind, purpose }) => [role, outcome, caseKind, purpose]),
        [
          ['support', 'read', 'support', 'service.core'],
          ['support', 'opened', 'support', 'service.core'],
        ],
      )
      assert.deepEqual(log[0]!.categories, opened.categories)
      assert.ok(!JSON.stringify(log).includes('Kim'), 'the name of who works there is theirs')
      // Ended by the person: the very next look finds nothing, and that too is told.
      assertOk(await ada.ask('DELETE', `/api/me/support-cases/${id}`), 204)
      assert.equal((await kim.ask('GET', `${openings}/${opened.id}`)).status, 404)
      assert.deepEqual((await logOf(ada)).map(({ outcome, refusal }) => [outcome, refusal])[0], [
        'refused',
        'closed',
      ])
      assert.deepEqual(await logOf(await house.somebody('ben', 'adult')), [])
    }),
)

onBothDialects(
  'without a case that stands, of the right kind and their own, nothing is opened and the try is told',
  async (_at, dialect) =>
    inHosted(dialect, async (house) => {
      clause('pp.5.1')
      const ada = await house.somebody('ada', 'adult')
      const [kim, lee, max] = [
        await house.work('Kim', 'support'),
        await house.work('Lee', 'privacy'),
        await house.work('Max', 'operator'),
      ]
      const never = await open(kim, { case: newId() })
      assert.equal(never.status, 404)
      const [id, request] = [await letIn(ada), await requestOf(ada)]
      // Support at a request, an emergency of support's, the operator at anything.
      assert.deepEqual(whole(await open(kim, { case: request })), whole(never))
      const emergency = { address: { email: ada.email }, reason: 'somebody says that they are in danger' }
      assert.deepEqual(whole(await open(kim, emergency)), whole(never))
      assert.equal((await open(max, { case: id })).status, 403)
      // Another’s opening, and one that has run out.
      const opened = assertOk(await open(kim, { case: id }), 201)
      assert.equal((await lee.ask('GET', `${openings}/${opened.id}`)).status, 404)
      house.clock.advance(61 * minuteMs)
      assert.equal((await kim.ask('GET', `${openings}/${opened.id}`)).status, 404)
      house.clock.advance(60 * minuteMs)
      assert.deepEqual(whole(await open(kim, { case: id })), whole(never))
      assert.deepEqual(
        (await logOf(ada)).map(({ outcome, caseKind, refusal, role }) =>
          [outcome, caseKind, refusal ?? '', role].join(' ').trim(),
        ),
        [
          'refused support closed support',
          'refused support closed support',
          'refused support closed privacy',
          'opened support  support',
          'refused break-glass role support',
          'refused request role support',
        ],
      )
      const own = assertOk(await open(lee, { case: request }), 201)
      const seen = assertOk(await lee.ask('GET', `${openings}/${own.id}`))
      assert.deepEqual([seen.email, seen.request.kind, seen.request.state], [ada.email, 'erasure', 'planned'])
    }),
)

onBothDialects(
  'an emergency takes a reason, lasts an hour, opens no more than the contact, and the person is told at once',
  async (_at, dialect) =>
    inHosted(dialect, async (house) => {
      clause('pp.5.1')
      const ada = house.owner
      const lee = await house.work('Lee', 'privacy')
      const address = { email: ada.email }
      const reason = 'The police of Cork ask for help: ref 4711'
      for (const bad of ['', 'because', ' '.repeat(30)])
        assert.equal((await open(lee, { address, reason: bad })).status, 422)
      assert.deepEqual(await logOf(ada), [])
      const unknown = await open(lee, { address: { email: 'nobody@example.org' }, reason })
      assert.equal(unknown.status, 404)
      const opened = assertOk(await open(lee, { address, reason }), 201)
      assert.equal(Date.parse(opened.endsAt) - house.clock.now(), 60 * minuteMs)
      assert.deepEqual(opened.categories, [
        'user.contact.email',
        'user.contact.phone_number',
        'user.demographic.language',
      ])
      const [entry] = await logOf(ada)
      assert.deepEqual(
        [entry!.outcome, entry!.caseKind, entry!.purpose, entry!.reason],
        ['opened', 'break-glass', 'security', reason],
      )
      await house.house.notifications.settled()
      const letters = await house.letters()
      assert.ok(letters.some((letter) => letter.includes('Your contact data was opened')))
      const seen = assertOk(await lee.ask('GET', `${openings}/${opened.id}`))
      assert.deepEqual(Object.keys(seen).toSorted(), ['email', 'locale', 'opening'])
      // The reason is sealed: the table alone tells nobody what was written.
      const rows = await ask(house.house.stores, { store: 'facts' }, 'SELECT * FROM access_log', [])
      assert.ok(rows.length === 2 && !JSON.stringify(rows).includes('4711'))
      house.clock.advance(60 * minuteMs)
      assert.equal((await lee.ask('GET', `${openings}/${opened.id}`)).status, 404)
    }),
)

onBothDialects(
  'whoever restricts or objects is gone for staff at once, with an opening in hand too',
  async (_at, dialect) =>
    inHosted(dialect, async (house) => {
      clause('pp.4.4.b')
      clause('pp.4.4.c')
      const lee = await house.work('Lee', 'privacy')
      const ada = await house.somebody('ada', 'adult')
      const ben = await house.somebody('ben', 'adult')
      const reason = 'somebody says that they are in danger'
      const never = whole(await open(lee, { case: newId() }))
      const request = await requestOf(ada)
      const opened = assertOk(await open(lee, { case: request }), 201)
      const rested = assertOk(await ada.ask('POST', '/api/me/requests', { kind: 'restriction' }), 201)
      assert.deepEqual(whole(await lee.ask('GET', `${openings}/${opened.id}`)), never)
      assert.deepEqual(whole(await open(lee, { case: request })), never)
      assert.deepEqual(
        (await logOf(ada)).map(({ refusal }) => refusal),
        ['restricted', 'restricted', undefined],
      )
      assertOk(await ada.ask('DELETE', `/api/me/requests/${rested.id}`))
      assertOk(await lee.ask('GET', `${openings}/${opened.id}`))
      const emergency = { address: { email: ben.email }, reason }
      const seen = assertOk(await open(lee, emergency), 201)
      assertOk(await ben.ask('POST', '/api/me/requests', { kind: 'objection', purpose: 'security' }), 201)
      assert.deepEqual(whole(await lee.ask('GET', `${openings}/${seen.id}`)), never)
      assert.deepEqual(whole(await open(lee, emergency)), never)
      assert.equal((await logOf(ben))[0]!.refusal, 'objected')
    }),
)

test('the queue names nobody, and what staff are not there for is closed to them', async () =>
  inHosted('sqlite', async (house) => {
    const ada = await house.somebody('ada', 'adult')
    const id = await requestOf(ada)
    const [kim, lee, max] = [
      await house.work('Kim', 'support'),
      await house.work('Lee', 'privacy'),
      await house.work('Max', 'operator'),
    ]
    assert.equal((await kim.ask('GET', '/api/operator/requests')).status, 403)
    for (const worker of [lee, max]) {
      const [row, ...rest] = assertOk(await worker.ask('GET', '/api/operator/requests'))
      assert.deepEqual([row.id, row.kind, row.isOverdue, rest.length], [id, 'erasure', false, 0])
      assert.ok(!JSON.stringify(row).includes(ada.subject))
    }
    for (const worker of [kim, lee, max]) {
      assert.equal(assertOk(await worker.ask('GET', '/api/operator/staff')).name, worker.name)
      for (const [method, path] of [
        ['GET', `/api/homes/${house.home}/devices`],
        ['GET', '/api/homes'],
        ['GET', '/api/me/held'],
        ['GET', '/api/me/access-log'],
        ['GET', '/api/me/activity'],
        ['GET', '/api/instance/cases'],
        ['POST', '/api/live/tickets'],
      ] as const)
        assert.equal((await worker.ask(method, path)).status, 404, `${worker.name}: ${path}`)
    }
    assert.equal((await ada.ask('GET', '/api/operator/requests')).status, 404)
    // What the daily removal did, by those who answer for it: counts of rows.
    await house.house.retention.run()
    for (const worker of [lee, max]) {
      const { failing, runs } = assertOk(await worker.ask('GET', '/api/operator/retention'))
      assert.deepEqual([failing, runs[0].outcome], [false, 'done'])
    }
    assert.equal((await kim.ask('GET', '/api/operator/retention')).status, 403)
    assert.equal((await ada.ask('GET', '/api/operator/retention')).status, 404)
  }))

test('the link works once and for a day, a code of the authenticator once, and five minutes after a proof nothing is opened', async () =>
  inHosted('sqlite', async (house) => {
    const { call, clock } = house
    const { accounts } = house.house.staff!
    const post = (path: string, body: unknown) =>
      call({ method: 'POST', path: `/api/operator/${path}`, body })
    await assert.rejects(accounts.add({ name: 'Kim', role: 'root' }), { code: 'input.invalid' })
    await assert.rejects(accounts.add({ name: '  ', role: 'support' }), { code: 'input.invalid' })
    const late = await accounts.add({ name: 'Late', role: 'support' })
    clock.advance(24 * 60 * minuteMs)
    assert.equal(told(await post('enrolment', { code: late.code })), '401 auth.code-wrong')
    const { code } = await accounts.add({ name: 'Kim', role: 'support' })
    await assert.rejects(accounts.add({ name: ' KIM ', role: 'privacy' }), { code: 'input.conflict' })
    const { secret } = assertOk(await post('enrolment', { code }))
    const password = 'long enough to be kept'
    const confirm = (totp: string) => post('enrolment/confirm', { code, password, totp })
    assert.equal(told(await confirm('000000')), '401 auth.code-wrong')
    const first = codeOf(secret, clock.now())
    assertOk(await confirm(first), 204)
    assert.equal(told(await confirm(first)), '401 auth.code-wrong')
    assert.equal(told(await post('enrolment', { code })), '401 auth.code-wrong')
    const enter = (more: object) =>
      post('sign-in', { name: 'kim', password, totp: codeOf(secret, clock.now()), ...more })
    assert.equal(told(await enter({})), '401 auth.staff-wrong') // the code that confirmed it
    clock.advance(30_000)
    for (const wrong of [{ password: 'something else' }, { totp: '123456' }, { name: 'kimberly' }])
      assert.equal(told(await enter(wrong)), '401 auth.staff-wrong')
    const cookie = cookieIn(await enter({}))
    const by = (method: string, path: string, body?: unknown) => call({ method, path, cookie, body })
    clock.advance(5 * minuteMs + 1)
    assert.equal(told(await by('POST', openings, { case: newId() })), '403 auth.step-up-required')
    assertOk(await by('GET', '/api/operator/staff'))
    clock.advance(8 * 60 * minuteMs)
    assert.equal((await by('GET', '/api/operator/staff')).status, 401)
  }))

test('what the browser of staff signals for its owner is no choice of anybody who uses the service', async () =>
  inHosted('sqlite', async (house) => {
    const honoured: SubjectId[] = []
    Object.assign(house.house.privacy.sharing, {
      honourGpc: async (subject: SubjectId) => void honoured.push(subject),
    })
    const app = house.house.app(() => house.origins, { name: cookieName, secure: false })
    const read = async (path: string, cookie: string) => {
      const headers = { host: '127.0.0.1:8420', cookie: `${cookieName}=${cookie}`, 'sec-gpc': '1' }
      return (await app.request(`http://127.0.0.1:8420${path}`, { headers }, {})).status
    }
    const kim = await house.work('Kim', 'support')
    assert.equal(await read('/api/operator/staff', kim.cookie()), 200)
    assert.deepEqual(honoured, [])
    const { cookie } = await house.signIn(house.owner.subject)
    assert.equal(await read('/api/me/access-log', cookie), 200)
    assert.deepEqual(honoured, [house.owner.subject])
  }))

test('whoever stops working there is out at once; their key and name are gone, and what they looked at stays told', async () =>
  inHosted('sqlite', async (house) => {
    const kim = await house.work('Kim', 'support')
    const ada = await house.somebody('ada', 'adult')
    assertOk(await open(kim, { case: await letIn(ada) }), 201)
    const { stores, staff } = house.house
    const [row] = await ask(stores, { store: 'facts' }, 'SELECT subject FROM staff', [])
    const subject = row!.subject as SubjectId
    await staff!.accounts.remove('KIM')
    assert.equal((await kim.ask('GET', '/api/operator/staff')).status, 401)
    assert.equal(told(await kim.again()), '401 auth.staff-wrong')
    assert.deepEqual(await ask(stores, { store: 'facts' }, 'SELECT subject FROM staff', []), [])
    assert.equal(await stores.vault.hasKey({ subject }), false)
    assert.equal((await logOf(ada)).length, 1)
    await assert.rejects(staff!.accounts.remove('Kim'), { code: 'auth.not-found' })
    await staff!.accounts.add({ name: 'Kim', role: 'support' })
    await house.reopen()
    assert.deepEqual(
      (await house.house.staff!.accounts.list()).map(({ name, isEnrolled }) => [name, isEnrolled]),
      [['Kim', false]],
    )
  }))

test('the log of who looked goes with its person, comes page by page, and nobody looks without end', async () =>
  inHosted('sqlite', async (house) => {
    const kim = await house.work('Kim', 'support')
    const ada = await house.somebody('ada', 'adult')
    const { id } = assertOk(await open(kim, { case: await letIn(ada) }), 201)
    const answers = []
    for (let i = 0; i < 60; i++) answers.push((await kim.ask('GET', `${openings}/${id}`)).status)
    assert.deepEqual([answers.indexOf(429), answers.filter((each) => each === 200).length], [59, 59])
    const read: string[] = []
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: { entries: Entry[]; next?: string } = assertOk(
        await ada.ask('GET', `/api/me/access-log?limit=25${next === '' ? '' : `&cursor=${next}`}`),
      )
      read.push(...page.entries.map((each) => String(each.id)))
      next = page.next
    }
    assert.deepEqual([read.length, new Set(read).size], [60, 60])
    await house.house.rights.erasePerson(ada.subject)
    for (const table of ['access_log', 'support_case'])
      assert.deepEqual(await ask(house.house.stores, { store: 'facts' }, `SELECT * FROM ${table}`, []), [])
  }))

test('a household has neither staff nor a route of theirs', async () => {
  const inside = await openInHouse()
  try {
    assert.equal(inside.house.staff, undefined)
    const theirs = inside.house.entries.filter(
      ({ path, access }) => /operator|access-log|support-cases/.test(path) || access.kind === 'staff',
    )
    assert.deepEqual(theirs, [])
  } finally {
    await inside.end()
  }
})
