// announce: devices that announce themselves by Home Assistant discovery, five retained configs each, to a hub that runs already.
// From the first publish to the hub's own list showing every device with all its entities.
import { connect } from '../lib/mqttlite.mjs'
import * as home from '../lib/home.mjs'
import { cpuMicros, memMiB, round, sleep, until } from '../lib/util.mjs'

const pollMs = 50

export async function announce({ A, up, down, mm, hub, port, devices, runs }) {
  const list = home.announcements({ devices })
  const bytes = list.reduce((sum, [, payload]) => sum + payload.length, 0)
  const times = [],
    cpu = [],
    pss = []
  for (let i = 0; i < runs; i++) {
    const { ctx } = await up({ rules: 0, sensors: 0, climates: 0, silent: true })
    await sleep(1500)
    const cli = await connect({ port })
    const c0 = cpuMicros(hub().pid),
      t0 = performance.now()
    // Retained and in batches of a tick, as a bridge does after its start.
    for (let k = 0; k < list.length; k++) {
      cli.publish(list[k][0], list[k][1], true)
      if (k % 100 === 99) await new Promise((r) => setImmediate(r))
    }
    await until(
      async () => (await A.announced(ctx)) === devices,
      60_000,
      pollMs,
      'every device with all entities',
    )
    times.push(performance.now() - t0)
    cpu.push((cpuMicros(hub().pid) - c0) / list.length)
    await sleep(3000)
    pss.push(memMiB(hub().pid).pss)
    await cli.end()
    await down()
  }
  return {
    devices,
    configs: list.length,
    bytesEach: round(bytes / list.length, 0),
    listedMs: mm(times, 0),
    usPerConfig: mm(cpu, 1),
    pss: mm(pss, 1),
  }
}
