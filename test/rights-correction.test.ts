// Catches a word about something wrong that is lost, changed, shown to somebody who has no part in it, or never answered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { copyOf } from './copies.ts'
import { assertOk, openFamily, statuses, told, type FamilyHouse, type Someone } from './family-house.ts'
import { openHosted, type HostedHouse, type Worker } from './staff-house.ts'

const dayMs = 24 * 3_600_000
const requests = '/api/me/requests'
const corrections = '/api/instance/corrections'
const openings = '/api/operator/openings'
const text = 'I was in Rome that night, so this sign-in was not mine'
const wrong = { kind: 'correction', place: 'facts.activity_log', field: 'kind', text }
const reply = 'It stays as it was recorded, with your words beside it'
const beside = { outcome: 'beside', reply }
const inFacts = ({ house }: FamilyHouse, sql: string, values: readonly unknown[] = []) =>
  ask(house.stores, { store: 'facts' }, sql, values)

async function inFamily(
  fn: (house: FamilyHouse) => Promise<void>,
  dialect: 'sqlite' | 'postgres' = 'sqlite',
) {
  const house = await openFamily(dialect)
  try {
    await fn(house)
  } finally {
    await house.end()
  }
}
async function inHosted(fn: (house: HostedHouse) => Promise<void>) {
  const house = await openHosted()
  try {
    await fn(house)
  } finally {
    await house.end()
  }
}
const said = async (someone: Someone, wish: object = wrong): Promise<any> =>
  assertOk(await someone.ask('POST', requests, wish), 201)
/** The lines of the person's own activity that are listed as held; it has at least the one this makes. */
async function withActivity(house: FamilyHouse, someone: Someone): Promise<void> {
  await house.house.activity.note(someone.subject, 'export')
}
async function fieldOf(someone: Someone, how = '&values=open'): Promise<any> {
  const held = assertOk(await someone.ask('GET', `/api/me/held?locale=en${how}`))
  return held.categories
    .flatMap(({ fields }: any) => fields)
    .find(({ place, field }: any) => place === wrong.place && field === wrong.field)
}

onBothDialects(
  'what somebody says is wrong stands beside the field at once, is in the copy, and lies sealed in the store',
  async (_at, dialect) =>
    inFamily(async (house) => {
      clause('pp.4.4.a')
      clause('pp.8')
      const ada = await house.somebody('ada', 'adult')
      await withActivity(house, ada)
      const made = await said(ada, { ...wrong, text: `  ${text} ` })
      assert.deepEqual(
        [made.kind, made.state, made.text, made.canEnd, made.plan, made.about],
        [
          'correction',
          'planned',
          text,
          true,
          [],
          { place: wrong.place, field: wrong.field, names: { en: 'Kind', 'zh-Hans': '种类' } },
        ],
      )
      assert.deepEqual((await fieldOf(ada)).statements, [{ text, at: made.receivedAt }])
      // Whoever finds a device that is signed in learns that there are words, and not which.
      const closed = await fieldOf(ada, '')
      assert.deepEqual([closed.said, closed.statements], [1, []])
      const rows = JSON.stringify(await inFacts(house, 'SELECT * FROM request'))
      assert.ok(rows.includes('activity_log') && !rows.includes('Rome'))
      const { files } = await copyOf(house, ada, 'access')
      assert.ok(files.get('data.json')!.includes('Rome'))
    }, dialect),
)

