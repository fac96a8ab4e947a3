// Catches a member who gets, gives or keeps what is not theirs: roles, limits, guardians, what is gone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId, type DeviceId, type RoomId } from '@eaves/model'
import type { Member } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { describeOnBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, statuses, told, type FamilyHouse, type Someone } from './family-house.ts'
import { until } from './server.ts'

describeOnBothDialects('the people of a home', (dialect) => {
  let family: FamilyHouse
  before(async () => {
    family = await openFamily(dialect)
  })
  after(() => family?.end())
  const at = (path?: string) => family.at(path)
  const member = (someone: Someone) => family.member(someone)
  const seenBy = (viewer: Someone, whom: Someone) => family.seenBy(viewer, whom)

  test('a keeper sees, changes and removes what the home holds of its people; each part can be taken away again', async () => {
    clause('pp.4.1')
    clause('pp.2.2.1')
    const { owner, somebody } = family
    const ben = await somebody('ben', 'guest')
    assert.equal((await seenBy(owner, ben)).name, undefined, 'nobody needs a name')
    const hours = [{ days: [2], from: '09:00', to: '12:00' }]
    const wish = {
      name: ' Ben ',
      limits: { reach: 'all', rules: [], hours },
      startsAt: '2026-01-06T00:00:00.000Z',
      endsAt: '2026-02-01T00:00:00.000Z',
    }
    const changed = assertOk(await owner.ask('PATCH', member(ben), wish)) as Member
    assert.deepEqual(
      [changed.name, changed.limits, changed.startsAt, changed.endsAt, changed.state],
      ['Ben', wish.limits, wish.startsAt, wish.endsAt, 'waiting'],
    )
    assert.deepEqual(await seenBy(owner, ben), changed)
    const bare = { name: null, limits: null, startsAt: null, endsAt: null }
    const cleared = assertOk(await owner.ask('PATCH', member(ben), bare)) as Member
    for (const key of ['name', 'limits', 'startsAt', 'endsAt'] as const)
      assert.equal(cleared[key], undefined, key)
    assert.equal(cleared.role, 'guest')
    assert.equal((await owner.ask('DELETE', member(ben))).status, 204)
    assert.equal(await seenBy(owner, ben), undefined)
    assert.equal((await ben.ask('GET', at())).status, 404)
    assert.equal((await ben.ask('GET', '/api/me')).status, 200, 'only the place is gone, not the account')
  })

  test('roles go up by no way but an owner’s hand, and ownership by transfer alone', async () => {
    clause('pp.4.1')
    const { owner, somebody, roleOf, byToken } = family
    const people = {
      admin: await somebody('admin', 'admin'),
      second: await somebody('second', 'admin'),
      adult: await somebody('adult', 'adult'),
      child: await somebody('child', 'child'),
      guest: await somebody('guest', 'guest'),
    }
    const { admin, second, adult, child, guest } = people
    const refused = async (someone: Someone['ask'], whom: Someone, body: unknown) => {
      const before = roleOf(whom)
      const answer = await someone('PATCH', member(whom), body)
      assert.ok([403, 404, 422].includes(answer.status), answer.text)
      assert.equal(roleOf(whom), before)
      return told(answer)
    }
    for (const each of [adult, child, guest])
      for (const role of ['owner', 'admin', 'adult', 'child'])
        if (roleOf(each) !== role) await refused(each.ask, each, { role })
    for (const role of ['owner', 'admin']) {
      assert.match(await refused(admin.ask, guest, { role }), /^403/)
      if (role === 'owner')
        assert.equal(await refused(owner.ask, guest, { role }), '422 input.invalid role by-transfer')
    }
    for (const whom of [owner, second])
      for (const body of [{ role: 'guest' }, { name: 'x' }, { limits: null }])
        assert.equal(await refused(admin.ask, whom, body), '403 auth.forbidden')
    assert.equal(told(await admin.ask('DELETE', member(owner))), '403 auth.forbidden')
    assert.equal(told(await admin.ask('DELETE', member(second))), '403 auth.forbidden')
    assert.equal(told(await owner.ask('DELETE', member(owner))), '403 auth.forbidden')
    const elsewhere = await family.house.createHome(admin.subject, { name: 'Other', zone: 'Europe/Oslo' })
    const bound = await byToken(admin, { homes: [elsewhere], verbs: ['member.manage', 'member.guard'] })
    assert.match(await refused(bound, guest, { role: 'adult' }), /^404/)
    const foreign = await somebody('foreign')
    const never = await owner.ask('PATCH', at(`/members/${newId()}`), { name: 'x' })
    assert.equal((await owner.ask('PATCH', member(foreign), { name: 'x' })).text, never.text)
    assertOk(await owner.ask('PATCH', member(guest), { role: 'admin' }))
    assertOk(await owner.ask('PATCH', member(guest), { role: 'guest' }))
    assertOk(await admin.ask('PATCH', member(admin), { role: 'adult' }))
    assert.match(await refused(admin.ask, admin, { role: 'admin' }), /^403/)
    for (const each of Object.values(people))
      assert.equal((await owner.ask('DELETE', member(each))).status, 204)
  })

  test('on a household’s server only who claimed it and who keeps a home makes another, which reaches its devices', async () => {
    clause('pp.5.1')
    const { owner, somebody } = family
    const wish = { name: 'Mine', zone: 'Europe/Oslo' }
    const mayCreate = async (who: Someone) => (await who.ask('GET', '/api/me')).json.mayCreateHome as boolean
    for (const role of ['adult', 'child', 'guest', undefined] as const) {
      const each = await somebody(`maker-${role}`, role)
      assert.equal(told(await each.ask('POST', '/api/homes', wish)), '403 auth.forbidden', role)
      assert.equal(await mayCreate(each), false, role)
      if (role !== undefined) assert.equal((await owner.ask('DELETE', member(each))).status, 204)
    }
    const admin = await somebody('maker-admin', 'admin')
    for (const each of [owner, admin]) {
      assert.equal(await mayCreate(each), true)
      const made = await each.ask('POST', '/api/homes', wish)
      assertOk(made, 201)
      assert.equal((await each.ask('DELETE', `/api/homes/${made.json.id}`)).status, 204)
    }
    assert.equal((await owner.ask('DELETE', member(admin))).status, 204)
  })

  test('the last owner neither leaves nor steps down; with a second one both are theirs to do', async () => {
    clause('pp.4.1')
    const { owner, somebody, roleOf } = family
    assert.equal(told(await owner.ask('POST', at('/leave'))), '409 member.last-owner')
    for (const role of ['admin', 'adult', 'guest'])
      assert.equal(told(await owner.ask('PATCH', member(owner), { role })), '409 member.last-owner')
    const heir = await somebody('heir', 'owner')
    const answers = await Promise.all([
      owner.ask('PATCH', member(owner), { role: 'admin' }),
      heir.ask('POST', at('/leave')),
    ])
    assert.deepEqual(statuses(answers), [200, 409], 'one owner is left')
    if (roleOf(heir) !== undefined) {
      assertOk(await heir.ask('POST', at('/transfer'), { to: owner.subject }), 201)
      assertOk(await owner.ask('POST', at('/transfer/accept')))
      assert.equal((await heir.ask('POST', at('/leave'))).status, 204)
    }
    assert.deepEqual([roleOf(owner), roleOf(heir)], ['owner', undefined])
  })

  test('limits are refused that name what is not in this home, that keepers cannot have, or that make no sense', async () => {
    const { owner, somebody, house } = family
    const ben = await somebody('ben', 'guest')
    const other = await house.createHome(owner.subject, { name: 'Other', zone: 'Europe/Oslo' })
    const room = assertOk(await owner.ask('POST', `/api/homes/${other}/rooms`, { name: 'Theirs' }), 201).id
    const rule = (on: unknown) => ({ effect: 'allow', on, acts: ['see'] })
    const limits = (...on: unknown[]) => ({ limits: { reach: 'listed', rules: on.map(rule), hours: [] } })
    const rows: (readonly [unknown, string])[] = [
      [limits({ home: true }, { room }), 'limits.rules.1.on.room not-found'],
      [limits({ device: newId() }), 'limits.rules.0.on.device not-found'],
      [{ guardian: owner.subject }, 'guardian not-for-role'],
      [{ role: 'child' }, 'guardian required'],
      [{ role: 'child', guardian: ben.subject }, 'guardian not-an-adult'],
      [{ endsAt: '2020-01-01T00:00:00.000Z' }, 'endsAt in-the-past'],
      [{ role: 'admin', ...limits({ home: true }) }, 'limits not-for-role'],
    ]
    for (const [body, fault] of rows)
      assert.equal(told(await owner.ask('PATCH', member(ben), body)), `422 input.invalid ${fault}`)
    await owner.ask('DELETE', member(ben))
  })

  test('a child is changed by its adult, by owner and admin, and by nobody else; it leaves by nobody’s hand but theirs', async () => {
    clause('pp.6')
    const { owner, somebody, letters } = family
    const parent = await somebody('parent', 'adult')
    const other = await somebody('other', 'adult')
    const kid = await somebody('kid', 'child', { guardian: parent.subject })
    const guest = await somebody('guest', 'guest')
    const limits = { reach: 'all', rules: [], hours: [{ days: [6, 7], from: '08:00', to: '20:00' }] }
    assertOk(await parent.ask('PATCH', member(kid), { limits }))
    assert.deepEqual((await seenBy(parent, kid)).limits, limits)
    assert.equal((await seenBy(other, kid)).limits, undefined)
    for (const body of [{ role: 'adult' }, { guardian: other.subject }])
      assert.equal(told(await parent.ask('PATCH', member(kid), body)), '403 auth.forbidden')
    assert.equal(told(await parent.ask('PATCH', member(guest), { limits })), '403 auth.forbidden')
    for (const someone of [other, kid, guest])
      assert.equal(told(await someone.ask('PATCH', member(kid), { limits: null })), '403 auth.forbidden')
    assertOk(await owner.ask('PATCH', member(kid), { limits: null }))
    assert.equal(told(await kid.ask('POST', at('/leave'))), '403 member.child')
    assert.equal((await parent.ask('POST', at('/leave'))).status, 204)
    assert.equal((await seenBy(owner, kid)).state, 'no-guardian')
    assert.equal((await kid.ask('GET', at('/devices'))).status, 403)
    assert.ok((await letters()).some((each) => each.includes('no adult there now')))
    assertOk(await owner.ask('PATCH', member(kid), { guardian: other.subject }))
    assert.equal((await kid.ask('GET', at('/devices'))).status, 200)
    for (const each of [kid, other, guest]) await owner.ask('DELETE', member(each))
  })

  test('locking everybody out is an owner’s alone, takes panels and offers too, and leaves the other owner', async () => {
    const { somebody, roleOf, house } = family
    const { owner } = family
    const co = await somebody('co', 'owner')
    const admin = await somebody('admin', 'admin')
    const panel = await somebody('panel', 'kiosk')
    for (const someone of [admin, panel])
      assert.equal((await someone.ask('POST', at('/lock-out'), { credentials: true })).status, 403)
    assertOk(await owner.ask('POST', at('/invitations'), { role: 'guest' }), 201)
    assertOk(await co.ask('POST', at('/transfer'), { to: admin.subject }), 201)
    const theirs = assertOk(await admin.ask('POST', at('/mqtt/credentials'), { name: 'Theirs' }), 201)
    const mine = assertOk(await owner.ask('POST', at('/mqtt/credentials'), { name: 'Mine' }), 201)
    assert.deepEqual([theirs.madeBy, mine.madeBy], [admin.subject, owner.subject])
    const out = assertOk(await owner.ask('POST', at('/lock-out'), { credentials: false }))
    assert.deepEqual(out, { members: 2, invitations: 1, credentials: 1 })
    assert.deepEqual([roleOf(co), roleOf(admin), roleOf(panel)], ['owner', undefined, undefined])
    assert.equal((await owner.ask('GET', at('/transfer'))).status, 404)
    const left = assertOk(await owner.ask('GET', at('/mqtt/credentials'))) as { id: string }[]
    assert.deepEqual(
      left.map(({ id }) => id),
      [mine.id],
    )
    assert.equal(house.credentials.list(family.home).length, 1)
    assert.equal((await co.ask('POST', at('/leave'))).status, 204)
  })

  test('access data that a removed member made ends with them unless it is kept', async () => {
    const { owner, somebody } = family
    for (const keep of [false, true]) {
      const admin = await somebody('admin', 'admin')
      const { id } = assertOk(await admin.ask('POST', at('/mqtt/credentials'), { name: 'Plug' }), 201)
      await owner.ask('DELETE', `${member(admin)}${keep ? '?credentials=keep' : ''}`)
      const left = assertOk(await owner.ask('GET', at('/mqtt/credentials'))) as { id: string }[]
      assert.equal(
        left.some((each) => each.id === id),
        keep,
      )
    }
  })

  test('at the end date what somebody made ends with them', async () => {
    const { owner, somebody, clock, roleOf } = family
    const ben = await somebody('ben', 'admin')
    const { id } = assertOk(await ben.ask('POST', at('/mqtt/credentials'), { name: 'Plug' }), 201)
    const { code } = assertOk(await ben.ask('POST', at('/invitations'), { role: 'guest' }), 201)
    const endsAt = new Date(clock.now() + 60).toISOString()
    assertOk(await owner.ask('PATCH', member(ben), { role: 'guest', endsAt }))
    clock.advance(60)
    assert.equal((await ben.ask('GET', at())).status, 404, 'at the very millisecond')
    await until(async () => {
      const left = assertOk(await owner.ask('GET', at('/mqtt/credentials'))) as { id: string }[]
      return left.every((each) => each.id !== id)
    }, 'the end of what they made')
    assert.equal(roleOf(ben), undefined)
    const look = await family.call({ method: 'POST', path: '/api/invitations/look', body: { code } })
    assert.equal(look.status, 404)
  })

  test('hostile names are kept to the letter or refused by field, wherever somebody gives one', async () => {
    const { owner, somebody } = family
    const ben = await somebody('ben', 'guest')
    const script = '<img src=x onerror=alert(1)>'
    assert.equal(assertOk(await owner.ask('PATCH', member(ben), { name: script })).name, script)
    const places: readonly (readonly [string, string, object])[] = [
      ['PATCH', member(ben), {}],
      ['POST', at('/invitations'), { role: 'guest' }],
      ['PATCH', at(), {}],
      ['POST', '/api/homes', { zone: 'Europe/Berlin' }],
      ['POST', at('/rooms'), {}],
      ['POST', at('/floors'), {}],
      ['POST', at('/mqtt/credentials'), {}],
      ['POST', '/api/me/tokens', { homes: 'all', verbs: 'all', days: 1 }],
    ]
    const wrong = { 'a\u202eb': 'invalid-format', 'x\ud83dy': 'invalid-format', '\u200b': 'unreadable' }
    for (const [method, path, rest] of places) {
      for (const [name, code] of [...Object.entries(wrong), ['x'.repeat(81), 'too-big']] as const)
        assert.equal(
          told(await owner.ask(method, path, { ...rest, name })),
          `422 input.invalid name ${code}`,
          `${method} ${path}`,
        )
      const flood = await owner.ask(method, path, { ...rest, name: 'x'.repeat(10_000) })
      assert.match(told(flood), /^422 input.invalid name too-big/)
    }
    await owner.ask('DELETE', member(ben))
  })

  test('a room or device that goes takes its rules with it and opens nothing', async () => {
    clause('pp.5.1')
    const { owner, somebody, devices, house } = family
    const { lamp, lock } = await devices()
    const room = assertOk(await owner.ask('POST', at('/rooms'), { name: 'Study' }), 201).id as RoomId
    await owner.ask('PATCH', at(`/devices/${lamp}`), { room })
    const kid = await somebody('kid', 'child', { guardian: owner.subject })
    const cleaner = await somebody('cleaner', 'guest')
    const deny = { effect: 'deny', on: { room }, acts: ['see'] }
    assertOk(await owner.ask('PATCH', member(kid), { limits: { reach: 'all', rules: [deny], hours: [] } }))
    const allow = (on: unknown) => ({ effect: 'allow', on, acts: ['see', 'control'] })
    const rules = [allow({ room }), allow({ device: lock })]
    assertOk(await owner.ask('PATCH', member(cleaner), { limits: { reach: 'listed', rules, hours: [] } }))
    const sees = async (someone: Someone) =>
      (assertOk(await someone.ask('GET', at('/devices'))) as { id: string }[]).map(({ id }) => id)
    assert.deepEqual([await sees(kid), (await sees(cleaner)).toSorted()], [[lock], [lamp, lock].toSorted()])
    assert.equal((await owner.ask('DELETE', at(`/rooms/${room}`))).status, 204)
    assert.deepEqual([await sees(kid), await sees(cleaner)], [[lock], [lock]])
    assert.deepEqual((await seenBy(owner, kid)).limits?.rules, [
      { effect: 'deny', on: { device: lamp }, acts: ['see'] },
    ])
    assert.equal((await owner.ask('DELETE', at(`/devices/${lock}`))).status, 204)
    const stored = await until(() => {
      const { limits } = house.homes.relations.get(family.home, cleaner.subject)!
      return limits?.rules.length === 0 && limits
    }, 'the rules that went with the device')
    assert.deepEqual(stored, { reach: 'listed', rules: [], hours: [] })
    assert.deepEqual(await sees(cleaner), [])
    assert.equal(house.homes.device(family.home, lamp as DeviceId).room, null)
    for (const each of [kid, cleaner]) await owner.ask('DELETE', member(each))
  })
})
