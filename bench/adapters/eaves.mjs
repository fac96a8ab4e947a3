// Eaves itself: `eaves serve` on a data folder of this run, claimed by `eaves setup`, its one home linked to the bench's broker by EAVES_MQTT_URL.
import fs from 'node:fs'
import { spawnSync } from 'node:child_process'
import { launch } from '../lib/util.mjs'
import * as home from '../lib/home.mjs'

const main = new URL('../../server/src/main.mjs', import.meta.url).pathname
// The flags that `npm run eaves -- serve` gives the program.
const flags = JSON.parse(
  fs.readFileSync(new URL('../../server/package.json', import.meta.url), 'utf8'),
).nodeFlags
const env = (x) => ({
  EAVES_DATA: `${x.dir}/data`,
  EAVES_PORT: String(x.hubPort),
  EAVES_MQTT_URL: `mqtt://127.0.0.1:${x.port}`,
  EAVES_MQTT_PORT: String(x.hubPort + 1),
  EAVES_LOG: 'warn',
})
/** A text brings in no more. */
const mostInText = 500
let claimed
/** Whose home it is, for a script that goes on with a folder of before. */
export const claim = (known = claimed) => (claimed = known)
/** The API of the one home, as its owner. */
export const get = async (x, path, body) => {
  const r = await fetch(`http://127.0.0.1:${x.hubPort}/api/homes/${claimed.homeId}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${claimed.token}`, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!r.ok) throw new Error(`${path}: ${r.status}`)
  return r.json()
}

const launched = (x) =>
  launch(process.execPath, [...flags, main, 'serve'], { cwd: x.dir, log: `${x.dir}/hub.log`, env: env(x) })

/** The rules are known before the start that is measured: a server is started for them, told them through the API, and ended. */
async function writeRules(x) {
  const hub = launched(x)
  try {
    const devices = await listed(x)
    const idOf = new Map(devices.map((d) => [d.name, d.id]))
    for (let i = 0; i < x.rules; i++)
      await get(x, '/automations', {
        name: `Rule ${i}`,
        triggers: [
          {
            kind: 'state',
            device: idOf.get(home.sensor(i)),
            capability: 'occupancy',
            attribute: 'occupied',
            to: true,
          },
        ],
        actions: [
          { kind: 'command', device: idOf.get(home.light(i)), capability: 'onOff', command: 'turnOn' },
        ],
      })
    await writeSpare(x, idOf)
  } finally {
    await hub.stop()
  }
}
/** Automations that are loaded and never set off: the lights they watch tell nothing in these runs. Brought in as texts, since each one that is saved alone is checked against all others. */
async function writeSpare(x, idOf) {
  const spare = (i) => {
    const device = idOf.get(home.light(i % x.rules))
    return {
      name: `Spare ${i}`,
      triggers: [{ kind: 'state', device, capability: 'onOff', attribute: 'on', to: true }],
      actions: [{ kind: 'command', device, capability: 'onOff', command: 'turnOff' }],
    }
  }
  const all = Array.from({ length: x.spare ?? 0 }, (_, i) => spare(i))
  while (all.length > 0)
    await get(x, '/automations/import', {
      text: JSON.stringify({ eaves: 'automations/1', automations: all.splice(0, mostInText) }),
    })
}
export async function listed(x) {
  for (const end = performance.now() + 30_000; performance.now() < end;) {
    const devices = await get(x, '/devices').catch(() => [])
    if (devices.length === 2 * x.sensors + x.climates) return devices
    await new Promise((r) => setTimeout(r, 50))
  }
  throw new Error('the devices are not listed')
}

export const eaves = {
  name: 'eaves',
  announce: { z2m: true },
  automations: true,
  async prepare(x) {
    for (const end of ['data', 'data.key', 'data.outbox'])
      fs.rmSync(`${x.dir}/${end}`, { recursive: true, force: true })
    const r = spawnSync(
      process.execPath,
      [main, 'setup', '--owner', 'bench@example.org', '--home', 'Bench', '--agree', '--json'],
      { env: { ...process.env, ...env(x) }, encoding: 'utf8' },
    )
    if (r.status !== 0) throw new Error(`setup: ${r.stderr}`)
    claimed = JSON.parse(r.stdout)
    if (x.rules) await writeRules(x)
  },
  start: launched,
  async serving(x) {
    return (await get(x, '/devices')).length === 2 * x.sensors + x.climates
  },
  async readClimates(x) {
    const t = new Map(
      (await get(x, '/devices')).map((d) => [d.name, d.parts[0].capabilities.temperature?.celsius]),
    )
    return Array.from({ length: x.climates }, (_, i) => t.get(home.climate(i)) ?? null)
  },
  /** How many devices the list shows with all entities of their announcement. */
  async announced(x) {
    return (await get(x, '/devices')).filter((d) =>
      home.announcedCapabilities.every((id) => d.parts.some((part) => part.capabilities[id] !== undefined)),
    ).length
  },
  /** The embedded broker's door, with a credential for each device, made as a person makes them. */
  async door(x, n) {
    const clients = []
    for (let i = 0; i < n; i++) {
      const { username, password } = await get(x, '/mqtt/credentials', {
        name: `Device ${i}`,
        scope: { kind: 'device', topic: home.ownDevice(i).name },
      })
      clients.push({ username, password })
    }
    return { port: x.hubPort + 1, clients }
  },
  /** How many devices the list shows as reachable now. */
  async present(x) {
    return (await get(x, '/devices')).filter((d) => d.online && !d.stale).length
  },
  async live(x) {
    return {
      url: `ws://127.0.0.1:${x.hubPort}/api/live`,
      send: [
        JSON.stringify({ type: 'hello', token: claimed.token }),
        JSON.stringify({ type: 'watch', home: claimed.homeId }),
      ],
      matcher: 'lib/contract-live.mjs#contract',
    }
  },
}
