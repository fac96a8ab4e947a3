// node workloads/past.mjs [--samples 10000000] [--dir folder] [--out file]: W5 at size, in a running house with 1,000 sensors. Charts as the API answers
// them among ten million samples of thirty days (and a year of hours of some), and how fast the house reacts while somebody takes a year away, while a
// month is replayed, while devices with their past are removed and while the file gives their room back (--only charts,export,replay,room). A folder
// that is filled already is used again, until devices have been removed from it.
import fs from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { DatabaseSync } from 'node:sqlite'
import { Rollups } from '../../server/src/history/history.ts'
import { internalsOf } from '../../server/src/store/internals.ts'
import { openStores } from '../../server/src/store/stores.ts'
import { quietLog } from '../../server/src/store/testing.ts'
import { claim, eaves, get, listed } from '../adapters/eaves.mjs'
import { startBroker } from '../lib/broker.mjs'
import { median, round, sleep } from '../lib/util.mjs'

const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const dir = arg('dir', new URL('../run/past', import.meta.url).pathname)
const samples = +arg('samples', 10_000_000)
const x = {
  port: +arg('port', 18840),
  hubPort: +arg('hub-port', 18940),
  dir,
  rules: 50,
  sensors: 50,
  climates: 1_000,
}
const hourMs = 3_600_000
const dayMs = 24 * hourMs
const days = 29
const climatePath = 'main/temperature/celsius'
const of = { part: 'main', capability: 'temperature', attribute: 'celsius' }
/** Of so many sensors a year of hours is there. */
const withYear = 50

