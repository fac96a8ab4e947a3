// node workloads/replay.mjs [--samples 1000000] [--sensors 1000,10] [--out file]: how long it takes to replay thirty days, over many values with few
// samples each and over few with many; and how long the loop of the home stands still meanwhile.
import fs from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { automated, sensorMessage, written } from '../../server/src/automations/testing.ts'
import { openHouse } from '../../server/src/devices/testing.ts'
import { testClock } from '../../server/src/store/testing.ts'
import { median, round } from '../lib/util.mjs'

const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const days = 30
const dayMs = 86_400_000
const samples = +arg('samples', 1_000_000)

async function over(sensors) {
  const clock = testClock(Date.UTC(2026, 10, 30, 12))
  const house = await openHouse(clock)
  const { home, subject, driver, connection } = house
  for (let i = 0; i < sensors; i++) driver.say(sensorMessage(connection, i + 1, String(i)))
  const { automations } = await automated(house, clock, house.timers)
  const each = Math.round(samples / sensors)
  const stepMs = (days * dayMs) / each
  const start = clock.now() - days * dayMs
  const own = house.stores.stores.history.as({
    scope: { home },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  const ids = Array.from({ length: sensors }, (_, i) => house.deviceId(`Sensor ${i}`))
  const path = 'main/temperature/celsius'
  const batch = Math.max(1, Math.round(1_000 / sensors))
  for (let b = 0; b < each; b += batch)
    await own.append(
      ids.flatMap((device, i) =>
        Array.from({ length: Math.min(batch, each - b) }, (_, k) => ({
          device,
          path,
          ts: Math.floor(start + (b + k + i / sensors) * stepMs),
          value: Math.round(200 + 40 * Math.sin((i + b + k) / 40) + ((i * 7 + b + k) % 5)) / 10,
        })),
      ),
    )
  const heat = { capability: 'temperature', attribute: 'celsius' }
  const automation = written({
    name: 'Warm',
    triggers: [{ kind: 'numeric', everywhere: true, ...heat, above: 23.5, hysteresis: 1 }],
    conditions: [{ kind: 'sun', is: 'day' }],
    actions: [{ kind: 'delay', seconds: 60 }, { kind: 'stop' }],
  })
  const took = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  let view
  for (let i = 0; i < +arg('times', 3); i++) {
    delay.enable()
    const before = performance.now()
    view = await automations.replay(home, subject, days, { automation })
    took.push(performance.now() - before)
    delay.disable()
  }
  await automations.stop()
  await house.end()
  return {
    sensors,
    ms: round(median(took), 0),
    all: took.map((ms) => round(ms, 0)),
    times: view.times,
    truncated: view.truncated,
    stallP50: round(delay.percentile(50) / 1e6, 1),
    stallMax: round(delay.max / 1e6, 1),
  }
}
const report = { samples, runs: [] }
for (const sensors of arg('sensors', '1000,10').split(',')) report.runs.push(await over(+sensors))
console.log('replay', JSON.stringify(report))
if (arg('out')) fs.writeFileSync(arg('out'), JSON.stringify(report))
