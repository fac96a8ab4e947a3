// Catches a search that lists more than fits, ranks a chance hit above the thing itself, or grows slow with a large house.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MemberLimits } from '@eaves/model'
import { lampMessage, openHouse } from '../devices/testing.ts'
import type { Principal } from '../privacy/privacy.ts'
import { testClock } from '../store/testing.ts'
import { folded, search } from './search.ts'

test('letters are compared without case, width or the way they were typed', () => {
  for (const [a, b] of [
    ['Straße', 'STRASSE'],
    ['Küche', 'KU\u0308CHE'],
    ['ＡＢＣ１', 'abc1'],
    ['ΟΔΟΣ', 'οδος'],
    ['ﬁsh', 'FISH'],
    ['客厅灯', '客厅灯'],
  ])
    assert.equal(folded(a!), folded(b!))
  assert.notEqual(folded('Kuche'), folded('Küche'))
})

test('of five thousand devices the best twenty come at once, also for somebody whose every device is looked at', async (t) => {
  const house = await openHouse(testClock())
  const { homes, home, subject, connection, driver } = house
  const count = 5_000
  for (let i = 0; i < count; i++)
    driver.say(
      lampMessage(connection, i + 1, `n${i}`, { name: i % 7 === 0 ? `Desk ${i}` : `The desk ${i} 灯` }),
    )
  const whole: Principal = { kind: 'person', subject, ...homes.relationsOf(subject) }
  const found = search(homes, whole, 'household', 'desk')
  assert.equal(found.length, 1)
  assert.deepEqual([found[0]!.devices.length, found[0]!.hasMore], [20, true])
  assert.ok(found[0]!.devices.every(({ name }) => name.startsWith('Desk')))
  assert.equal(search(homes, whole, 'household', 'desk 4999')[0]!.devices.length, 1)
  const ids = [...homes.runtime(home).devices.keys()]
  const limits: MemberLimits = {
    reach: 'listed',
    hours: [],
    rules: ids.slice(0, 100).map((device) => ({ effect: 'allow', on: { device }, acts: ['see'] })),
  }
  const narrow: Principal = {
    kind: 'person',
    subject,
    roles: new Map([[home, 'guest']]),
    limits: new Map([[home, { isClosed: false, ...limits }]]),
  }
  const [few] = search(homes, narrow, 'household', '灯')
  assert.deepEqual([few!.devices.length, few!.hasMore], [20, true])
  for (const [name, principal, mostMs] of [
    ['everything', whole, 150],
    ['a hundred rules', narrow, 300],
  ] as const) {
    const times = Array.from({ length: 7 }, () => {
      const from = performance.now()
      search(homes, principal, 'household', '灯 desk')
      return performance.now() - from
    }).toSorted((a, b) => a - b)
    t.diagnostic(`${name}: ${times[3]!.toFixed(1)} ms in the middle, ${times[6]!.toFixed(1)} ms at most`)
    assert.ok(times[3]! < mostMs, `${name}: ${times[3]} ms`)
  }
  await house.end()
})
