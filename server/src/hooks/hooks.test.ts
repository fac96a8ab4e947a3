// Catches an address that tells whether it is one, that goes on after it was ended, or that carries more than plain values into the home.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HookId } from '@eaves/model'
import { HomeSignals, type SignalHeard } from '../automations/automations.ts'
import { openHouse } from '../devices/testing.ts'
import { hashOf, systemRandom } from '../people/people.ts'
import { testClock } from '../store/testing.ts'
import { Hooks } from './hooks.ts'

const here = '192.0.2.0'
async function withHooks(
  act: (setting: {
    readonly hooks: Hooks
    readonly house: Awaited<ReturnType<typeof openHouse>>
    readonly heard: SignalHeard[]
    readonly watch: (id: string) => void
    readonly again: () => Promise<Hooks>
  }) => Promise<void>,
): Promise<void> {
  const house = await openHouse(testClock())
  const signals = new HomeSignals()
  const heard: SignalHeard[] = []
  const opened = async (): Promise<Hooks> => {
    const hooks = new Hooks({
      facts: house.stores.stores.facts,
      homes: house.homes,
      signals,
      counters: house.stores.stores.vault.counters,
      random: systemRandom,
      now: house.clock.now,
      timers: house.timers,
    })
    await hooks.start()
    return hooks
  }
  try {
    await act({
      hooks: await opened(),
      house,
      heard,
      watch: (id) => void signals.of(house.home).on(`webhook/${id}`, (each) => heard.push(each)),
      again: opened,
    })
  } finally {
    await house.end()
  }
}
const secretOf = (path: string): string => path.split('/').at(-1)!

test('what is called is heard after the answer, with plain values and nothing else, and found again after a start', async () => {
  await withHooks(async ({ hooks, house, heard, watch, again }) => {
    const { home, subject } = house
    const made = await hooks.make(home, subject, 'Doorbell')
    watch(made.id)
    const rows = await house.stores.stores.facts
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .selectFrom('automation_hook')
      .selectAll()
      .execute()
    const secret = secretOf(made.path)
    assert.deepEqual([rows[0]!.secret_hash, JSON.stringify(rows).includes(secret)], [hashOf(secret), false])
    assert.equal(JSON.stringify(rows).includes('Doorbell'), false)
    assert.deepEqual(
      hooks.list(home).map(({ name }) => name),
      ['Doorbell'],
    )
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, i]))
    await (
      await again()
    ).call(
      secret,
      {
        who: 'post',
        ring: true,
        deep: { a: 1 },
        list: [1],
        none: null,
        long: 'x'.repeat(257),
        'a-b': 1,
        ...many,
      },
      here,
    )
    assert.equal(heard.length, 0, 'whoever calls does not wait for it')
    house.advance(0)
    const [{ body }] = heard as [SignalHeard]
    assert.deepEqual([body?.get('who'), body?.get('ring'), body?.size], ['post', true, 32])
    for (const key of ['deep', 'list', 'none', 'long', 'a-b']) assert.equal(body?.has(key), false, key)
  })
})

test('one that is not there is answered alike, and one that was ended is not heard any more, however early it was called', async () => {
  await withHooks(async ({ hooks, house, heard, watch }) => {
    const { home, subject } = house
    const made = await hooks.make(home, subject, 'Gate')
    watch(made.id)
    assert.equal(await hooks.call('a'.repeat(32), {}, here), undefined)
    assert.equal(await hooks.call(secretOf(made.path), {}, here), undefined)
    await hooks.end(home, subject, made.id as HookId)
    house.advance(0)
    await hooks.call(secretOf(made.path), {}, here)
    house.advance(0)
    assert.deepEqual([heard, hooks.list(home), hooks.has(home, made.id)], [[], [], false])
    await assert.rejects(hooks.end(home, subject, made.id as HookId), { code: 'auth.not-found' })
  })
})

test('no more than sixty a minute come through, and who calls without end is told to wait', async () => {
  await withHooks(async ({ hooks, house, heard, watch }) => {
    const made = await hooks.make(house.home, house.subject, 'Meter')
    watch(made.id)
    const secret = secretOf(made.path)
    for (let i = 0; i < 70; i++) await hooks.call(secret, undefined, here)
    house.advance(0)
    assert.equal(heard.length, 60)
    for (let i = 0; i < 50; i++) await hooks.call(`other${i}`, undefined, here)
    await assert.rejects(hooks.call(secret, undefined, here), { code: 'auth.too-many' })
    await hooks.call(secret, undefined, '198.51.100.0')
    house.advance(60_000)
    await hooks.call(secret, undefined, '198.51.100.0')
    house.advance(0)
    assert.equal(heard.length, 61)
    for (let i = 0; i < 70; i++) await hooks.call(secret, undefined, '203.0.113.0')
    house.clock.advance(-3 * 3_600_000)
    await hooks.call(secret, undefined, '203.0.113.0')
    house.advance(3 * 3_600_000)
    assert.equal(heard.length, 121, 'a clock that was set back holds nothing up')
  })
})
