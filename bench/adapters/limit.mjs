import { launch } from '../lib/util.mjs'
import * as home from '../lib/home.mjs'
const here = new URL('..', import.meta.url).pathname
const node = process.execPath
const get = async (x) => (await fetch(`http://127.0.0.1:${x.hubPort}/`)).json()
const mk = (name, cmd, args, hasApi) => ({
  name,
  announce: {},
  async prepare() {},
  start: (x) => launch(cmd, args(x), { cwd: here, log: `${x.dir}/hub.log` }),
  readClimates:
    hasApi &&
    (async (x) => {
      const s = await get(x)
      return Array.from({ length: x.climates }, (_, i) => s[home.climate(i)]?.temperature ?? null)
    }),
})
export const c = mk('limit-c', `${here}relays/relay-c`, (x) => [String(x.port)], false)
export const mqttjs = mk(
  'limit-mqttjs',
  node,
  (x) => [`${here}relays/relay-mqttjs.mjs`, x.port, x.hubPort],
  true,
)
export const raw = mk('limit-raw', node, (x) => [`${here}relays/relay-raw.mjs`, x.port, x.hubPort], true)
export const live = {
  ...mk('limit-live', node, (x) => [`${here}relays/relay-live.mjs`, x.port, x.hubPort], true),
  announce: { z2m: true },
  automations: false,
  async serving(x) {
    return (await get(x)).length === 2 * x.sensors + x.climates
  },
  async readClimates(x) {
    const t = new Map((await get(x)).map((d) => [d.name, d.parts[0].capabilities.temperature?.celsius]))
    return Array.from({ length: x.climates }, (_, i) => t.get(home.climate(i)) ?? null)
  },
  /** How many devices the list shows with all entities of their announcement. */
  async announced(x) {
    return (await get(x)).filter((d) => Object.keys(d.parts[0].capabilities).length === 5).length
  },
  async live(x) {
    return {
      url: `ws://127.0.0.1:${x.hubPort}/api/live`,
      send: ['{"type":"hello","token":"none"}', '{"type":"watch","home":"home"}'],
      matcher: 'lib/contract-live.mjs#contract',
    }
  },
}
/** The limit of `reconnect`: bare aedes, whose clients need no credentials. */
export const aedes = {
  ...mk('limit-aedes', node, (x) => [`${here}relays/relay-aedes.mjs`, x.hubPort + 1, x.hubPort], false),
  automations: false,
  async serving(x) {
    return Array.isArray(await get(x))
  },
  async door(x, n) {
    return { port: x.hubPort + 1, clients: Array.from({ length: n }, () => ({})) }
  },
  async present(x) {
    return (await get(x)).filter((d) => d.online).length
  },
}