const load = (o) =>
  new Promise((resolve, reject) => {
    let [out, err] = ['', '']
    const p = spawn(
      process.execPath,
      [new URL('../load.mjs', import.meta.url).pathname, JSON.stringify({ port: x.port, ...o })],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    p.stdout.on('data', (d) => (out += d))
    p.stderr.on('data', (d) => (err += d))
    p.on('close', () => {
      try {
        resolve(JSON.parse(out))
      } catch {
        reject(new Error(`load failed: ${err}${out}`))
      }
    })
  })

/** Writes the past of every climate sensor, instant by instant as it would have come, and condenses it. */
async function fill(ids, homeId) {
  const now = Date.now()
  const stores = await openStores({
    dataDir: join(dir, 'data'),
    keyFile: join(dir, 'data.key/kek'),
    clock: { now: () => now },
    log: quietLog,
  })
  const own = stores.history.as({
    scope: { home: homeId },
    actor: { kind: 'system', part: 'runtime' },
    purpose: 'service.core',
  })
  const each = Math.round(samples / ids.length)
  const stepMs = (days * dayMs) / each
  const before = performance.now()
  const atOnce = 5
  for (let b = 0; b < each; b += atOnce)
    await own.append(
      Array.from({ length: Math.min(atOnce, each - b) }, (_, k) =>
        ids.map((device, i) => ({
          device,
          path: climatePath,
          ts: Math.floor(now - days * dayMs + (b + k + i / ids.length) * stepMs),
          value: Math.round(200 + 30 * Math.sin((i + b + k) / 40) + (i % 50)) / 10,
        })),
      ).flat(),
    )
  const wroteMs = performance.now() - before
  const { historyFile } = internalsOf(stores)
  historyFile.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const bytes = fs.statSync(historyFile.path).size / (each * ids.length)
  const hour = (ts) => ({ ts, n: 12, min: 18, max: 24, total: 75_600, seconds: 3_600, last: 21 })
  const from = Math.floor((now - 365 * dayMs) / hourMs) * hourMs
  const until = Math.floor((now - days * dayMs) / hourMs) * hourMs
  for (const device of ids.slice(0, withYear))
    await own.roll({ device, path: climatePath }, until, async () => ({
      hours: Array.from({ length: (until - from) / hourMs }, (_, i) => hour(from + i * hourMs)),
      days: [],
      states: [],
      keepBefore: 0,
    }))
  const rollups = new Rollups({
    history: stores.history,
    homes: {
      ids: () => [homeId],
      find: () => ({ id: homeId, zone: 'Europe/Berlin', runtime: { devices: new Map() } }),
    },
    jobs: { handle: () => undefined, enqueue: async () => undefined },
    flush: async () => undefined,
    now: () => now,
    log: quietLog,
  })
  const condensing = performance.now()
  await rollups.runHome(homeId)
  const condensedMs = performance.now() - condensing
  historyFile.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  await stores.close()
  return {
    samples: each * ids.length,
    perS: round((each * ids.length) / (wroteMs / 1_000), 0),
    bytesPerSample: round(bytes, 1),
    condensedPerS: round((each * ids.length) / (condensedMs / 1_000), 0),
  }
}

let broker, hub
const boot = async () => {
  hub = eaves.start(x)
  return listed(x)
}
/** What is known of a filled folder: whose it is, and what filling it took. */
async function ready() {
  const mark = join(dir, 'filled.json')
  const known = fs.existsSync(mark) ? JSON.parse(fs.readFileSync(mark, 'utf8')) : undefined
  if (known?.asked === samples) {
    claim(known.claimed)
    return known
  }
  fs.rmSync(mark, { force: true })
  await eaves.prepare(x)
  const devices = await boot()
  await hub.stop()
  const ids = devices.filter(({ name }) => name.startsWith('climate_')).map(({ id }) => id)
  const filled = await fill(ids, claim().homeId)
  const made = { asked: samples, ids, claimed: claim(), filled }
  fs.writeFileSync(mark, JSON.stringify(made))
  return made
}

let n = 0
/** Median and longest ms of one question, each of another sensor. */
async function chart(ids, hours, resolution, times = 41) {
  const took = []
  let points = 0
  for (let i = 0; i < times; i++) {
    const now = Date.now()
    const query = new URLSearchParams({
      ...of,
      device: ids[(n += 37) % ids.length],
      from: String(now - hours * hourMs),
      resolution,
    })
    const before = performance.now()
    const answer = await get(x, `/history?${query}`)
    took.push(performance.now() - before)
    points = answer.points.length
    await sleep(20)
  }
  return { ms: round(median(took), 2), maxMs: round(Math.max(...took), 2), points }
}

async function remove(device) {
  const r = await fetch(`http://127.0.0.1:${x.hubPort}/api/homes/${claim().homeId}/devices/${device}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${claim().token}` },
  })
  if (!r.ok) throw new Error(`removing: ${r.status} ${await r.text()}`)
}
async function text(path) {
  const r = await fetch(`http://127.0.0.1:${x.hubPort}/api/homes/${claim().homeId}${path}`, {
    headers: { authorization: `Bearer ${claim().token}` },
  })
  if (!r.ok) throw new Error(`${path}: ${r.status}`)
  return (await r.text()).length
}
/** A year of every sensor, one after the other: its hours, and the last month as it came. */
async function exporting(ids, isOver) {
  let [files, bytes] = [0, 0]
  while (!isOver())
    for (const device of ids.slice(0, withYear))
      for (const [resolution, back] of [
        ['hour', 365],
        ['raw', days],
      ]) {
        if (isOver()) break
        const query = new URLSearchParams({
          ...of,
          device,
          from: String(Date.now() - back * dayMs),
          resolution,
        })
        bytes += await text(`/history/export?${query}`)
        files++
      }
  return { files, bytes }
}
async function replaying(isOver) {
  let times = 0
  let ms = 0
  const heat = { capability: 'temperature', attribute: 'celsius' }
  const automation = {
    name: 'Warm',
    triggers: [{ kind: 'numeric', everywhere: true, ...heat, above: 23.5, hysteresis: 1 }],
    actions: [{ kind: 'delay', seconds: 60 }, { kind: 'stop' }],
  }
  while (!isOver()) {
    const before = performance.now()
    await get(x, '/automations/replay', { automation, days: 7 })
    ms += performance.now() - before
    times++
  }
  return { times, ms: round(ms / times, 0) }
}