test('what is no field that can be listed, and no sentence, is refused at its own place, and nothing is asked', async () =>
  inFamily(async (house) => {
    clause('pp.4.4.a')
    const ada = await house.somebody('ada', 'adult')
    const { text: _text, ...noText } = wrong
    for (const [wish, says] of [
      [{ ...wrong, place: 'facts.no_such_table' }, 'place not-held'],
      [{ ...wrong, place: '__proto__' }, 'place not-held'],
      [{ ...wrong, field: 'no_such_column' }, 'field not-held'],
      [{ ...wrong, field: 'constructor' }, 'field not-held'],
      // What proves somebody, what is an id, what is nobody's, a point of a history, a part of a copy.
      [{ ...wrong, place: 'facts.session', field: 'hash' }, 'field not-held'],
      [{ ...wrong, place: 'facts.account', field: 'password' }, 'field not-held'],
      [{ ...wrong, place: 'facts.activity_log', field: 'id' }, 'field not-held'],
      [{ ...wrong, place: 'facts.backup_run', field: 'started_at' }, 'field not-held'],
      [{ ...wrong, place: 'vault.blind', field: 'hash' }, 'field not-held'],
      [{ ...wrong, place: 'facts.request_package', field: 'part' }, 'field not-held'],
      [{ kind: 'correction', field: 'kind', text }, 'place required'],
      [{ kind: 'correction', place: wrong.place, text }, 'field required'],
      [noText, 'text required'],
      [{ ...wrong, text: '   ' }, 'text too-small text unreadable'],
      [{ ...wrong, text: 'x'.repeat(1_001) }, 'text too-big'],
      [{ ...wrong, text: 'one\ntwo' }, 'text invalid-format'],
      [{ ...wrong, text: 'no\u0000thing' }, 'text invalid-format'],
      [{ ...wrong, text: 'turned \u202e round' }, 'text invalid-format'],
      [{ ...wrong, text: '\u200b\u200d' }, 'text unreadable'],
      [{ kind: 'restriction', text }, 'text not-here'],
      [{ kind: 'access', place: wrong.place }, 'place not-here'],
      [{ ...wrong, ground: 'breach' }, 'ground not-here'],
      [{ ...wrong, purpose: 'security' }, 'purpose not-here'],
    ] as const)
      assert.equal(told(await ada.ask('POST', requests, wish)), `422 input.invalid ${says}`, says)
    assert.deepEqual(assertOk(await ada.ask('GET', requests)), [])
    for (const place of ['history.live_state values', 'history.series path', 'facts.account region']) {
      const [at, field] = place.split(' ')
      await said(ada, { ...wrong, place: at, field, text: 'x'.repeat(1_000) })
    }
  }))

onBothDialects(
  'a second text about the same field is refused while one waits, also at once, and counts against the day',
  async (_at, dialect) =>
    inFamily(async (house) => {
      const ada = await house.somebody('ada', 'adult')
      const both = await Promise.all([1, 2].map(() => ada.ask('POST', requests, wrong)))
      assert.deepEqual(statuses(both), [201, 409])
      const again = await ada.ask('POST', requests, { ...wrong, text: 'Something else' })
      assert.equal(told(again), '409 input.conflict')
      assert.match(again.json.detail, /already said what is wrong with this field/)
      assert.equal(assertOk(await ada.ask('GET', requests)).length, 1)
      const fields = [
        'region',
        'age_band',
        'locale',
        'theme',
        'created_at',
        'email',
        'phone',
        'age_stated_at',
      ]
      const asked = fields.map((field) => ({ ...wrong, place: 'facts.account', field }))
      for (const wish of asked) await said(ada, wish)
      // Of the two at once the slower counts too, unless it came so late that it saw the other.
      const more = [await ada.ask('POST', requests, { ...wrong, field: 'surface' })]
      more.push(await ada.ask('POST', requests, { ...wrong, field: 'area' }))
      assert.equal(told(more[1]!), '429 auth.too-many')
    }, dialect),
)

test('a correction waits for a human: the engine leaves it, says that time runs short, and tells its person the true reason', async () =>
  inFamily(async (house) => {
    clause('pp.8')
    const ada = await house.somebody('ada', 'adult')
    await inFacts(house, 'UPDATE account SET email_verified_at = 1')
    const { id, receivedAt, dueAt } = await said(ada)
    const spanMs = Date.parse(dueAt) - Date.parse(receivedAt)
    await house.house.rights.run()
    await house.house.stores.jobs.runDue()
    assert.equal(assertOk(await ada.ask('GET', `${requests}/${id}`)).state, 'planned')
    house.clock.advance(Math.ceil(spanMs * 0.9))
    await house.house.rights.run()
    const late = assertOk(await ada.ask('GET', `${requests}/${id}`))
    assert.equal(late.state, 'extended')
    assert.ok(Date.parse(late.dueAt) > Date.parse(dueAt) + 50 * dayMs)
    const letters = (await house.letters()).filter((each) => each.includes(ada.email))
    assert.ok(letters.some((each) => each.includes('Nobody has answered yet')))
    assert.ok(!letters.some((each) => each.includes('this server failed')))
    assertOk(await house.owner.ask('POST', `${corrections}/${id}`, beside), 204)
    assert.equal(assertOk(await ada.ask('GET', `${requests}/${id}`)).state, 'answered')
  }))

