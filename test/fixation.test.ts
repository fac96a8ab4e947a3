// Catches a sign-in that somebody else prepared: a cookie planted before it, an old secret that lives on, a proof or challenge made for another.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { fakeAuthenticator, type Authenticator } from '../server/src/people/testing-authenticator.ts'
import { openFamily, type FamilyHouse } from './family-house.ts'
import { cookieName, type Answer } from './in-house.ts'

const port = 8420
const here = { host: `localhost:${port}`, origin: `http://localhost:${port}` }
const there = { host: `127.0.0.1:${port}`, origin: `http://127.0.0.1:${port}` }
const site = { origin: here.origin, host: 'localhost' }
const password = 'correct horse battery'

/** The secrets that an answer sets, without those it takes away. */
const given = ({ headers }: Answer): string[] =>
  headers
    .filter(([name]) => name === 'set-cookie')
    .map(([, value]) => value.split(';')[0]!.slice(cookieName.length + 1))
    .filter((value) => value !== '')

describe('a sign-in that somebody else prepared', () => {
  let family: FamilyHouse
  let ada: SubjectId, eve: SubjectId
  before(async () => {
    family = await openFamily()
    ada = await family.person('ada@example.org')
    eve = await family.person('eve@example.org')
    await family.house.people.profile.setPassword(ada, password, undefined)
  })
  after(() => family?.end())
  const post = (path: string, body: unknown, cookie?: string, headers = here) =>
    family.call({ method: 'POST', path, body, cookie, headers: { ...headers } })
  const who = async (cookie: string): Promise<string | number> => {
    const { status, json } = await family.call({ method: 'GET', path: '/api/me', cookie })
    return status === 200 ? json.accountId : status
  }
  const enter = async (cookie?: string): Promise<string> => {
    const done = await post(
      '/api/sign-in/password',
      { identifier: { email: 'ada@example.org' }, password },
      cookie,
    )
    assert.equal(done.status, 200, done.text)
    const [secret, ...more] = given(done)
    assert.deepEqual(more, [])
    return secret!
  }

  test('a cookie planted before the sign-in never becomes a signed-in one, a stranger’s word or a stranger’s sign-in', async () => {
    clause('pp.5.1')
    const word = 'a'.repeat(52)
    const evil = (await family.signIn(eve)).cookie
    for (const planted of [word, evil]) {
      const before = await who(planted)
      assert.equal(before, planted === word ? 401 : eve)
      const secret = await enter(planted)
      assert.notEqual(secret, planted)
      assert.equal(await who(secret), ada)
      // The browser's former sign-in has ended; it did not change hands.
      assert.equal(await who(planted), 401)
    }
  })

  test('each sign-in and each proof makes a new secret, and a secret of before the proof opens nothing and ends the sign-in', async () => {
    const first = await enter()
    const second = await enter(first)
    assert.notEqual(first, second)
    assert.deepEqual([await who(first), await who(second)], [401, ada])
    const proved = await post('/api/me/proofs', { password }, second)
    const [third] = given(proved)
    assert.ok(third !== undefined && third !== second, proved.text)
    assert.equal(await who(third), ada)
    assert.equal(await who(second), 401)
    family.clock.advance(61_000)
    assert.equal(await who(second), 401)
    assert.equal(await who(third), 401, 'a stolen secret was used: nobody keeps this sign-in')
  })

  test('a challenge is good for the site and the sign-in it was made in, and another person’s passkey proves nothing', async () => {
    const own = await withPasskey(ada)
    const strange = await withPasskey(eve)
    const mine = await enter()
    const ask = async (cookie: string, headers = here) =>
      (await post('/api/me/proofs/passkeys', undefined, cookie, headers)).json
    const prove = (flow: string, response: unknown, cookie: string, headers = here) =>
      post('/api/me/proofs', { passkey: { flow, response } }, cookie, headers)
    const told = ({ status, json }: Answer) => `${status} ${json?.code ?? ''}`.trim()

    const one = await ask(mine)
    assert.equal(told(await prove(one.flow, strange.get(one), mine)), '401 auth.passkey-wrong')
    const two = await ask(mine)
    assert.equal(told(await prove(two.flow, own.get(two), mine, there)), '401 auth.passkey-wrong')
    const elsewhere = await ask((await family.signIn(ada)).cookie)
    assert.equal(told(await prove(elsewhere.flow, own.get(elsewhere), mine)), '401 auth.passkey-wrong')
    const right = await ask(mine)
    const done = await prove(right.flow, own.get(right), mine)
    assert.equal(told(done), '204')
    assert.equal(await who(given(done)[0]!), ada)

    const start = (await post('/api/sign-in/passkeys', undefined)).json
    const asEve = await post('/api/sign-in/passkey', { flow: start.flow, response: strange.get(start) }, mine)
    assert.equal(asEve.json?.accountId, eve, asEve.text)
    assert.equal(await who(given(asEve)[0]!), eve)
  })

  async function withPasskey(subject: SubjectId): Promise<Authenticator> {
    const { passkeys } = family.house.people
    const { session } = await family.signIn(subject)
    const prover = { subject, session, address: '' }
    const asked = await passkeys.requestAdd(prover, site)
    const device = fakeAuthenticator(site)
    await passkeys.add(prover, { flow: asked.flow, response: device.create(asked) }, site)
    return device
  }
})
