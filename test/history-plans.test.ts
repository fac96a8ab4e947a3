// Catches a chart, an export or a clean-up that reads the values of a whole home, however many there are, to find a few.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openHouse, lampShape } from '../server/src/devices/testing.ts'
import { csvOfHistory } from '../server/src/history/export.ts'
import { ask, testClock } from '../server/src/store/testing.ts'
import { watchStatements } from './statements.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const resolutions = ['raw', '5m', 'hour', 'day'] as const

test('everything that reads or removes history finds it by its key', async () => {
  const house = await openHouse(testClock())
  const { home, subject, clock, reader, history, stores } = house
  const capabilities = {
    temperature: { attributes: ['celsius'], commands: [] },
    thermostat: { attributes: ['mode'], commands: [] },
    onOff: { attributes: ['on'], commands: [] },
  }
  house.driver.say({
    t: 'device',
    connection: house.connection,
    handle: 1,
    shape: lampShape('s', { kind: 'sensor', parts: [{ id: 'main', capabilities, vendor: {} }] }),
    base: 0,
    slots: [],
    online: true,
  })
  await house.records.flush()
  const device = house.deviceId()
  const values = [
    ['temperature', 'celsius', 21.5],
    ['thermostat', 'mode', 'heat'],
    ['onOff', 'on', true],
  ] as const
  const own = stores.stores.history.as({
    scope: { home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  const [statements, from] = [watchStatements(stores.stores), clock.now() - 40 * dayMs]
  for (const [capability, attribute, value] of values)
    await own.append(
      Array.from({ length: 400 }, (_, i) => ({
        device,
        path: `main/${capability}/${attribute}`,
        ts: from + i * 2 * hourMs,
        value,
      })),
    )
  await house.rollups.run()
  for (const [capability, attribute] of values) {
    const name = { device, path: `main/${capability}/${attribute}` }
    const query = { device, part: 'main', capability, attribute, from: String(from) }
    for (const resolution of resolutions) {
      await reader.points(home, subject, { ...query, resolution })
      for await (const _ of await csvOfHistory(reader, home, subject, { ...query, resolution }));
    }
    await reader.statistics(home, subject, { ...query, compare: 'before' })
    assert.equal((await own.rowsOf(name)).samples + (await own.rowsOf(name)).texts, 400)
    await own.move([{ from: name, to: { device, path: 'main/vendor/other' } }])
  }
  await own.forgetBefore(from + dayMs, 10)
  await history.forget(home, [device])
  const scans: string[] = []
  let looked = 0
  for (const { store, text } of statements.values()) {
    if (store !== 'history') continue
    looked++
    for (const { detail } of await ask(stores.stores, { store }, `EXPLAIN QUERY PLAN ${text}`))
      if (/^SCAN (?!\(subquery|CONSTANT|\d)|TEMP B-TREE/.test(String(detail)))
        scans.push(`${String(detail)}: ${text}`)
  }
  assert.deepEqual(scans, [])
  assert.ok(looked > 25, String(looked))
  await house.end()
})