onBothDialects(
  'those who keep a home on the server read and answer it once; its person reads the answer, and is told without the words',
  async (_at, dialect) =>
    inFamily(async (house) => {
      clause('pp.4.4.a')
      const { owner } = house
      const admin = await house.somebody('max', 'admin')
      const ada = await house.somebody('ada', 'adult')
      await inFacts(house, 'UPDATE account SET email_verified_at = 1')
      await withActivity(house, ada)
      const { id, receivedAt, dueAt } = await said(ada)
      const waiting = assertOk(await admin.ask('GET', `${corrections}?locale=zh-Hans`))
      const { place, field } = wrong
      const line = { id, place, field, name: '种类', text, receivedAt, dueAt, isOverdue: false }
      assert.deepEqual(waiting, [{ ...line, email: ada.email, isOwn: false }])
      await house.house.notifications.settled()
      const news = (await house.letters()).filter((each) => /says that\s+something is wrong/.test(each))
      assert.equal(news.filter((each) => each.includes(`To: ${owner.email}`)).length, 1)
      assert.ok(news.every((each) => !each.includes('Rome') && !each.includes('ada')))

      for (const [bad, says] of [
        [{ ...beside, reply: '' }, 'reply too-small reply unreadable'],
        [{ ...beside, reply: 'x'.repeat(1_001) }, 'reply too-big'],
        [{ ...beside, reply: 'a\u2066b' }, 'reply invalid-format'],
        [{ outcome: 'erased', reply }, 'outcome invalid-value'],
      ] as const)
        assert.equal(told(await owner.ask('POST', `${corrections}/${id}`, bad)), `422 input.invalid ${says}`)
      const answers = await Promise.all(
        [owner, admin].map((keeper) => keeper.ask('POST', `${corrections}/${id}`, beside)),
      )
      assert.deepEqual(statuses(answers), [204, 409])
      assert.equal(answers.find(({ status }) => status === 409)!.json.code, 'input.conflict')
      assert.equal(told(await owner.ask('POST', `${corrections}/${id}`, beside)), '409 input.conflict')
      assert.deepEqual(assertOk(await owner.ask('GET', corrections)), [])
      const seen = assertOk(await ada.ask('GET', `${requests}/${id}`))
      assert.deepEqual(
        [seen.state, seen.text, seen.reply, seen.outcome, seen.canEnd],
        ['answered', text, reply, 'beside', false],
      )
      assert.deepEqual((await fieldOf(ada)).statements, [{ text, at: receivedAt, reply, outcome: 'beside' }])
      const letters = (await house.letters()).filter((each) => each.includes(`To: ${ada.email}`))
      assert.ok(letters.some((each) => each.includes('has been answered')))
      assert.ok(letters.every((each) => !each.includes('Rome') && !each.includes(reply)))
      // Answered, it is over: the field can be spoken of again.
      await said(ada, { ...wrong, text: 'Another thing' })
      assert.equal((await fieldOf(ada)).said, 2)
    }, dialect),
)

test('nobody else reads or answers it: who keeps no home, a program, another person, and whoever made up a number', async () =>
  inFamily(async (house) => {
    clause('pp.5.1')
    const { owner } = house
    const ada = await house.somebody('ada', 'adult')
    const ben = await house.somebody('ben', 'adult')
    const { id } = await said(ada)
    const others: Someone['ask'][] = [
      ada.ask,
      ben.ask,
      (await house.somebody('gil', 'guest')).ask,
      (await house.somebody('nobody')).ask,
      await house.byToken(owner),
      (method, path, body) => house.call({ method, path, body }),
    ]
    for (const [i, each] of others.entries()) {
      const expected = i === others.length - 1 ? 401 : 404
      assert.equal((await each('GET', corrections)).status, expected, `${i}`)
      assert.equal((await each('POST', `${corrections}/${id}`, beside)).status, expected, `${i}`)
    }
    for (const [method, path] of [
      ['GET', `${requests}/${id}`],
      ['DELETE', `${requests}/${id}`],
    ] as const)
      assert.equal((await ben.ask(method, path)).status, 404)
    assert.equal((await owner.ask('POST', `${corrections}/${newId()}`, beside)).status, 404)
    const { id: rest } = await said(ada, { kind: 'restriction' })
    assert.equal((await owner.ask('POST', `${corrections}/${rest}`, beside)).status, 404)
    assert.equal(assertOk(await ada.ask('GET', `${requests}/${id}`)).state, 'planned')
  }))

