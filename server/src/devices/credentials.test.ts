// Catches access data whose reach is wider than was chosen, changes unseen, or is forgotten by a restart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { testClock } from '../store/testing.ts'
import { brokerScope, chooseScope } from './scopes.ts'
import { openHouse, type House } from './testing.ts'

async function withHouse(run: (house: House) => Promise<House | void>): Promise<void> {
  let house = await openHouse(testClock())
  try {
    house = (await run(house)) ?? house
  } finally {
    await house.end()
  }
}
const pushed = (house: House) => house.driver.of('credentials').at(-1)!.list
const byId = (list: ReturnType<typeof pushed>) => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))

test('what was chosen reaches the broker as filters, before and after a restart', () =>
  withHouse(async (house) => {
    clause('pp.5.1')
    const { home, subject, credentials } = house
    await credentials.add(home, subject, 'Plug', { kind: 'device', topic: 'plug' })
    await credentials.add(home, subject, 'Zigbee', { kind: 'bridge', base: 'zigbee2mqtt' })
    await credentials.add(home, subject, 'Tool', { kind: 'everything' })
    const plain = await credentials.add(home, subject, 'Plain')
    const scopes = pushed(house).map((each) => each.scope)
    assert.deepEqual(scopes[0], brokerScope({ kind: 'device', topic: 'plug' }, 'homeassistant'))
    assert.deepEqual(scopes[1]!.publish, ['zigbee2mqtt/#'])
    assert.deepEqual(scopes[2]!.subscribe, ['#'])
    assert.ok(scopes[3]!.publish.includes(`${plain.username}/#`))
    const before = byId(pushed(house))
    const again = await house.restart()
    assert.deepEqual(byId(pushed(again)), before)
    return again
  }))

test('access data from before scopes keep the whole home', () =>
  withHouse(async (house) => {
    const { home, subject, credentials, stores } = house
    await credentials.add(home, subject, 'Old', { kind: 'device', topic: 'old' })
    await stores.stores.facts
      .as({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' })
      .updateTable('credential')
      .set({ scope: null })
      .execute()
    const again = await house.restart()
    assert.deepEqual(again.credentials.list(home)[0]!.scope, { kind: 'everything' })
    assert.deepEqual(pushed(again)[0]!.scope.publish, ['#'])
    return again
  }))

test('a device’s scope holds what firmware of the usual makes says, and nothing that many share', () => {
  const { publish, subscribe, announce } = brokerScope({ kind: 'device', topic: 'hall' }, 'homeassistant')
  for (const filter of [
    'hall/#',
    'stat/hall/#',
    'tele/hall/#',
    'cmnd/hall/#',
    'shellies/hall/#',
    'home/hall/#',
  ])
    assert.ok(publish.includes(filter) && subscribe.includes(filter), filter)
  assert.ok(subscribe.includes('homeassistant/status'))
  const isWide = (filter: string) => ['#', '+'].includes(filter.split('/')[0]!) || /^[^/]+\/[#+]/.test(filter)
  assert.deepEqual(
    [...publish, ...subscribe].filter((filter) => isWide(filter) && !filter.startsWith('hall/')),
    [],
  )
  assert.ok(announce.every((filter) => filter.startsWith('homeassistant/') && filter.endsWith('/config')))
})

test('two scopes never meet, whichever way one lies inside the other', () => {
  const others = [
    { kind: 'device', topic: 'a/b' },
    { kind: 'bridge', base: 'z' },
    { kind: 'everything' },
  ] as const
  const choose = (topic: string) => chooseScope({ kind: 'device', topic }, 'u', others, 'found/here')
  for (const topic of ['a', 'a/b', 'a/b/c', 'z/x', 'z', 'tele/a/b', 'home/a', 'stat/z'])
    assert.throws(() => choose(topic), { code: 'input.invalid' }, topic)
  for (const topic of ['found', 'found/here/x', 'esphome', 'esphome/discover', 'esphome/ping/x'])
    assert.throws(() => choose(topic), { code: 'input.invalid' }, topic)
  for (const topic of ['a/bc', 'ab', 'A/b', 'zz', 'found/there', 'esphome/porch', 'tele/x'])
    assert.ok(choose(topic), topic)
  for (const base of ['tele/a', 'found/here', 'z'])
    assert.throws(() => chooseScope({ kind: 'bridge', base }, 'u', others, 'found/here'), {
      code: 'input.invalid',
    })
})
