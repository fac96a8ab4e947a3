// Catches an invitation that lets in twice, too late, whom nobody may invite any more, or that says which codes exist; and a home that changes hands by one side alone.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { newId } from '@eaves/model'
import type { Invitation, InvitationMade, Member } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { listInvitations, useInvitation } from '../server/src/homes/invitation-store.ts'
import { loadMembers } from '../server/src/homes/member-store.ts'
import { describeOnBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, statuses, told, type FamilyHouse, type Someone } from './family-house.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

describeOnBothDialects('invitations', (dialect) => {
  let family: FamilyHouse
  before(async () => {
    family = await openFamily(dialect)
  })
  after(() => family?.end())
  // The limits of one address would otherwise reach from one test into the next.
  afterEach(() => family.clock.advance(20 * 60_000))
  const at = (path = '') => `/api/homes/${family.home}${path}`
  const invite = async (wish: unknown = { role: 'guest' }, by: Someone = family.owner) =>
    assertOk(await by.ask('POST', at('/invitations'), wish), 201) as InvitationMade
  const accept = (someone: Someone, code: string) => someone.ask('POST', '/api/invitations/accept', { code })
  const look = (code: string) =>
    family.call({ method: 'POST', path: '/api/invitations/look', body: { code } })

  test('the code is shown once, typed or clicked it is the same, and it makes its holder exactly what was meant', async () => {
    clause('pp.4.1')
    const { owner, somebody, roleOf, devices, letters } = family
    const { lamp } = await devices()
    const admin = await somebody('admin', 'admin')
    const rules = [{ effect: 'allow', on: { device: lamp }, acts: ['see', 'control'] }]
    const hours = [{ days: [2], from: '09:00', to: '12:00' }]
    const limits = { reach: 'listed', rules, hours }
    const endsAt = '2026-03-01T00:00:00.000Z'
    await owner.ask('PATCH', at(`/members/${owner.subject}`), { name: 'Ada' })
    const made = await invite({ role: 'guest', name: 'Cleaner', limits, endsAt })
    assert.match(made.code, /^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/, '80 bits in four groups')
    assert.equal(made.link, `http://127.0.0.1:8420/join#${made.code}`)
    const list = await owner.ask('GET', at('/invitations'))
    assert.ok(!list.text.includes(made.code) && list.text.includes(made.id))
    const typed = made.code.toUpperCase().replaceAll('-', ' ')
    assert.deepEqual(assertOk(await look(typed)), {
      homeName: 'Elm Street',
      inviterName: 'Ada',
      role: 'guest',
      expiresAt: made.expiresAt,
      endsAt,
      hours,
      zone: 'Europe/Berlin',
    })
    const ben = await somebody('ben')
    const joined = assertOk(await accept(ben, typed), 201)
    assert.deepEqual([joined.id, joined.role, joined.access.isOpen], [family.home, 'guest', false])
    const own = assertOk(await ben.ask('GET', at('/members/me'))) as Member
    assert.deepEqual([own.name, own.limits, own.endsAt], ['Cleaner', limits, endsAt])
    assert.equal(roleOf(ben), 'guest')
    for (const keeper of [owner, admin])
      assert.ok(
        (await letters()).some(
          (each) => each.includes(keeper.email) && each.includes('has joined your home'),
        ),
      )
    for (const each of [ben, admin]) await owner.ask('DELETE', at(`/members/${each.subject}`))
  })

  test('of any number who accept at once one gets in, and a used or revoked code is what never was', async () => {
    clause('pp.5.1')
    const { owner, somebody, roleOf } = family
    const { code } = await invite()
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => somebody(`p${i}`)))
    const answers = await Promise.all(people.map((each) => accept(each, code)))
    assert.deepEqual(statuses(answers), [201, ...Array.from({ length: 7 }, () => 404)])
    assert.equal(people.filter((each) => roleOf(each) !== undefined).length, 1)
    const revoked = await invite()
    assert.equal((await owner.ask('DELETE', at(`/invitations/${revoked.id}`))).status, 204)
    assert.equal((await owner.ask('DELETE', at(`/invitations/${revoked.id}`))).status, 404)
    const never = (await look('aaaa-aaaa-aaaa-aaaa')).text
    for (const each of [code, revoked.code]) {
      assert.equal((await look(each)).text, never)
      assert.equal(
        (
          await accept(
            people.find((p) => roleOf(p) === undefined)!,
            each,
          )
        ).text,
        never,
      )
    }
  })

  test('whoever is a member stays what they are, and the invitation stays good for another', async () => {
    const { owner, somebody, roleOf } = family
    const { code } = await invite({ role: 'adult' })
    const guest = await somebody('guest', 'guest')
    for (const someone of [owner, guest]) assert.equal((await accept(someone, code)).status, 409)
    assert.deepEqual([roleOf(owner), roleOf(guest)], ['owner', 'guest'])
    const [first, second] = [await invite({ role: 'guest' }), await invite({ role: 'adult' })]
    const eager = await somebody('eager')
    const both = await Promise.all([accept(eager, first.code), accept(eager, second.code)])
    assert.deepEqual(statuses(both), [201, 409])
    const newcomer = await somebody('newcomer')
    assert.equal((await accept(newcomer, code)).status, 201)
  })

  test('one that ran out says whom to ask, for seven days', async () => {
    const { owner, somebody, clock } = family
    await owner.ask('PATCH', at(`/members/${owner.subject}`), { name: 'Ada' })
    const { id, code } = await invite({ role: 'guest', hours: 1 })
    const soon = await invite({
      role: 'guest',
      hours: 168,
      endsAt: new Date(clock.now() + hourMs).toISOString(),
    })
    const late = await somebody('late')
    clock.advance(hourMs - 1)
    assert.equal((await look(code)).status, 200)
    clock.advance(1)
    for (const answer of [await look(code), await accept(late, code), await look(soon.code)]) {
      assert.equal(told(answer), '410 invitation.expired')
      assert.equal(answer.json.detail, 'Ada')
    }
    const list = assertOk(await owner.ask('GET', at('/invitations'))) as Invitation[]
    assert.equal(list.find((each) => each.id === id)?.isExpired, true)
    clock.advance(7 * dayMs)
    assert.equal((await look(code)).status, 404)
    clock.advance(-7 * dayMs)
  })

  test('it is worth what its maker may give now: nothing once they cannot, nor where a home is gone', async () => {
    clause('pp.5.1')
    const { owner, somebody, byToken, house } = family
    const admin = await somebody('admin', 'admin')
    const parent = await somebody('parent', 'adult')
    const newcomer = await somebody('newcomer')
    for (const role of ['owner', 'kiosk'])
      assert.equal((await owner.ask('POST', at('/invitations'), { role })).status, 422)
    assert.equal(told(await admin.ask('POST', at('/invitations'), { role: 'admin' })), '403 auth.forbidden')
    assert.equal((await parent.ask('POST', at('/invitations'), { role: 'guest' })).status, 403)
    const one = await invite({ role: 'adult' }, admin)
    const child = await invite({ role: 'child', guardian: parent.subject })
    const asAdmin = await invite({ role: 'admin' })
    assert.equal((await look(one.code)).status, 200)
    const admins = at(`/members/${admin.subject}`)
    assertOk(await owner.ask('PATCH', admins, { role: 'adult' }))
    assert.equal((await accept(newcomer, one.code)).status, 404)
    assertOk(await owner.ask('PATCH', admins, { role: 'admin' }))
    assert.equal((await accept(newcomer, one.code)).status, 404, 'what has ended does not revive')
    assertOk(await owner.ask('PATCH', at(`/members/${parent.subject}`), { role: 'guest' }))
    assert.equal((await accept(newcomer, child.code)).status, 404)
    const two = await invite({ role: 'guest' }, admin)
    assert.equal((await owner.ask('DELETE', admins)).status, 204)
    assert.equal((await look(two.code)).status, 404)
    const gone = await house.createHome(owner.subject, { name: 'Gone', zone: 'Europe/Oslo' })
    const three = assertOk(
      await owner.ask('POST', `/api/homes/${gone}/invitations`, { role: 'guest' }),
      201,
    ) as InvitationMade
    await house.homes.remove(gone, owner.subject)
    assert.equal((await look(three.code)).status, 404)
    const bound = await byToken(newcomer)
    assert.equal((await bound('POST', '/api/invitations/accept', { code: asAdmin.code })).status, 403)
    assert.equal((await accept(newcomer, asAdmin.code)).status, 201)
    await owner.ask('DELETE', at(`/members/${newcomer.subject}`))
  })

  test('guesses from one place end after thirty, and the right code then is no better than a wrong one', async () => {
    const { code } = await invite()
    for (let i = 0; i < 30; i++) assert.equal((await look(`${newId().slice(0, 16)}`)).status, 404)
    const late = await look(code)
    assert.equal(told(late), '429 auth.too-many')
    assert.ok(late.json.retryAfterSeconds > 0)
  })

  test('a letter names no person and no home, its address is kept nowhere, and nobody is written to without end', async () => {
    clause('pp.2.1.1')
    const { owner, letters, house } = family
    const to = (email: string) => ({ role: 'guest', sendTo: { email } })
    const made = assertOk(
      await owner.ask('POST', at('/invitations'), { ...to('Zoe@Example.org'), locale: 'zh-Hans' }),
      201,
    ) as InvitationMade
    const [letter] = (await letters()).filter((each) => each.includes('Zoe@Example.org'))
    assert.ok(letter !== undefined, 'it was sent')
    const text =
      Buffer.from(
        letter
          .split(/\r?\n\r?\n/)
          .slice(1)
          .join('\n'),
        'base64',
      ).toString() + letter
    assert.ok(text.includes(made.code) && text.includes('邀请'), text)
    assert.ok(!text.includes('Elm Street') && !text.includes('Ada'))
    const open = async () => (assertOk(await owner.ask('GET', at('/invitations'))) as Invitation[]).length
    const before = await open()
    assert.equal(
      told(await owner.ask('POST', at('/invitations'), to('nobody'))),
      '422 input.invalid sendTo.email email-form',
    )
    for (let i = 0; i < 2; i++) await invite(to('zoe@example.org'))
    assert.equal(
      told(await owner.ask('POST', at('/invitations'), to('zoe+x@example.org'))),
      '429 auth.too-many',
    )
    assert.equal(await open(), before + 2, 'what could not be sent is not kept')
    const rows = await house.stores.facts
      .as({ scope: { instance: true }, actor: { kind: 'system', part: 'jobs' }, purpose: 'service.core' })
      .selectFrom('invitation')
      .selectAll()
      .execute()
    assert.ok(rows.length > 0 && !JSON.stringify(rows).toLowerCase().includes('zoe'))
  })

  test('a home has at most fifty invitations open', async () => {
    const { owner } = family
    const mine = await family.house.createHome(owner.subject, { name: 'Full', zone: 'Europe/Oslo' })
    const path = `/api/homes/${mine}/invitations`
    const answers = await Promise.all(
      Array.from({ length: 52 }, () => owner.ask('POST', path, { role: 'guest' })),
    )
    assert.equal(answers.filter(({ status }) => status === 201).length, 50)
    assert.equal(answers.filter(({ status }) => status === 409).length, 2)
  })

  test('a home changes hands when both want it: offered, accepted within three days, the old owner an admin', async () => {
    clause('pp.4.1')
    const { somebody, roleOf, clock, letters } = family
    const { owner } = family
    const heir = await somebody('heir', 'adult')
    const guest = await somebody('guest', 'guest')
    const narrowed = await somebody('narrowed', 'adult', {
      limits: { reach: 'listed', rules: [], hours: [] },
    })
    const offer = (to: string, by = owner, more = {}) => by.ask('POST', at('/transfer'), { to, ...more })
    assert.equal((await heir.ask('POST', at('/transfer/accept'))).status, 404)
    for (const to of [guest.subject, owner.subject, newId()])
      assert.equal(told(await offer(to)), '422 input.invalid to not-an-adult')
    assert.equal(told(await offer(narrowed.subject)), '422 input.invalid to limited')
    assert.equal((await offer(heir.subject, heir)).status, 403)
    const made = assertOk(await offer(heir.subject), 201)
    assert.deepEqual([made.from, made.to, made.keep], [owner.subject, heir.subject, false])
    assert.equal(roleOf(heir), 'adult', 'an offer is none yet')
    for (const [someone, status] of [
      [owner, 200],
      [heir, 200],
      [narrowed, 404],
      [guest, 403],
    ] as const)
      assert.equal((await someone.ask('GET', at('/transfer'))).status, status)
    for (const other of [guest, narrowed]) {
      assert.equal((await other.ask('POST', at('/transfer/accept'))).status, 404)
      assert.equal((await other.ask('DELETE', at('/transfer'))).status, 404)
    }
    assert.equal((await heir.ask('DELETE', at('/transfer'))).status, 204, 'declined')
    assertOk(await offer(heir.subject), 201)
    clock.advance(72 * hourMs)
    assert.equal((await heir.ask('POST', at('/transfer/accept'))).status, 404, 'too late')
    assertOk(await offer(heir.subject), 201)
    clock.advance(72 * hourMs - 1)
    const joined = assertOk(await heir.ask('POST', at('/transfer/accept')))
    assert.equal((await owner.ask('DELETE', at('/transfer'))).status, 404)
    assert.deepEqual([roleOf(heir), roleOf(owner)], ['owner', 'admin'])
    assert.equal(joined.role, 'owner')
    const sent = await letters()
    for (const [each, words] of [
      [heir, 'You own a home now'],
      [owner, 'Your offer of a home was accepted'],
    ] as const)
      assert.ok(sent.some((letter) => letter.includes(each.email) && letter.includes(words)))
    // Back again, and both own it: one offers to keep it as well.
    assertOk(await offer(owner.subject, heir, { keep: true }), 201)
    assert.equal(told(await owner.ask('DELETE', at(`/members/${heir.subject}`))), '403 auth.forbidden')
    assertOk(await owner.ask('POST', at('/transfer/accept')))
    assert.deepEqual([roleOf(heir), roleOf(owner)], ['owner', 'owner'])
    assert.equal((await heir.ask('POST', at('/leave'))).status, 204)
  })

  test('what goes before an invitation is accepted makes it no wider', async () => {
    clause('pp.5.1')
    const { owner, somebody, devices } = family
    const { lamp, lock } = await devices()
    const room = assertOk(await owner.ask('POST', at('/rooms'), { name: 'Study' }), 201).id as string
    await owner.ask('PATCH', at(`/devices/${lamp}`), { room })
    const rule = (effect: string, on: unknown) => ({ effect, on, acts: ['see', 'control'] })
    const limits = (reach: string, ...rules: unknown[]) => ({
      role: 'guest',
      limits: { reach, rules, hours: [] },
    })
    const wide = await invite(limits('all', rule('deny', { room })))
    const narrow = await invite(limits('listed', rule('allow', { room }), rule('allow', { device: lock })))
    assert.equal((await owner.ask('DELETE', at(`/rooms/${room}`))).status, 204)
    assert.equal((await owner.ask('DELETE', at(`/devices/${lock}`))).status, 204)
    for (const { code } of [wide, narrow]) {
      const guest = await somebody('guest')
      assert.equal((await accept(guest, code)).status, 201)
      const seen = assertOk(await guest.ask('GET', at('/devices'))) as { id: string }[]
      assert.deepEqual(seen, [])
      const { limits: kept } = assertOk(await guest.ask('GET', at('/members/me'))) as Member
      const left = code === wide.code ? [rule('deny', { device: lamp })] : []
      assert.deepEqual(kept?.rules, left)
      await owner.ask('DELETE', at(`/members/${guest.subject}`))
    }
  })

  test('an owner’s invitation of an admin is worth nothing once they are an admin themselves', async () => {
    const { owner, somebody, roleOf } = family
    const heir = await somebody('heir', 'adult')
    const { code } = await invite({ role: 'admin' })
    const lesser = await invite({ role: 'guest' })
    assertOk(await owner.ask('POST', at('/transfer'), { to: heir.subject }), 201)
    assertOk(await heir.ask('POST', at('/transfer/accept')))
    assert.equal(roleOf(owner), 'admin')
    assert.deepEqual([(await look(code)).status, (await look(lesser.code)).status], [404, 200])
    assertOk(await heir.ask('POST', at('/transfer'), { to: owner.subject, keep: true }), 201)
    assertOk(await owner.ask('POST', at('/transfer/accept')))
    assert.equal((await heir.ask('POST', at('/leave'))).status, 204)
  })

  test('the row itself lets in one: two processes that take it at once are one too many', async () => {
    const { house, home, owner } = family
    const { facts } = house.stores
    const made = await invite()
    const record = (await listInvitations(facts, home)).find((each) => each.id === made.id)!
    const people = await Promise.all(['a', 'b', 'c'].map((name) => family.somebody(name)))
    const taken = await Promise.all(
      people.map(({ subject }) => useInvitation(facts, record, subject, { role: 'guest', since: 0 })),
    )
    assert.equal(taken.filter(Boolean).length, 1)
    const stored = (await loadMembers(facts, home)).map(([subject]) => subject)
    assert.deepEqual(
      people.map(({ subject }) => stored.includes(subject)),
      taken,
    )
    assert.ok(stored.includes(owner.subject))
  })

  test('an offer dies with the right to make it', async () => {
    const { owner, somebody, roleOf } = family
    const second = await somebody('second', 'owner')
    const heir = await somebody('heir', 'admin')
    assertOk(await second.ask('POST', at('/transfer'), { to: heir.subject }), 201)
    assert.equal((await owner.ask('POST', at('/transfer'), { to: heir.subject })).status, 409)
    assertOk(await second.ask('PATCH', at(`/members/${second.subject}`), { role: 'admin' }))
    assert.equal((await heir.ask('POST', at('/transfer/accept'))).status, 404)
    assert.equal(roleOf(heir), 'admin')
  })
})
