// reconnect: devices with an MQTT connection of their own lose it all at once, and all come back at once.
// From the word to connect to the last CONNACK, and to the hub's own list showing every device as reachable; a device that is missing two seconds later is lost.
import fs from 'node:fs'
import { spawn } from 'node:child_process'
import { cpuMicros, memMiB, sleep, until } from '../lib/util.mjs'

const pollMs = 50

/** The devices: a process of their own that obeys a line and answers with one. */
function startDevices(o) {
  const p = spawn(process.execPath, [new URL('devices.mjs', import.meta.url).pathname], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const waiting = []
  let held = ''
  p.stdout.on('data', (d) => {
    held += d
    for (let i; (i = held.indexOf('\n')) >= 0; held = held.slice(i + 1))
      waiting.shift()?.resolve(JSON.parse(held.slice(0, i)))
  })
  p.once('close', (code) => {
    for (const { reject } of waiting) reject(new Error(`the devices ended with ${code}`))
  })
  const ask = (word) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject })
      p.stdin.write(`${JSON.stringify(word)}\n`)
    })
  return { ask, begin: () => ask({ do: 'begin', ...o }), stop: () => p.kill() }
}

export async function reconnect({ A, up, down, mm, hub, dir, devices, runs }) {
  const out = []
  const { ctx } = await up({ rules: 0, sensors: 0, climates: 0, silent: true })
  const { port, clients } = await A.door(ctx, devices)
  fs.writeFileSync(`${dir}/clients.json`, JSON.stringify(clients), { mode: 0o600 })
  const fleet = startDevices({ port, file: `${dir}/clients.json` })
  const all = (n, what) => until(async () => (await A.present(ctx)) === n, 60_000, pollMs, what)
  try {
    await fleet.begin()
    await all(devices, 'every device reachable')
    await sleep(1500)
    for (let i = 0; i < runs; i++) {
      await fleet.ask({ do: 'drop' })
      await all(0, 'every device unreachable')
      await sleep(1000)
      const c0 = cpuMicros(hub().pid),
        t0 = performance.now()
      const connected = fleet.ask({ do: 'connect' })
      await all(devices, 'every device reachable again')
      const listedMs = performance.now() - t0,
        us = (cpuMicros(hub().pid) - c0) / devices
      const { connackMs, retries } = await connected
      await sleep(2000)
      const { open } = await fleet.ask({ do: 'count' })
      const lost = devices - Math.min(open, await A.present(ctx))
      out.push({ listedMs, connackMs, retries, us, lost, pss: memMiB(hub().pid).pss })
    }
  } finally {
    fleet.stop()
    await down()
  }
  const of = (key, digits) =>
    mm(
      out.map((one) => one[key]),
      digits,
    )
  return {
    devices,
    listedMs: of('listedMs', 0),
    connackMs: of('connackMs', 0),
    usPer: of('us', 0),
    pss: of('pss', 1),
    lost: out.reduce((sum, one) => sum + one.lost, 0),
    retries: out.reduce((sum, one) => sum + one.retries, 0),
  }
}