/** The reactions' median with and without, in turns, so that what else runs meets both. */
async function beside(work) {
  const [quiet, busy] = [[], []]
  let did
  const react = () => load({ mode: 'react', rules: x.rules, rate: 20, samples: +arg('reactions', 120) })
  for (let i = 0; i < +arg('rounds', 3); i++) {
    quiet.push((await react()).latencyMs)
    let over = false
    const working = work(() => over)
    await sleep(200)
    busy.push((await react()).latencyMs)
    over = true
    did = await working
    await sleep(500)
  }
  const p50 = (all) => median(all.map((each) => each.p50))
  return {
    quietMs: p50(quiet),
    busyMs: p50(busy),
    share: round(p50(busy) / p50(quiet), 2),
    quietP99: median(quiet.map((each) => each.p99)),
    busyP99: median(busy.map((each) => each.p99)),
    did,
  }
}

/** Removes a good part of the devices with their past, and then measures in short spans while the file gives back their room. */
async function shrinking(ids) {
  fs.rmSync(join(dir, 'filled.json'), { force: true })
  const left = ids.slice(0, Math.round(ids.length * 0.4))
  const removed = await beside(async (isOver) => {
    let times = 0
    for (; !isOver() && left.length > 0; times++) await remove(left.pop())
    return { times }
  })
  for (const device of left) await remove(device)
  await hub.stop()
  // It happens once an hour; here it is due when the house has found itself again.
  const facts = new DatabaseSync(join(dir, 'data/eaves.db'))
  facts.prepare("UPDATE job SET run_at = ? WHERE kind = 'history'").run(Date.now() + 15_000)
  facts.close()
  await boot()
  const file = new DatabaseSync(join(dir, 'data/history.db'), { readOnly: true })
  const pagesOf = (pragma) => Object.values(file.prepare(`PRAGMA ${pragma}`).get())[0]
  const [quiet, busy] = [[], []]
  const before = pagesOf('page_count')
  for (const end = performance.now() + 40_000; performance.now() < end;) {
    const free = pagesOf('freelist_count')
    const { latencyMs } = await load({
      mode: 'react',
      rules: x.rules,
      rate: 100,
      samples: 100,
      settleMs: 100,
    })
    ;(pagesOf('freelist_count') < free - 64 ? busy : quiet).push(latencyMs.p50)
  }
  const given = before - pagesOf('page_count')
  file.close()
  return {
    removed,
    given,
    of: before,
    spans: busy.length,
    quietMs: round(median(quiet), 2),
    busyMs: round(median(busy), 2),
    share: round(median(busy) / median(quiet), 2),
  }
}

const report = {}
try {
  fs.mkdirSync(dir, { recursive: true })
  broker = await startBroker(x)
  await load({ mode: 'announce', z2m: true, rules: x.rules, climates: x.climates })
  const { ids, filled } = await ready()
  report.filled = filled
  console.error('filled', JSON.stringify(filled))
  await boot()
  await load({ mode: 'react', rules: x.rules, rate: 100, seconds: 2 })
  const only = arg('only', 'charts,export,replay,room').split(',')
  if (only.includes('charts')) {
    await chart(ids, 24, '5m', 5)
    report.day = await chart(ids, 24, '5m')
    report.dayRaw = await chart(ids, 24, 'raw')
    report.monthRaw = await chart(ids, 24 * days, 'raw')
    report.month = await chart(ids, 24 * days, 'hour')
    report.monthByDay = await chart(ids, 24 * days, 'day')
    report.yearByHour = await chart(ids.slice(0, withYear), 24 * 365, 'hour')
    console.error('charts', JSON.stringify(report))
  }
  if (only.includes('export')) report.export = await beside((isOver) => exporting(ids, isOver))
  if (only.includes('replay')) report.replay = await beside(replaying)
  if (only.includes('room')) report.room = await shrinking(ids)
} finally {
  await hub?.stop()
  await broker?.stop()
}
console.log('past', JSON.stringify(report))
if (arg('out')) fs.writeFileSync(arg('out'), JSON.stringify(report))
