// Catches an adult who cannot see or end what is held of their child, and anybody else who can.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { ask as inStore } from '../server/src/rights/testing.ts'
import { assertOk, openFamily, told, type FamilyHouse, type Someone } from './family-house.ts'
import { cookieName } from './in-house.ts'
import { unzip } from './unzip.ts'

const hourMs = 3_600_000

interface Family extends FamilyHouse {
  readonly ada: Someone
  readonly kim: Someone
}
/** A child too young to decide, and the adult who has agreed for it. */
async function withFamily(work: (family: Family) => Promise<void>): Promise<void> {
  clause('pp.6')
  const house = await openFamily()
  try {
    const ada = await house.somebody('ada', 'adult')
    const kim = await house.somebody('kim', 'child', { guardian: ada.subject })
    await house.house.privacy.minors.stateOwnAge(kim.subject, '13')
    await agree(house, ada, kim)
    await inStore(house.house.stores, { store: 'facts' }, 'UPDATE account SET email_verified_at = 1')
    house.clock.advance(1_000)
    await work(Object.assign(house, { ada, kim }))
  } finally {
    await house.end()
  }
}
const guardianPath = ({ home }: FamilyHouse, child: Someone) =>
  `/api/homes/${home}/members/${child.subject}/guardian`
async function agree(house: FamilyHouse, adult: Someone, child: Someone) {
  const { json } = await adult.ask('GET', '/api/notices/guardian?locale=en')
  const act = { given: true, sha256: json.sha256, locale: 'en' }
  assertOk(await adult.ask('PUT', guardianPath(house, child), act))
}
const ofChild = (child: Someone) => `/api/me/children/${child.subject}`
const actsOf = async (someone: Someone): Promise<any[]> =>
  assertOk(await someone.ask('GET', '/api/me/activity?group=privacy')).entries
const valuesIn = (held: any): string => JSON.stringify(held.categories)

test('the guardian sees what is held of the child, and the child sees that they looked', () =>
  withFamily(async (family) => {
    const { ada, kim, house } = family
    const elsewhere = await family.somebody('eve')
    const other = await house.createHome(elsewhere.subject, { name: 'Oak Lane', zone: 'UTC' })
    await family.join(other, kim.subject, 'guest')
    const held = assertOk(await ada.ask('GET', `${ofChild(kim)}/held?values=open&locale=en`))
    assert.ok(valuesIn(held).includes(kim.email))
    assert.ok(!valuesIn(held).includes(ada.email))
    // The home of another family is seen by the child alone.
    assert.deepEqual(
      held.homes.map(({ home }: any) => home),
      [family.home],
    )
    assert.ok(!valuesIn(held).includes('Oak Lane'))
    assert.ok(
      valuesIn(assertOk(await kim.ask('GET', '/api/me/held?values=open&locale=en'))).includes('Oak Lane'),
    )
    const [line] = await actsOf(kim)
    assert.equal(line.kind, 'guardian-saw')
    // Where the adult was is theirs.
    assert.deepEqual([line.address, line.device], [undefined, undefined])
    assert.ok((await actsOf(ada)).every(({ kind }) => kind !== 'guardian-saw'))
  }))

test('whoever does not answer for the child finds nothing, whatever they are in the home', () =>
  withFamily(async (family) => {
    const { ada, kim, owner, house } = family
    const ben = await family.somebody('ben', 'adult')
    const ways = async (someone: Someone, child: Someone) => [
      told(await someone.ask('GET', `${ofChild(child)}/held`)),
      told(await someone.ask('GET', `${ofChild(child)}/requests`)),
      told(await someone.ask('POST', `${ofChild(child)}/requests`, { kind: 'erasure' })),
    ]
    const nothing = Array.from({ length: 3 }, () => '404 auth.not-found')
    for (const someone of [owner, ben, kim]) assert.deepEqual(await ways(someone, kim), nothing)
    // An adult of the home is no child by being called one, nor is a child whose age nobody stated.
    const dan = await family.somebody('dan', 'child', { guardian: ada.subject })
    assert.deepEqual(await ways(ada, dan), nothing)
    await house.privacy.minors.stateOwnAge(dan.subject, '18-plus')
    assert.deepEqual(await ways(ada, dan), nothing)
    // Hung on somebody else, who has not agreed yet: neither the one before nor the new one.
    await family.owner.ask('PATCH', `/api/homes/${family.home}/members/${kim.subject}`, {
      guardian: ben.subject,
    })
    assert.deepEqual([await ways(ada, kim), await ways(ben, kim)], [nothing, nothing])
    await agree(family, ben, kim)
    assert.equal((await ben.ask('GET', `${ofChild(kim)}/held`)).status, 200)
    assert.deepEqual(await ways(ada, kim), nothing)
    // A minor answers for nobody, also one who said so afterwards.
    await house.privacy.minors.stateOwnAge(ben.subject, '16-17')
    assert.deepEqual(await ways(ben, kim), nothing)
  }))

