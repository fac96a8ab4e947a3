// Catches what somebody made as a keeper and still comes in by after they are one no more: wall panels, pairing codes, access data, PINs, invitations.
import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { newId, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { hasPin } from '../server/src/homes/pin-store.ts'
import { describeOnBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, statuses, told, type FamilyHouse, type Someone } from './family-house.ts'

describeOnBothDialects('what keepers made', (dialect) => {
  let family: FamilyHouse
  before(async () => {
    family = await openFamily(dialect)
  })
  after(() => family?.end())
  afterEach(() => clear())
  const at = (path = '') => `/api/homes/${family.home}${path}`
  const member = (someone: Someone, query = '') => at(`/members/${someone.subject}${query}`)
  const pair = (code: string) => family.call({ method: 'POST', path: '/api/panels/pair', body: { code } })
  const hang = async (someone: Someone) =>
    assertOk(await someone.ask('POST', at('/panels'), { name: 'Hall' }), 201) as {
      id: string
      pairing: { code: string }
    }
  const tabletBy = async (code: string) => {
    const answer = await pair(code)
    assertOk(answer, 201)
    const cookie = /=([^;]*)/.exec(answer.headers.find(([name]) => name === 'set-cookie')![1])![1]!
    return async () => (await family.call({ method: 'GET', path: '/api/panel', cookie })).status
  }
  const credentialOf = async (someone: Someone) =>
    assertOk(await someone.ask('POST', at('/mqtt/credentials'), { name: 'Plug' }), 201).id as string
  const hasCredential = async (id: string) =>
    (assertOk(await family.owner.ask('GET', at('/mqtt/credentials'))) as { id: string }[]).some(
      (each) => each.id === id,
    )
  /** Also waits until pairing is not slowed down by the tries before. */
  const clear = async () => {
    family.clock.advance(3_600_000)
    const panels = assertOk(await family.owner.ask('GET', at('/panels'))) as { id: string }[]
    for (const { id } of panels) await family.owner.ask('DELETE', at(`/panels/${id}`))
  }

  const ways: Readonly<Record<string, (admin: Someone, query: string) => Promise<unknown>>> = {
    removed: (admin, query) => family.owner.ask('DELETE', member(admin, query)),
    demoted: (admin, query) => family.owner.ask('PATCH', member(admin, query), { role: 'adult' }),
  }
  for (const [way, end] of Object.entries(ways))
    test(`of a keeper who is ${way} no tablet, pairing code or access data is left, unless others keep it`, async () => {
      clause('pp.4.1')
      clause('pp.5.1')
      const { owner, somebody } = family
      for (const keep of [false, true]) {
        const admin = await somebody('admin', 'admin')
        const theirs = await tabletBy((await hang(admin)).pairing.code)
        const shared = await hang(owner)
        const swapped = await tabletBy(
          assertOk(await admin.ask('POST', at(`/panels/${shared.id}/code`)), 201).code,
        )
        const own = await hang(owner)
        const mine = await tabletBy(own.pairing.code)
        const open = assertOk(await admin.ask('POST', at(`/panels/${own.id}/code`)), 201).code as string
        const unused = (await hang(admin)).pairing.code
        const credential = await credentialOf(admin)
        await end(admin, keep ? '?credentials=keep&panels=keep' : '')
        const left = keep ? 200 : 401
        assert.deepEqual([await theirs(), await swapped(), await mine()], [left, left, 200])
        assert.equal(await hasCredential(credential), keep)
        for (const code of [open, unused])
          assert.equal((await pair(code)).status, 401, 'a code is never kept')
        if (way === 'demoted') {
          assertOk(await owner.ask('PATCH', member(admin), { role: 'admin' }))
          for (const code of [open, unused]) assert.equal((await pair(code)).status, 401, 'nor revived')
        }
        await owner.ask('DELETE', member(admin))
      }
    })

  test('whoever steps down keeps nothing for themselves', async () => {
    const { owner, somebody } = family
    const admin = await somebody('admin', 'admin')
    const tablet = await tabletBy((await hang(admin)).pairing.code)
    const credential = await credentialOf(admin)
    assertOk(await admin.ask('PATCH', member(admin, '?credentials=keep&panels=keep'), { role: 'adult' }))
    assert.deepEqual([await tablet(), await hasCredential(credential)], [401, false])
    await owner.ask('DELETE', member(admin))
  })

  test('who is let go while they arrange a panel or access data has arranged nothing', async () => {
    clause('pp.5.1')
    const { owner, somebody, house, home } = family
    const admin = await somebody('admin', 'admin')
    const { id } = await hang(owner)
    const doomed = await hang(owner)
    let open = () => undefined as void
    const gate = house.homes.turns.take(home, () => new Promise<void>((resolve) => (open = resolve)))
    const asked = [
      await queued(owner.ask('PATCH', member(admin), { role: 'adult' })),
      await queued(admin.ask('POST', at('/panels'), { name: 'Late' })),
      await queued(admin.ask('PATCH', at(`/panels/${id}`), { name: 'Late' })),
      await queued(admin.ask('POST', at(`/panels/${id}/code`))),
      await queued(admin.ask('PUT', at(`/panels/${id}/pin`), { pin: '2468' })),
      await queued(owner.ask('DELETE', at(`/panels/${doomed.id}`))),
      await queued(owner.ask('PATCH', at(`/panels/${doomed.id}`), { name: 'Ghost' })),
    ]
    open()
    await gate
    const answers = await Promise.all(asked.map(({ answer }) => answer))
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 403, 403, 403, 403, 204, 404],
    )
    const panels = assertOk(await owner.ask('GET', at('/panels'))) as { name: string; hasPin: boolean }[]
    assert.deepEqual(
      panels.map(({ name, hasPin }) => [name, hasPin]),
      [['Hall', false]],
    )
    assert.equal(house.homes.relations.get(home, doomed.id as SubjectId), undefined)
    await assert.rejects(house.credentials.add(home, admin.subject, 'Late'), { code: 'auth.forbidden' })
    await owner.ask('DELETE', member(admin))
  })

  test('of many panels added at once a home takes twenty, and of each what it reaches is judged like anybody’s', async () => {
    const { owner } = family
    const all = await Promise.all(
      Array.from({ length: 23 }, () => owner.ask('POST', at('/panels'), { name: 'Hall' })),
    )
    assert.deepEqual(statuses(all), [...Array.from({ length: 20 }, () => 201), 409, 409, 409])
    await clear()
    const limits = (on: unknown) => ({
      reach: 'listed',
      rules: [{ effect: 'allow', on, acts: ['see'] }],
      hours: [],
    })
    const { id } = await hang(owner)
    for (const [path, on] of [
      ['room', { room: newId() }],
      ['device', { device: newId() }],
    ] as const) {
      const fault = `422 input.invalid limits.rules.0.on.${path} not-found`
      const wish = { name: 'Hall', limits: limits(on) }
      assert.equal(told(await owner.ask('POST', at('/panels'), wish)), fault)
      assert.equal(told(await owner.ask('PATCH', at(`/panels/${id}`), wish)), fault)
    }
    const none = { limits: { reach: 'all', rules: [], hours: [] } }
    assert.equal(assertOk(await owner.ask('PATCH', at(`/panels/${id}`), none)).limits, undefined)
  })

  test('a panel takes no person’s role', async () => {
    clause('pp.4.1')
    const { owner, house, home } = family
    const { id } = await hang(owner)
    for (const role of ['admin', 'adult', 'guest'])
      assert.equal(told(await owner.ask('PATCH', at(`/members/${id}`), { role })), '403 auth.forbidden')
    assert.equal(house.homes.relations.get(home, id as SubjectId)?.role, 'kiosk')
  })

  test('a PIN goes with its member, and is taken away by whoever could remove them', async () => {
    clause('pp.5.1')
    const { owner, somebody, house, home } = family
    const pinned = async (name: string, role: 'adult' | 'admin' | 'guest') => {
      const someone = await somebody(name, role)
      assert.equal((await someone.ask('PUT', at('/members/me/pin'), { pin: '4711' })).status, 204)
      return someone
    }
    const has = (someone: Someone) => hasPin(house.stores.facts, home, someone.subject)
    const [left, removed, locked] = [
      await pinned('left', 'adult'),
      await pinned('removed', 'guest'),
      await pinned('locked', 'admin'),
    ]
    assert.equal((await owner.ask('PUT', at('/members/me/pin'), { pin: '4711' })).status, 204)
    for (const whom of [owner, await pinned('peer', 'admin')]) {
      assert.equal(told(await locked.ask('DELETE', member(whom, '/pin'))), '403 auth.forbidden')
      assert.equal(await has(whom), true)
    }
    assert.equal((await owner.ask('DELETE', member(owner, '/pin'))).status, 204)
    assert.equal((await left.ask('POST', at('/leave'))).status, 204)
    assert.equal((await owner.ask('DELETE', member(removed))).status, 204)
    assertOk(await owner.ask('POST', at('/lock-out'), { credentials: false }))
    for (const someone of [left, removed, locked, owner]) assert.equal(await has(someone), false)
  })

  test('a beginning that has come narrows nobody: they rename themselves, and go up without it', async () => {
    const { owner, somebody, clock } = family
    const adult = await somebody('adult', 'adult', { startsAt: clock.now() + 60_000 })
    assert.equal(told(await adult.ask('PATCH', member(adult), { name: 'Me' })), '403 auth.forbidden')
    clock.advance(60_000)
    assert.equal(assertOk(await adult.ask('PATCH', member(adult), { name: 'Me' })).name, 'Me')
    assertOk(await owner.ask('POST', at('/transfer'), { to: adult.subject, keep: true }), 201)
    assertOk(await adult.ask('POST', at('/transfer/accept')))
    assertOk(await adult.ask('PATCH', member(adult), { name: 'Owner' }))
    assert.equal((await adult.ask('POST', at('/leave'))).status, 204)
    const other = await somebody('other', 'adult', { startsAt: clock.now() })
    const admin = assertOk(await owner.ask('PATCH', member(other), { role: 'admin' }))
    assert.deepEqual([admin.role, admin.startsAt], ['admin', undefined])
    await owner.ask('DELETE', member(other))
  })

  test('whoever hands a home over gives out no admin’s place any more, also once they own it again', async () => {
    const { owner, somebody } = family
    const heir = await somebody('heir', 'admin')
    const invite = async (role: string) =>
      assertOk(await owner.ask('POST', at('/invitations'), { role }), 201).code as string
    const [admin, guest] = [await invite('admin'), await invite('guest')]
    const look = async (code: string) =>
      (await family.call({ method: 'POST', path: '/api/invitations/look', body: { code } })).status
    const handOver = async (from: Someone, to: Someone) => {
      assertOk(await from.ask('POST', at('/transfer'), { to: to.subject }), 201)
      assertOk(await to.ask('POST', at('/transfer/accept')))
    }
    await handOver(owner, heir)
    await handOver(heir, owner)
    assert.deepEqual([await look(admin), await look(guest)], [404, 200])
    assertOk(await owner.ask('POST', at('/transfer'), { to: heir.subject }), 201)
    const endsAt = new Date(family.clock.now() + 3_600_000).toISOString()
    assertOk(await owner.ask('PATCH', member(heir), { role: 'adult', endsAt }))
    assert.equal(told(await heir.ask('POST', at('/transfer/accept'))), '409 input.conflict')
    await owner.ask('DELETE', member(heir))
  })

  test('of many ways into a home taken at once somebody takes as many as a person has homes', async () => {
    const { owner, somebody, house, home } = family
    const ben = await somebody('ben')
    for (let i = 0; i < 19; i++) await house.createHome(ben.subject, { name: `${i}`, zone: 'UTC' })
    const other = await house.createHome(owner.subject, { name: 'Other', zone: 'UTC' })
    const codes = await Promise.all(
      [home, other].map(
        async (each) =>
          assertOk(await owner.ask('POST', `/api/homes/${each}/invitations`, { role: 'guest' }), 201).code,
      ),
    )
    const answers = await Promise.all(
      codes.map((code) => ben.ask('POST', '/api/invitations/accept', { code })),
    )
    assert.equal(answers.filter(({ status }) => status === 409).length, 1)
    assert.equal(house.homes.rolesOf(ben.subject).size, 20)
  })
})

/** Lets a request come as far as where it waits. */
async function queued<T>(answer: Promise<T>): Promise<{ readonly answer: Promise<T> }> {
  await new Promise((resolve) => setTimeout(resolve, 50))
  return { answer }
}
