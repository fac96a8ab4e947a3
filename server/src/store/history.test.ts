// Catches a history that doubles, loses or mixes up values, between retries, devices or homes.
import assert from 'node:assert/strict'
import { hasCode, newId, type DeviceId, type HomeId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { onBothDialects } from './testing.ts'
import type { HomeHistory, Stores } from './stores.ts'

const access = (home: HomeId) =>
  ({ scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' }) as const
const all = { from: 0, to: 1_000_000, limit: 100 }

async function addHome(
  { facts, vault, history }: Stores,
  n: number,
): Promise<{ home: HomeId; at: HomeHistory }> {
  const home = newId<HomeId>()
  await vault.createKey({ home })
  const db = facts.as(access(home))
  await db
    .insertInto('home')
    .values({
      home_id: home,
      tenant: 'main',
      n,
      name: await db.seal('home', 'name', home, 'Home'),
      zone: 'UTC',
      created_at: 1,
    })
    .execute()
  return { home, at: history.as(access(home)) }
}

onBothDialects('a batch that is sent again adds nothing', async ({ stores }) => {
  const { at } = await addHome(stores, 1)
  const device = newId<DeviceId>()
  const batch = [1, 2, 3].map((ts) => ({ device, path: 'main/temperature/celsius', ts, value: 20 + ts / 10 }))
  await at.append(batch)
  await at.append(batch)
  await Promise.all([
    at.append(batch),
    at.append([
      { device, path: 'main/onOff/on', ts: 1, value: true },
      { device, path: 'main/onOff/on', ts: 2, value: false },
    ]),
  ])
  assert.deepEqual(await at.raw({ device, path: 'main/temperature/celsius', ...all }), {
    points: [
      [1, 20.1],
      [2, 20.2],
      [3, 20.3],
    ],
    truncated: false,
  })
  assert.deepEqual((await at.raw({ device, path: 'main/onOff/on', ...all })).points, [
    [1, 1],
    [2, 0],
  ])
  assert.deepEqual(await at.raw({ device, path: 'main/temperature/celsius', ...all, limit: 2 }), {
    points: [
      [1, 20.1],
      [2, 20.2],
    ],
    truncated: true,
  })
  assert.deepEqual(
    (await at.raw({ device, path: 'main/temperature/celsius', from: 2, to: 3, limit: 9 })).points,
    [[2, 20.2]],
  )
  assert.deepEqual((await at.raw({ device, path: 'main/none/none', ...all })).points, [])
})

onBothDialects('texts come back as they were and lie sealed', async ({ stores }) => {
  const { at } = await addHome(stores, 1)
  const device = newId<DeviceId>()
  await at.append([
    { device, path: 'main/thermostat/mode', ts: 5, value: 'heat' },
    { device, path: 'main/thermostat/mode', ts: 6, value: 'off – 关' },
    { device, path: 'main/bad/number', ts: 1, value: Number.NaN },
  ])
  assert.deepEqual((await at.raw({ device, path: 'main/thermostat/mode', ...all })).points, [
    [5, 'heat'],
    [6, 'off – 关'],
  ])
  assert.deepEqual((await at.raw({ device, path: 'main/bad/number', ...all })).points, [])
})

onBothDialects('histories and live values survive a restart', async (at) => {
  const { home, at: before } = await addHome(at.stores, 1)
  const device = newId<DeviceId>()
  const values = {
    online: true,
    lastSeen: 7,
    parts: { main: { capabilities: { onOff: { on: true } }, vendor: { effect: ['a', { b: 1 }] } } },
  }
  await before.append([{ device, path: 'main/level/percent', ts: 1, value: 70 }])
  await before.saveLive([
    { device, values: { ...values, online: false }, at: 1 },
    { device, values, at: 2 },
  ])
  const after = (await at.reopen()).history.as(access(home))
  await after.append([{ device, path: 'main/level/percent', ts: 2, value: 71 }])
  assert.deepEqual((await after.raw({ device, path: 'main/level/percent', ...all })).points, [
    [1, 70],
    [2, 71],
  ])
  assert.deepEqual(await after.loadLive(), [{ device, values, at: 2 }])
  await assert.rejects(
    after.saveLive([{ device, at: 3, values: { ...values, watcher: 'x' } as typeof values }]),
    /watcher/,
  )
})

onBothDialects('a home sees nothing of another, and a removed device leaves nothing', async ({ stores }) => {
  clause('pp.5.1')
  const [one, two] = [await addHome(stores, 1), await addHome(stores, 2)]
  const device = newId<DeviceId>()
  for (const { at } of [one, two]) {
    await at.append([{ device, path: 'main/onOff/on', ts: 1, value: true }])
    await at.saveLive([{ device, at: 1, values: { online: true, parts: {} } }])
  }
  await one.at.forgetDevice(device)
  assert.deepEqual(await one.at.seriesOf(device), [])
  assert.deepEqual(await one.at.loadLive(), [])
  assert.deepEqual((await two.at.raw({ device, path: 'main/onOff/on', ...all })).points, [[1, 1]])
  assert.equal((await two.at.loadLive()).length, 1)
  assert.throws(
    () => stores.history.as({ ...access(one.home), scope: { instance: true } as never }),
    (error) => hasCode(error, 'policy.purpose'),
  )
  await assert.rejects(stores.history.as({ ...access(one.home), purpose: 'security' }).loadLive(), (error) =>
    hasCode(error, 'policy.purpose'),
  )
})

onBothDialects('old samples leave in chunks', async ({ stores }) => {
  clause('pp.ret.1')
  const { at } = await addHome(stores, 1)
  const device = newId<DeviceId>()
  await at.append(
    Array.from({ length: 30 }, (_, i) => ({
      device,
      path: i % 2 ? 'main/level/percent' : 'main/thermostat/mode',
      ts: i,
      value: i % 2 ? i : `m${i}`,
    })),
  )
  assert.equal(await at.forgetBefore(20, 15), 15)
  assert.equal(await at.forgetBefore(20, 15), 5)
  assert.equal(await at.forgetBefore(20, 15), 0)
  assert.equal(
    (await at.raw({ device, path: 'main/level/percent', ...all })).points.length +
      (await at.raw({ device, path: 'main/thermostat/mode', ...all })).points.length,
    10,
  )
})

onBothDialects(
  'a moved history goes on under its new name, numbers and words, also when it is moved twice',
  async ({ stores }) => {
    const { at } = await addHome(stores, 1)
    const [old, next] = [newId<DeviceId>(), newId<DeviceId>()]
    const mode = (device: DeviceId, ts: number, value: string) => ({
      device,
      path: 'main/thermostat/mode',
      ts,
      value,
    })
    const on = (device: DeviceId, path: string, ts: number) => ({ device, path, ts, value: true })
    await at.append([mode(old, 1, 'heat'), on(old, 'main/onOff/on', 1)])
    await at.append([mode(next, 1, 'off'), mode(next, 2, 'cool'), on(next, 'l1/onOff/on', 2)])
    const moves = [
      { from: { device: old, path: 'main/onOff/on' }, to: { device: old, path: 'l1/onOff/on' } },
      { from: { device: next, path: 'l1/onOff/on' }, to: { device: old, path: 'l1/onOff/on' } },
      {
        from: { device: next, path: 'main/thermostat/mode' },
        to: { device: old, path: 'main/thermostat/mode' },
      },
    ]
    await at.move(moves)
    await at.move(moves)
    assert.deepEqual((await at.raw({ device: old, path: 'l1/onOff/on', ...all })).points, [
      [1, 1],
      [2, 1],
    ])
    assert.deepEqual((await at.raw({ device: old, path: 'main/thermostat/mode', ...all })).points, [
      [1, 'heat'],
      [2, 'cool'],
    ])
    assert.deepEqual([(await at.seriesOf(old)).length, await at.seriesOf(next)], [2, []])
    await at.append([mode(old, 3, 'auto')])
    assert.equal((await at.raw({ device: old, path: 'main/thermostat/mode', ...all })).points.length, 3)
  },
)