test('a program, an old sign-in and a wish that is the child’s own are refused', () =>
  withFamily(async (family) => {
    const { ada, kim, clock } = family
    const token = await family.byToken(ada)
    assert.equal((await token('GET', `${ofChild(kim)}/held`)).status, 403)
    const { cookie } = await family.signIn(ada.subject)
    clock.advance(6 * 60_000)
    for (const kind of ['access', 'portability', 'erasure']) {
      const path = `${ofChild(kim)}/requests`
      const answer = await family.call({ method: 'POST', path, cookie, body: { kind } })
      assert.equal(told(answer), '403 auth.step-up-required', kind)
    }
    for (const kind of ['restriction', 'objection', 'objection-marketing'])
      assert.match(told(await ada.ask('POST', `${ofChild(kim)}/requests`, { kind })), /^422 .*kind/)
  }))

test('a copy of the child goes to the adult who asked, once, and to nobody else', () =>
  withFamily(async (family) => {
    const { ada, kim, house } = family
    const asked = assertOk(await ada.ask('POST', `${ofChild(kim)}/requests`, { kind: 'access' }), 201)
    await house.rights.run()
    const [mine] = assertOk(await ada.ask('GET', `${ofChild(kim)}/requests`))
    assert.deepEqual([mine.id, mine.state, mine.askedBy], [asked.id, 'answered', 'guardian'])
    const [seen] = assertOk(await kim.ask('GET', '/api/me/requests'))
    assert.deepEqual(
      [seen.id, seen.askedBy, seen.canEnd, seen.copyUntil],
      [asked.id, 'guardian', false, undefined],
    )
    assert.equal((await kim.ask('POST', `/api/me/requests/${asked.id}/links`)).status, 404)
    assert.equal((await ada.ask('POST', `/api/me/requests/${asked.id}/links`)).status, 404)
    const linked = await ada.ask('POST', `${ofChild(kim)}/requests/${asked.id}/links`)
    const { link } = assertOk(linked, 201)
    const fetched = async (someone: Someone, path: string) => {
      const { secret } = await house.people.sessions.open(someone.subject, { address: '192.0.2.0' })
      return house
        .app(() => family.origins, { name: cookieName, secure: false })
        .request(`http://127.0.0.1:8420${path}`, {
          headers: { host: '127.0.0.1:8420', cookie: `${cookieName}=${secret}` },
        })
    }
    const own = link.replace(ofChild(kim), '/api/me')
    assert.equal((await fetched(kim, own)).status, 404)
    assert.equal((await fetched(family.owner, link)).status, 404)
    const answer = await fetched(ada, link)
    assert.equal(answer.status, 200)
    const data = JSON.parse(unzip(Buffer.from(await answer.arrayBuffer())).get('data.json')!)
    assert.equal(data.subject, kim.subject)
    assert.ok(!JSON.stringify(data).includes(ada.subject))
    assert.equal((await fetched(ada, link)).status, 404)
    const kinds = (await actsOf(kim)).map(({ kind }) => kind)
    // Both of one instant, so in either order.
    assert.deepEqual(new Set(kinds.slice(0, 2)), new Set(['guardian-copy-asked', 'guardian-copy-taken']))
    assert.ok((await family.letters()).some((letter) => letter.includes('It goes to them alone.')))
  }))

