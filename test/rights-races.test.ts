// Catches an erasure that goes on though it was taken back, or that ends or leaves a home by who was in it when it began.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { createEngine } from '../server/src/rights/engine.ts'
import { ask } from '../server/src/rights/testing.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { assertOk, openFamily, told } from './family-house.ts'

const hourMs = 3_600_000

test('what was taken back while another request was being carried out is not carried out', async () => {
  clause('pp.4.2.1')
  clause('pp.4.2.2')
  clause('pp.4.2.3')
  const house = await openFamily()
  try {
    const { owner, clock } = house
    const { stores, people, privacy, homes } = house.house
    const copied = await house.somebody('copied')
    const erasure = assertOk(await owner.ask('POST', '/api/me/requests', { kind: 'erasure' }), 201)
    await copied.ask('POST', '/api/me/requests', { kind: 'access' })
    clock.advance(72 * hourMs)
    await owner.ask('GET', '/api/me')
    let takenBack: string | undefined
    const engine = createEngine({
      stores,
      people,
      privacy,
      clock,
      log: quietLog,
      homesSeen: () => [],
      answeredIn: async () => undefined,
      // In the midst of the copy, which comes first.
      recipients: async () => {
        takenBack = assertOk(await owner.ask('DELETE', `/api/me/requests/${erasure.id}`)).state
        return []
      },
      erasure: {
        stores,
        homes,
        people,
        clock,
        log: quietLog,
        members: { isLastAdult: () => false, depart: async () => undefined },
        hold: (_subject, work) => work(),
        notices: {
          named: async () => [],
          hasEndpoint: () => false,
          tellErased: () => assert.fail('nobody is told'),
        },
        linkTo: () => '',
        onStep: () => assert.fail('the erasure began'),
      },
    })
    await engine.run()
    assert.equal(takenBack, 'withdrawn')
    assert.equal((await owner.ask('GET', '/api/me')).status, 200)
    assert.deepEqual(await ask(stores, { store: 'facts' }, 'SELECT 1 FROM erasure'), [])
    assert.equal(
      assertOk(await owner.ask('GET', `/api/me/requests/${erasure.id}`)).state,
      'withdrawn',
      'and it stays so',
    )
  } finally {
    await house.end()
  }
})

for (const [what, before, since] of [
  ['an adult who came since keeps the home', [], ['ben']],
  ['with the only other adult gone since, the home goes', ['ben'], []],
] as const)
  test(`an erasure that broke off looks again at who is there: ${what}`, async () => {
    clause('pp.4.4.a')
    let kills = 1
    const onErasureStep = (step: string) => {
      if (step === 'homes' && kills-- > 0) throw new Error('killed')
    }
    const house = await openFamily('sqlite', undefined, { onErasureStep })
    try {
      const { owner, home } = house
      const there = before.length > 0 ? await house.somebody('ben', 'adult') : undefined
      await owner.ask('POST', '/api/me/requests', { kind: 'erasure' })
      house.clock.advance(72 * hourMs)
      await assert.rejects(house.house.rights.run())
      if (there !== undefined)
        assert.ok((await there.ask('POST', `/api/homes/${home}/leave`)).status < 300, 'ben leaves')
      const come = since.length > 0 ? await house.somebody('ben', 'adult') : undefined
      await house.reopen()
      await house.house.rights.run()
      const [row] = await ask(house.house.stores, { store: 'facts' }, 'SELECT finished_at FROM erasure')
      assert.ok(row!.finished_at)
      assert.equal(house.house.homes.find(home) !== undefined, come !== undefined)
      assert.equal(await house.house.stores.vault.hasKey({ home }), come !== undefined)
      if (come !== undefined) assert.equal(house.roleOf(come), 'owner')
    } finally {
      await house.end()
    }
  })

test('an old sign-in lifts no restriction and no refusal; an erasure it may stop', async () => {
  clause('pp.4.3')
  const house = await openFamily()
  try {
    const { owner, clock, call } = house
    const { cookie } = await house.signIn(owner.subject)
    const asked = []
    for (const body of [
      { kind: 'restriction' },
      { kind: 'objection', purpose: 'security' },
      { kind: 'erasure' },
    ])
      asked.push(assertOk(await owner.ask('POST', '/api/me/requests', body), 201))
    clock.advance(6 * 60_000)
    const end = async ({ id }: { id: string }) =>
      told(await call({ method: 'DELETE', path: `/api/me/requests/${id}`, cookie }))
    assert.equal(await end(asked[0]), '403 auth.step-up-required')
    assert.equal(await end(asked[1]), '403 auth.step-up-required')
    assert.equal(await end(asked[2]), '200')
    assert.equal(assertOk(await owner.ask('DELETE', `/api/me/requests/${asked[0].id}`)).state, 'closed')
  } finally {
    await house.end()
  }
})
