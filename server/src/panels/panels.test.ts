// Catches a panel that is forgotten by a restart, one that comes back after its removal, and a code or sign-in that outlives its time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SubjectId } from '@eaves/model'
import { openHouse, type House } from '../devices/testing.ts'
import { systemRandom, type Revoked } from '../people/people.ts'
import { quietLog, testClock } from '../store/testing.ts'
import { Panels } from './panels.ts'
import { loadPanels } from './store.ts'

const dayMs = 86_400_000

async function opened(house: House) {
  const told: Revoked[] = []
  const { homes, pins, stores, clock } = house
  const panels = new Panels({
    facts: stores.stores.facts,
    homes,
    pins,
    counters: stores.stores.vault.counters,
    clock,
    timers: { after: () => ({ cancel: () => undefined }) },
    random: systemRandom,
    log: quietLog,
    agreementCurrent: async () => true,
    announce: (revoked) => told.push(revoked),
  })
  await panels.start()
  return { panels, told, rows: () => loadPanels(stores.stores.facts, house.home) }
}

test('panels, codes and PINs are still good after a restart, and end when their time is over', async () => {
  let house = await openHouse(testClock())
  try {
    const first = (await opened(house)).panels
    const { pairing } = await first.add(house.home, house.subject, { name: 'Hall', pin: '2468' })
    const other = await first.add(house.home, house.subject, { name: 'Kitchen' })
    house = await house.restart()
    const { panels } = await opened(house)
    const { secret, self } = await panels.pair(pairing.code, '192.0.2.0')
    assert.deepEqual([self.name, self.hasPin], ['Hall', true])
    house = await house.restart()
    const next = (await opened(house)).panels
    assert.equal(next.authenticate(secret)?.subject, self.id)
    assert.equal(next.authenticate(`${secret}x`), undefined)
    await assert.rejects(next.pair(pairing.code, '192.0.2.0'), { code: 'auth.code-wrong' })
    house.clock.advance(10 * 60_000)
    await assert.rejects(next.pair(other.pairing.code, '192.0.2.0'), { code: 'auth.code-wrong' })
    house.clock.advance(365 * dayMs - 10 * 60_000 - 1)
    assert.equal(next.authenticate(secret)?.subject, self.id)
    house.clock.advance(1)
    assert.equal(next.authenticate(secret), undefined)
  } finally {
    await house.end()
  }
})

test('a panel whose place is taken away leaves no row, and does not come back', async () => {
  let house = await openHouse(testClock())
  try {
    const { panels, told, rows } = await opened(house)
    const { id, pairing } = await panels.add(house.home, house.subject, { name: 'Hall', pin: '2468' })
    const { secret } = await panels.pair(pairing.code, '192.0.2.0')
    told.length = 0
    house.homes.relations.remove(house.home, id as SubjectId)
    assert.deepEqual(told, [{ subject: id, session: id }])
    assert.equal(panels.authenticate(secret), undefined)
    assert.equal(panels.isPanel(id as SubjectId), true, 'it does not become a person')
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.deepEqual(await rows(), [])
    house = await house.restart()
    assert.equal((await opened(house)).panels.authenticate(secret), undefined)
    assert.equal(await house.pins.has(house.home, id as SubjectId), false)
  } finally {
    await house.end()
  }
})

test('a home has twenty panels at most', async () => {
  const house = await openHouse(testClock())
  try {
    const { panels } = await opened(house)
    for (let i = 0; i < 20; i++) await panels.add(house.home, house.subject, { name: `Panel ${i}` })
    await assert.rejects(panels.add(house.home, house.subject, { name: 'One more' }), {
      code: 'input.conflict',
    })
    assert.equal((await panels.list(house.home)).length, 20)
  } finally {
    await house.end()
  }
})
