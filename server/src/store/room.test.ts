// Catches a history file that keeps the room of what was removed for ever, or loses what stays when it gives it back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type DeviceId, type HomeId } from '@eaves/model'
import { internalsOf } from './internals.ts'
import { openTestStores } from './testing.ts'

const path = 'main/temperature/celsius'
const each = 20_000

test('the room of a removed device goes back to the disk a little at a time, and the values of others stay', async () => {
  const at = await openTestStores('sqlite')
  const { facts, vault, history } = at.stores
  const home = newId<HomeId>()
  await vault.createKey({ home })
  const access = {
    scope: { home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  } as const
  const db = facts.as(access)
  const name = await db.seal('home', 'name', home, 'Home')
  await db
    .insertInto('home')
    .values({ home_id: home, tenant: 'main', n: 1, name, zone: 'UTC', created_at: 1 })
    .execute()
  const own = history.as(access)
  const devices = Array.from({ length: 6 }, () => newId<DeviceId>())
  for (const device of devices)
    await own.append(Array.from({ length: each }, (_, ts) => ({ device, path, ts, value: ts / 10 })))
  const { historyFile } = internalsOf(at.stores)
  const pages = () => Object.values(historyFile!.get<{ n: number }>('PRAGMA page_count')!)[0]!
  const before = pages()
  assert.equal(await history.giveBack(() => false), 0, 'nothing was removed')
  for (const device of devices.slice(0, 3)) await own.forgetDevice(device)
  assert.equal(await history.giveBack(() => true), 0, 'told to stop')
  let turns = 0
  let isOver = false
  const count = (): void => {
    turns++
    if (!isOver) setImmediate(count)
  }
  count()
  const given = await history.giveBack(() => false)
  isOver = true
  assert.ok(given > 0.4 * before && turns > 2, `${given} of ${before} pages in ${turns} turns`)
  assert.equal(pages(), before - given)
  for (const [i, device] of devices.entries()) {
    const { points } = await own.raw({ device, path, from: 0, to: each, limit: each })
    assert.deepEqual(
      [points.length, points.at(-1)],
      i < 3 ? [0, undefined] : [each, [each - 1, (each - 1) / 10]],
    )
  }
  assert.deepEqual(Object.values(historyFile!.get<object>('PRAGMA integrity_check')!), ['ok'])
  await at.end()
})