test('taken back, its words are gone and nobody answers it; whoever is erased meanwhile is neither read nor answered', async () =>
  inFamily(async (house) => {
    clause('pp.ret.2')
    const { owner } = house
    const ada = await house.somebody('ada', 'adult')
    await withActivity(house, ada)
    const { id } = await said(ada)
    const back = assertOk(await ada.ask('DELETE', `${requests}/${id}`))
    assert.deepEqual([back.state, back.text, back.about.field], ['withdrawn', undefined, 'kind'])
    const [row] = await inFacts(house, 'SELECT statement FROM request WHERE id = ?', [id])
    assert.equal(row!.statement, null)
    assert.equal((await fieldOf(ada)).said, 0)
    assert.equal(told(await owner.ask('POST', `${corrections}/${id}`, beside)), '409 input.conflict')
    assert.equal(told(await ada.ask('DELETE', `${requests}/${id}`)), '409 input.conflict')

    const { id: second } = await said(ada)
    // Its key is gone and its rows are not yet: the erasure broke off.
    await inFacts(house, 'UPDATE account SET closed_at = 1 WHERE subject = ?', [ada.subject])
    await house.house.stores.vault.destroyKey({ subject: ada.subject })
    assert.deepEqual(assertOk(await owner.ask('GET', corrections)), [])
    assert.equal((await owner.ask('POST', `${corrections}/${second}`, beside)).status, 404)
    await house.house.rights.erasePerson(ada.subject)
    assert.equal((await inFacts(house, 'SELECT 1 FROM request')).length, 0)
    assert.equal((await owner.ask('POST', `${corrections}/${second}`, beside)).status, 404)
  }))

test('whoever rests, refuses the texts or waits for an adult says it too; a guardian sees it and does not ask in the child’s name', async () =>
  inFamily(async (house) => {
    clause('pp.1.3')
    clause('pp.6')
    const ada = await house.somebody('ada', 'adult')
    await said(ada, { kind: 'restriction' })
    await ada.ask('POST', '/api/me/agreements', { refuse: true, locale: 'en' })
    await said(ada)
    const { house: inside } = house
    const kim = await house.somebody('kim', 'child', { guardian: house.owner.subject })
    await inside.privacy.minors.stateOwnAge(kim.subject, '13')
    const { id } = await said(kim)
    assert.equal(assertOk(await house.owner.ask('GET', corrections)).length, 2)
    const { json: notice } = await house.owner.ask('GET', '/api/notices/guardian?locale=en')
    assertOk(
      await house.owner.ask('PUT', `/api/homes/${house.home}/members/${kim.subject}/guardian`, {
        given: true,
        sha256: notice.sha256,
        locale: 'en',
      }),
    )
    const ofKim = `/api/me/children/${kim.subject}/requests`
    const [seen] = assertOk(await house.owner.ask('GET', ofKim))
    assert.deepEqual([seen.kind, seen.text, seen.canEnd], ['correction', text, false])
    assert.equal((await house.owner.ask('POST', ofKim, wrong)).status, 422)
    assert.equal((await house.owner.ask('DELETE', `${ofKim}/${id}`)).status, 403)
  }))

async function opened(worker: Worker, id: string): Promise<string> {
  await worker.prove()
  return assertOk(await worker.ask('POST', openings, { case: id }), 201).id
}
const logOf = async (someone: Someone): Promise<string[]> =>
  assertOk(await someone.ask('GET', '/api/me/access-log')).entries.map(
    ({ outcome, role, refusal }: any) => `${outcome} ${role}${refusal === undefined ? '' : ` ${refusal}`}`,
  )

