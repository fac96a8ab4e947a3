// Catches a recipient that goes on knowing somebody who was erased because nobody told it, or is told more than it needs; and a report that leaves after its person has stopped it.
// The manufacturer is an HTTP server on loopback.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { erasureView, type ErasureView } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { checkSigned, createEgress, createSigner, type Egress } from '../server/src/privacy/privacy.ts'
import { pairwise } from '../server/src/privacy/deliver.ts'
import { ask } from '../server/src/rights/testing.ts'
import { caller, send, withWorld, type World } from './recipient-house.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const lastErasure = async ({ inside }: World): Promise<ErasureView> => {
  const [row] = await ask(inside.house.stores, { store: 'facts' }, 'SELECT id FROM erasure')
  return erasureView.parse(
    (await inside.call({ method: 'GET', path: `/api/erasures/${String(row!.id)}` })).json,
  )
}
/** How each recipient stands: in the view, and in the certificate, if this server signed it. */
const told = async (world: World) => {
  const { recipients, certificate } = await lastErasure(world)
  const keys = await createSigner(world.inside.house.stores.vault).keys()
  const checked = checkSigned('eaves-erasure', certificate ?? '', keys)
  const signed = 'payload' in checked ? (checked.payload as { recipients: object[] }).recipients : undefined
  assert.deepEqual(
    signed,
    recipients.map(({ name, state: result }) => ({ name, result })),
  )
  return recipients.map(({ name, state }) => [name, state])
}
async function shared(world: World) {
  const me = await caller(world, world.owner)
  assert.equal((await me.choose(true)).status, 200)
  await send(world)
  assert.equal(world.hook.caught.length, 1)
  return me
}
async function erase(world: World, me: Awaited<ReturnType<typeof caller>>) {
  assert.equal((await me.ask('POST', '/api/me/requests', { kind: 'erasure' })).status, 201)
  world.inside.clock.advance(72 * hourMs)
  await world.inside.house.rights.run()
}

test('whoever received something is told of an erasure by the number it has, until it answers; the certificate says what it said', async () => {
  clause('pp.4.4.a')
  clause('pp.3.1')
  await withWorld(async (world) => {
    const { inside, hook, owner } = world
    const person = await pairwise(inside.house.stores.vault, 'acme', owner)
    const me = await shared(world)
    assert.equal(hook.caught[0]!.body.report?.person, person)
    hook.answer = async () => ({ status: 503 })
    await erase(world, me)
    const [, first] = hook.caught
    const { id: erasure } = await lastErasure(world)
    assert.deepEqual(
      { ...first?.body, id: 0, at: 0 },
      {
        id: 0,
        kind: 'deletion',
        at: 0,
        purpose: 'sharing.manufacturer-quality',
        delete: { person, request: erasure, answerWithin: 'P30D' },
      },
    )
    assert.ok(first?.isSigned)
    assert.equal(first.text.includes(owner), false)
    assert.deepEqual(await told(world), [['Acme Lighting GmbH', 'waiting']])
    hook.answer = async () => ({ status: 202 })
    inside.clock.advance(dayMs)
    await inside.house.rights.run()
    assert.deepEqual(await told(world), [['Acme Lighting GmbH', 'asked']])
    await inside.house.rights.run()
    assert.equal(hook.caught.length, 3)
    hook.answer = async () => ({ status: 200, text: '{"deletion":"done"}' })
    inside.clock.advance(7 * dayMs)
    await inside.house.rights.run()
    assert.deepEqual(await told(world), [['Acme Lighting GmbH', 'done']])
    inside.clock.advance(30 * dayMs)
    await inside.house.rights.run()
    assert.equal(hook.caught.length, 4)
    // One request however often it came, and nothing else about the erased ever left.
    const after = hook.caught.slice(1).map(({ body }) => body.delete as { request?: string } | undefined)
    assert.deepEqual([...new Set(after.map((each) => each?.request))], [erasure])
  })
})

test('an erasure that broke off before it could tell anybody does so after all; silence for thirty days is told as that', async () => {
  clause('pp.4.4.a')
  let step = ''
  await withWorld(
    async (world) => {
      const { inside, hook } = world
      const me = await shared(world)
      hook.answer = async () => ({ status: 204 })
      step = 'files'
      await erase(world, me).catch(() => undefined)
      assert.equal(hook.caught.length, 1)
      step = ''
      await inside.reopen()
      await inside.house.rights.run()
      assert.deepEqual(await told(world), [['Acme Lighting GmbH', 'asked']])
      const stores = () => inside.house.stores
      const [row] = await ask(stores(), { store: 'facts' }, 'SELECT progress FROM erasure')
      const progress = JSON.parse(String(row!.progress))
      assert.equal(progress.notices[0].sent.at(-1).outcome, 'sent')
      for (let week = 0; week < 6; week++) {
        inside.clock.advance(7 * dayMs)
        await inside.house.rights.run()
      }
      assert.deepEqual(await told(world), [['Acme Lighting GmbH', 'failed']])
      const count = hook.caught.length
      inside.clock.advance(30 * dayMs)
      await inside.house.rights.run()
      assert.equal(hook.caught.length, count)
    },
    {
      onErasureStep: (now) => {
        if (now === step) throw new Error('the lights went out')
      },
    },
  )
})

test('whoever got nothing to find the person by is not told, and who has no address any more is said to have none', async () => {
  clause('pp.4.4.a')
  await withWorld(async (world) => {
    const me = await caller(world, world.owner)
    await erase(world, me)
    assert.deepEqual([await told(world), world.hook.caught.length], [[], 0])
  })
  await withWorld(async (world) => {
    const me = await shared(world)
    world.register([])
    await world.inside.reopen()
    await erase(world, me)
    assert.deepEqual(
      [await told(world), world.hook.caught.length],
      [[['Acme Lighting GmbH', 'no-endpoint']], 1],
    )
  })
})

test('what a restriction or a refusal stops has arrived before the answer, or never does', async () => {
  clause('pp.4.4.b')
  clause('pp.4.4.c')
  for (const wish of [
    { kind: 'restriction' },
    { kind: 'objection', purpose: 'sharing.manufacturer-quality' },
  ]) {
    const real = createEgress()
    let setOut = () => {}
    const isOut = new Promise<void>((resolve) => (setOut = resolve))
    const slow: Egress = {
      post: async (post) => {
        setOut()
        await new Promise((resolve) => setTimeout(resolve, 200))
        return real.post(post)
      },
    }
    await withWorld(
      async (world) => {
        const me = await caller(world, world.owner)
        await me.choose(true)
        const sending = send(world)
        await isOut
        assert.equal((await me.ask('POST', '/api/me/requests', wish)).status, 201)
        const arrived = world.hook.caught.length
        await sending
        await send(world)
        assert.equal(world.hook.caught.length, arrived)
      },
      { egress: slow },
    )
  }
})
