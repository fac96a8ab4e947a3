// Catches a demonstration that runs on a home's data, reaches beyond this machine, takes a port that is in use, or begins at another hour than asked.
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { readDemoConfig } from '../config.ts'
import { keepInstanceValue } from '../store/instance.ts'
import { openTestStores } from '../store/testing.ts'
import { offsetMs } from './demo.ts'
import { demoPorts, demoWish, keepFoldersApart } from './wish.ts'

test('a demonstration has a folder of its own and keeps to this machine', () => {
  assert.equal(readDemoConfig({}, '/somewhere').dataDir, '/somewhere/data-demo')
  assert.equal(readDemoConfig({ EAVES_DATA: 'other' }, '/somewhere').dataDir, '/somewhere/other')
  for (const [name, value] of [
    ['EAVES_MQTT_URL', 'mqtt://127.0.0.1:1'],
    ['EAVES_ROLE', 'hosted'],
    ['EAVES_MQTT_PORT', '0'],
    ['EAVES_DATABASE_URL', 'postgresql://127.0.0.1/x'],
  ] as const)
    assert.throws(() => readDemoConfig({ [name]: value }, '/somewhere'), new RegExp(`so ${name} cannot`))
})

test('it takes the next port when its own is in use', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const { port } = other.address() as { port: number }
  const config = readDemoConfig({ EAVES_PORT: String(port) }, '/somewhere')
  const given = await demoPorts(config)
  await new Promise((resolve) => other.close(resolve))
  assert.ok(given.port > port && given.port <= port + 100)
  assert.ok((given.mqtt.port ?? 0) >= 18_830)
})

test('a folder is a demonstration’s or a home’s, never both', async () => {
  const demo = await openTestStores('sqlite')
  const home = await openTestStores('sqlite')
  try {
    await keepFoldersApart(demo.stores, true)
    await keepFoldersApart(demo.stores, true)
    await assert.rejects(keepFoldersApart(demo.stores, false), /belongs to a demonstration/)
    await keepFoldersApart(home.stores, false)
    await keepInstanceValue(home.stores.facts, 'claimed_by', 'somebody')
    await assert.rejects(keepFoldersApart(home.stores, true), /holds a home that is no demonstration/)
  } finally {
    await demo.end()
    await home.end()
  }
})

test('the hour it begins at is the one asked for, the shorter way round the clock', () => {
  assert.equal(demoWish({}), undefined)
  assert.deepEqual(demoWish({ demo: 'true' }), { minute: undefined })
  assert.throws(() => demoWish({ demo: 'true', time: '25:00' }), /--time is "25:00"/)
  assert.throws(() => demoWish({ time: '19:30' }), /add --demo/)
  const wish = demoWish({ demo: 'true', time: '19:30' })!
  const at = (iso: string) => offsetMs(wish, 'Europe/Berlin', Date.parse(iso)) / 60_000
  assert.equal(at('2026-01-13T19:00:00+01:00'), 30)
  assert.equal(at('2026-01-13T21:00:00+01:00'), -90)
  assert.equal(at('2026-01-13T02:00:00+01:00'), -390)
  assert.equal(offsetMs({ minute: undefined }, 'UTC', 0), 0)
})
