// Catches an impostor who gets a copy or an erasure, and a request whose time runs out unseen.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { assertOk, openFamily, told, type FamilyHouse, type Someone } from './family-house.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const inFacts = ({ house }: FamilyHouse, text: string, values: readonly unknown[] = []) =>
  ask(house.stores, { store: 'facts' }, text, values)
const requestOf = async (house: FamilyHouse, id: string) =>
  (await inFacts(house, 'SELECT * FROM request WHERE id = ?', [id]))[0]!

/** The number of the account is one that was put in at this moment. */
async function newNumber(house: FamilyHouse, { subject }: Someone): Promise<void> {
  await inFacts(house, 'UPDATE account SET phone_changed_at = ? WHERE subject = ?', [
    house.clock.now(),
    subject,
  ])
}

test('after a change of the phone number nothing is handed out or ended for seven days', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { clock } = house
    for (const kind of ['access', 'portability', 'erasure']) {
      const victim = await house.somebody(`v-${kind}`)
      await newNumber(house, victim)
      const asked = assertOk(await victim.ask('POST', '/api/me/requests', { kind }), 201)
      assert.equal(asked.state, 'paused')
      clock.advance(7 * dayMs - 1)
      await house.house.rights.run()
      assert.equal((await requestOf(house, asked.id)).state, 'paused')
      assert.equal((await inFacts(house, 'SELECT 1 FROM request_package')).length, 0)
      assert.equal((await victim.ask('GET', '/api/me')).status, 200)
      // Whoever still reads the other address has been told, and takes it back.
      const taken = assertOk(await victim.ask('DELETE', `/api/me/requests/${asked.id}`))
      assert.equal(taken.state, 'withdrawn')
    }
    // What only narrows waits for nothing.
    const other = await house.somebody('narrows')
    await newNumber(house, other)
    assert.equal(
      assertOk(await other.ask('POST', '/api/me/requests', { kind: 'restriction' }), 201).state,
      'answered',
    )
  } finally {
    await house.end()
  }
})

test('the clock stands meanwhile where the law lets it, and nowhere else', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { clock } = house
    for (const [region, stood] of [
      ['EU', 7 * dayMs],
      ['US', 0],
      ['CN', 0],
    ] as const) {
      const person = await house.somebody(region.toLowerCase())
      await inFacts(house, 'UPDATE account SET region = ? WHERE subject = ?', [region, person.subject])
      await newNumber(house, person)
      const asked = assertOk(await person.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
      clock.advance(7 * dayMs)
      await house.house.rights.run()
      const done = assertOk(await person.ask('GET', `/api/me/requests/${asked.id}`))
      assert.equal(done.state, 'answered')
      assert.equal(Date.parse(done.dueAt) - Date.parse(asked.dueAt), stood, region)
    }
  } finally {
    await house.end()
  }
})

test('nobody but the person gets anything: an old sign-in, another adult, a token, another site, a closed account', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { owner, clock, call } = house
    const ben = await house.somebody('ben', 'adult')
    const mine = assertOk(await owner.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
    await house.house.rights.run()
    const path = `/api/me/requests/${mine.id}`
    for (const [method, at] of [
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/links`],
    ] as const)
      assert.equal((await ben.ask(method, at)).status, 404, method)
    const token = await house.byToken(owner)
    for (const [method, at] of [
      ['GET', '/api/me/held'],
      ['GET', '/api/me/requests'],
      ['GET', path],
      ['POST', `${path}/links`],
    ] as const)
      assert.equal((await token(method, at)).status, 403, method)
    const old = await house.signIn(owner.subject)
    const body = { kind: 'erasure' }
    const foreign = { headers: { origin: 'https://elsewhere.example' } }
    const ask_ = { method: 'POST', path: '/api/me/requests', cookie: old.cookie, body }
    assert.equal(told(await call({ ...ask_, ...foreign })), '403 auth.origin')
    clock.advance(6 * 60_000)
    assert.equal(told(await call(ask_)), '403 auth.step-up-required')
    assert.equal((await call({ method: 'POST', path: '/api/me/requests', body })).status, 401)
    assert.equal((await inFacts(house, `SELECT 1 FROM request WHERE kind = 'erasure'`)).length, 0)
  } finally {
    await house.end()
  }
})

test('a request that cannot be carried out is told in the log at each mark, extended once and told, and never forgotten', async () => {
  clause('pp.8')
  const lines: string[] = []
  const house = await openFamily('sqlite', undefined, {
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: (event, fields) => void lines.push(`${event} ${fields?.code ?? ''}`),
    },
  })
  try {
    const { clock } = house
    const person = await house.somebody('ada')
    const asked = assertOk(await person.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
    // Something that cannot be opened makes every copy fail.
    await inFacts(house, `UPDATE account SET phone = 'v1.broken' WHERE subject = ?`, [person.subject])
    const spanMs = Date.parse(asked.dueAt) - clock.now()
    const marks: (string | undefined)[] = []
    for (const percent of [49, 50, 74, 75, 89, 90]) {
      const to = Date.parse(asked.receivedAt) + (spanMs * percent) / 100
      clock.advance(Math.ceil(to) - clock.now())
      lines.length = 0
      await assert.rejects(house.house.rights.run())
      marks.push(lines.find((each) => each.startsWith('a request runs out of time')))
    }
    assert.deepEqual(
      marks.map((each) => each?.split(' ').at(-1)),
      [undefined, 'rights.50', undefined, 'rights.75', undefined, 'rights.90'],
    )
    const late = await requestOf(house, asked.id)
    assert.ok(Number(late.due_at) > Date.parse(asked.dueAt) + 50 * dayMs)
    assert.ok(
      (await house.letters()).some((each) => each.includes('takes longer') && each.includes(person.email)),
    )
    clock.advance(Number(late.due_at) - clock.now())
    await assert.rejects(house.house.rights.run())
    assert.equal(Number((await requestOf(house, asked.id)).due_at), Number(late.due_at))
    await inFacts(house, 'UPDATE account SET phone = NULL WHERE subject = ?', [person.subject])
    await house.house.rights.run()
    assert.equal(assertOk(await person.ask('GET', `/api/me/requests/${asked.id}`)).state, 'answered')
  } finally {
    await house.end()
  }
})

test('what fails is tried every hour and never given up', async () => {
  clause('pp.8')
  const house = await openFamily()
  try {
    const { clock } = house
    const { jobs } = house.house.stores
    const person = await house.somebody('ada')
    const asked = assertOk(await person.ask('POST', '/api/me/requests', { kind: 'access' }), 201)
    await inFacts(house, `UPDATE account SET phone = 'v1.broken' WHERE subject = ?`, [person.subject])
    for (let hour = 0; hour < 20; hour++) {
      clock.advance(hourMs)
      await jobs.runDue()
    }
    assert.equal((await requestOf(house, asked.id)).answered_at, null)
    await inFacts(house, 'UPDATE account SET phone = NULL WHERE subject = ?', [person.subject])
    clock.advance(hourMs)
    await jobs.runDue()
    assert.ok((await requestOf(house, asked.id)).answered_at)
  } finally {
    await house.end()
  }
})