test('an erasure of the child can be taken back for three days by the adult and not by the child', () =>
  withFamily(async (family) => {
    const { ada, kim, house, clock } = family
    const ask = () => ada.ask('POST', `${ofChild(kim)}/requests`, { kind: 'erasure' })
    const asked = assertOk(await ask(), 201)
    assert.equal(asked.canEnd, true)
    // Asked twice it is one.
    assert.equal(assertOk(await ask(), 201).id, asked.id)
    const [seen] = assertOk(await kim.ask('GET', '/api/me/requests'))
    assert.deepEqual([seen.id, seen.askedBy, seen.canEnd], [asked.id, 'guardian', false])
    const own = `/api/me/requests/${asked.id}`
    assert.equal(told(await kim.ask('DELETE', own)), '403 policy.guardian-asked')
    clock.advance(71 * hourMs)
    await house.rights.run()
    const back = assertOk(await ada.ask('DELETE', `${ofChild(kim)}/requests/${asked.id}`))
    assert.equal(back.state, 'withdrawn')
    clock.advance(2 * hourMs)
    await house.rights.run()
    assert.equal((await kim.ask('GET', '/api/me/requests')).status, 200)
    assert.equal((await actsOf(kim))[0].kind, 'guardian-took-back')
    // What the child asked itself stays the child's to take back.
    const its = assertOk(await kim.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
    const not = await ada.ask('DELETE', `${ofChild(kim)}/requests/${its.id}`)
    assert.equal(told(not), '403 auth.forbidden')
  }))

test('after three days the child is erased, and both are told; the home and its adult stay', () =>
  withFamily(async (family) => {
    const { ada, kim, house, clock } = family
    assertOk(await ada.ask('PUT', guardianPath(family, kim), { given: false }))
    // Taken back closes the account; what is held of it is still the adult's to end.
    assert.equal(told(await kim.ask('GET', '/api/homes')), '451 policy.guardian-required')
    assert.equal(assertOk(await ada.ask('GET', guardianPath(family, kim))).mayAsk, true)
    assertOk(await ada.ask('POST', `${ofChild(kim)}/requests`, { kind: 'erasure' }), 201)
    assert.equal(assertOk(await kim.ask('GET', '/api/me/requests')).length, 1)
    clock.advance(72 * hourMs)
    await house.rights.run()
    const rows = await inStore(
      house.stores,
      { store: 'facts' },
      'SELECT subject FROM account WHERE subject = ?',
      [kim.subject],
    )
    assert.deepEqual(rows, [])
    assert.equal((await ada.ask('GET', `${ofChild(kim)}/held`)).status, 404)
    assert.equal((await ada.ask('GET', `/api/homes/${family.home}`)).status, 200)
    const letters = (await family.letters()).filter((letter) => letter.includes('/api/erasures/'))
    assert.deepEqual(
      [kim, ada].map(({ email }) => letters.filter((letter) => letter.includes(email)).length),
      [1, 1],
    )
  }))

test('what an adult asked ends with their part: nothing is erased for somebody who answers no more', () =>
  withFamily(async (family) => {
    const { ada, kim, house, clock, owner, home } = family
    assertOk(await ada.ask('POST', `${ofChild(kim)}/requests`, { kind: 'erasure' }), 201)
    assertOk(await owner.ask('DELETE', `/api/homes/${home}/members/${ada.subject}`), 204)
    await house.rights.run()
    const [ended] = assertOk(await kim.ask('GET', '/api/me/requests'))
    assert.deepEqual([ended.state, ended.askedBy], ['withdrawn', 'guardian'])
    clock.advance(73 * hourMs)
    await house.rights.run()
    assert.equal((await kim.ask('GET', '/api/me/requests')).status, 200)
  }))

test('a request of an adult who is erased does not become the child’s own', () =>
  withFamily(async (family) => {
    const { ada, kim, house, clock } = family
    assertOk(await ada.ask('POST', `${ofChild(kim)}/requests`, { kind: 'erasure' }), 201)
    await house.rights.erasePerson(ada.subject)
    clock.advance(73 * hourMs)
    await house.rights.run()
    const [ended] = assertOk(await kim.ask('GET', '/api/me/requests'))
    assert.deepEqual([ended.state, ended.askedBy], ['withdrawn', 'guardian'])
  }))