test('in a hosted service staff for data protection answer it with an opening of that request, and its person sees who did', async () =>
  inHosted(async (house) => {
    clause('pp.4.4.a')
    clause('pp.5.1')
    const ada = await house.somebody('ada', 'adult')
    await withActivity(house, ada)
    await inFacts(house, 'UPDATE account SET email_verified_at = 1')
    const lee = await house.work('Lee', 'privacy')
    const { id } = await said(ada)
    assert.equal((await house.owner.ask('GET', corrections)).status, 404)
    assert.equal((await house.owner.ask('POST', `${corrections}/${id}`, beside)).status, 404)
    const [line] = assertOk(await lee.ask('GET', '/api/operator/requests'))
    assert.deepEqual([line.kind, line.text], ['correction', undefined])
    const opening = await opened(lee, id)
    const { request } = assertOk(await lee.ask('GET', `${openings}/${opening}`))
    assert.deepEqual([request.about.place, request.about.field, request.text], [wrong.place, 'kind', text])
    assertOk(await lee.ask('POST', `${openings}/${opening}/answer`, beside), 204)
    assert.deepEqual((await fieldOf(ada)).statements[0].reply, reply)
    assert.deepEqual(await logOf(ada), ['answered privacy', 'read privacy', 'opened privacy'])
    // Over with the answer: neither looked at nor answered again.
    assert.equal((await lee.ask('POST', `${openings}/${opening}/answer`, beside)).status, 404)
    assert.equal((await logOf(ada))[0], 'refused privacy closed')
    const letters = (await house.letters()).filter((each) => each.includes(`To: ${ada.email}`))
    assert.ok(letters.some((each) => each.includes('has been answered')))
    assert.ok(letters.every((each) => !each.includes(reply)))
  }))

test('without an opening, with another’s, one that has run out, or one of something else, staff answer nothing', async () =>
  inHosted(async (house) => {
    clause('pp.5.1')
    const ada = await house.somebody('ada', 'adult')
    const lee = await house.work('Lee', 'privacy')
    const mia = await house.work('Mia', 'privacy')
    const kim = await house.work('Kim', 'support')
    const { id } = await said(ada)
    const { id: erasure } = await said(ada, { kind: 'erasure' })
    const [own, other] = [await opened(lee, id), await opened(lee, erasure)]
    const answer = (worker: Worker, opening: string) =>
      worker.ask('POST', `${openings}/${opening}/answer`, beside)
    assert.equal((await answer(lee, newId())).status, 404)
    assert.equal((await answer(mia, own)).status, 404)
    assert.equal((await answer(kim, own)).status, 404)
    assert.equal((await answer(lee, other)).status, 404)
    assert.equal((await ada.ask('POST', `${openings}/${own}/answer`, beside)).status, 404)
    house.clock.advance(61 * 60_000)
    assert.equal((await answer(lee, own)).status, 404)
    assert.equal(assertOk(await ada.ask('GET', `${requests}/${id}`)).state, 'planned')
    assert.ok((await logOf(ada)).every((each) => !each.startsWith('answered')))
    assert.equal((await logOf(ada)).filter((each) => each.startsWith('refused')).length, 4)
    // Two at once: one answers, and one line says so.
    const both = [await opened(lee, id), await opened(mia, id)]
    const done = await Promise.all([answer(lee, both[0]!), answer(mia, both[1]!)])
    assert.deepEqual(statuses(done), [204, 409])
    assert.equal((await logOf(ada)).filter((each) => each.startsWith('answered')).length, 1)
    assert.equal((await logOf(ada)).filter((each) => each.startsWith('refused')).length, 5)
    // Its key is gone and its rows are not yet: the erasure broke off.
    const ben = await house.somebody('ben', 'adult')
    const last = await opened(lee, (await said(ben)).id)
    await inFacts(house, 'UPDATE account SET closed_at = 1 WHERE subject = ?', [ben.subject])
    await house.house.stores.vault.destroyKey({ subject: ben.subject })
    assert.equal((await answer(lee, last)).status, 404)
  }))
