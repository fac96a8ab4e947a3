// Catches a member who sees of another what is neither theirs to see nor shared with them: addresses, hours, what somebody may do.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Member, ViewAs } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { describeOnBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, type FamilyHouse, type Someone } from './family-house.ts'

describeOnBothDialects('what members see of one another', (dialect) => {
  let family: FamilyHouse
  before(async () => {
    family = await openFamily(dialect)
  })
  after(() => family?.end())
  const at = (path?: string) => family.at(path)
  const member = (someone: Someone) => family.member(someone)
  const seenBy = (viewer: Someone, whom: Someone) => family.seenBy(viewer, whom)

  test('addresses are shown to whom their person says, to a child’s adult, and to no owner and no token besides', async () => {
    clause('pp.4.1')
    const { owner, somebody, byToken } = family
    const anna = await somebody('anna', 'adult')
    const ben = await somebody('ben', 'adult')
    const kid = await somebody('kid', 'child', { guardian: ben.subject })
    const guest = await somebody('guest', 'guest')
    assert.equal((await seenBy(owner, anna)).contact, undefined, 'a role opens nobody’s address')
    assert.deepEqual((await seenBy(ben, kid)).contact, { email: kid.email })
    assert.equal((await seenBy(owner, kid)).contact, undefined)
    for (const name of ['me', anna.subject]) {
      const answer = await ben.ask('PUT', at(`/members/${name}/shares`), { shares: ['contact'] })
      if (name === 'me') assertOk(answer)
      else assert.equal(answer.status, 404, 'nobody shares for another')
    }
    const mine = assertOk(
      await anna.ask('PUT', at('/members/me/shares'), { shares: ['contact', 'contact'] }),
    ) as Member
    assert.deepEqual(mine.shares, ['contact'])
    for (const viewer of [owner, ben, kid])
      assert.deepEqual((await seenBy(viewer, anna)).contact, { email: anna.email })
    assert.equal((await seenBy(owner, anna)).shares, undefined, 'what one shares is one’s own to see')
    assert.equal((await guest.ask('GET', at('/members'))).status, 403)
    const list = await (await byToken(owner))('GET', at('/members'))
    assert.equal(assertOk(list).length >= 4, true)
    assert.ok(!list.text.includes('@'), list.text)
    assertOk(await anna.ask('PUT', at('/members/me/shares'), { shares: [] }))
    assert.equal((await seenBy(owner, anna)).contact, undefined)
    assert.equal(assertOk(await guest.ask('GET', at('/members/me'))).role, 'guest')
    for (const each of [anna, kid, ben, guest]) await owner.ask('DELETE', member(each))
  })

  test('when somebody comes and goes is told to keepers, to oneself and to a child’s adult, and to nobody besides', async () => {
    clause('pp.4.1')
    const { owner, somebody } = family
    const [anna, ben] = [await somebody('anna', 'adult'), await somebody('ben', 'adult')]
    const kid = await somebody('kid', 'child', { guardian: ben.subject })
    const day = { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', to: '12:00' }
    const startsAt = '2030-06-01T12:00:00.000Z'
    const told = async (viewer: Someone, wish: object) => {
      assertOk(await owner.ask('PATCH', member(kid), wish))
      const { state, turnsAt, startsAt: begin, endsAt, limits } = await seenBy(viewer, kid)
      return [state, turnsAt, begin, endsAt, limits?.hours.length]
    }
    const limits = { reach: 'all', rules: [], hours: [day] }
    const timed = { limits, startsAt, endsAt: '2030-07-01T00:00:00.000Z' }
    // At two in the afternoon in Berlin the hours are over: they open the morning after.
    const all = ['waiting', '2030-06-02T07:00:00.000Z', startsAt, timed.endsAt, 1]
    for (const viewer of [owner, ben]) assert.deepEqual(await told(viewer, timed), all)
    assert.equal((assertOk(await kid.ask('GET', at('/members/me'))) as Member).turnsAt, all[1])
    assert.deepEqual(await told(anna, timed), Array(5).fill(undefined))
    const short = { endsAt: '2030-06-02T06:00:00.000Z' }
    assert.deepEqual(await told(owner, short), ['waiting', undefined, startsAt, short.endsAt, 1])
    assertOk(await owner.ask('PATCH', member(kid), { limits: null, startsAt: null, endsAt: null }))
    assert.equal((await seenBy(anna, kid)).state, undefined)
    await owner.ask('DELETE', member(ben))
    assert.equal((await seenBy(anna, kid)).state, 'no-guardian', 'anybody adult may have to help')
    for (const each of [kid, anna]) await owner.ask('DELETE', member(each))
  })

  test('only what something reads can be shared', async () => {
    const anna = await family.somebody('anna', 'adult')
    for (const share of ['activity', 'presence'])
      assert.equal((await anna.ask('PUT', at('/members/me/shares'), { shares: [share] })).status, 422)
    await family.owner.ask('DELETE', member(anna))
  })

  test('what another member gets is shown as it is decided for them, and nothing of who they are', async () => {
    const { owner, somebody, devices, roleOf } = family
    const { lamp, lock } = await devices()
    const parent = await somebody('parent', 'adult')
    const kid = await somebody('kid', 'child', { guardian: parent.subject })
    const view = async (someone: Someone) => {
      const answer = await owner.ask('GET', `${member(someone)}/view`)
      assert.ok(!answer.text.includes('@') && !answer.text.includes(someone.subject))
      return assertOk(answer) as ViewAs
    }
    const acts = ({ devices: all }: ViewAs) => Object.fromEntries(all.map(({ id, acts: may }) => [id, may]))
    assert.deepEqual(acts(await view(kid)), {
      [lamp]: ['see', 'control', 'history'],
      [lock]: ['see', 'history'],
    })
    const named = { effect: 'allow', on: { device: lock }, acts: ['see', 'control'] } as const
    const limits = { reach: 'listed', rules: [named], hours: [] }
    assertOk(await owner.ask('PATCH', member(kid), { limits }))
    const narrowed = await view(kid)
    assert.deepEqual(acts(narrowed), { [lock]: ['see', 'control'] })
    const own = assertOk(await kid.ask('GET', at('/devices'))) as { id: string }[]
    assert.deepEqual(
      own.map(({ id }) => id),
      narrowed.devices.map(({ id }) => id),
    )
    assert.deepEqual(narrowed.verbs, assertOk(await kid.ask('GET', at())).verbs)
    await owner.ask('PATCH', member(parent), { role: 'guest' })
    assert.deepEqual([(await view(kid)).state, (await view(kid)).devices], ['no-guardian', []])
    assert.equal((await parent.ask('GET', `${member(kid)}/view`)).status, 403)
    for (const each of [kid, parent]) await owner.ask('DELETE', member(each))
    assert.equal(roleOf(kid), undefined)
  })
})
