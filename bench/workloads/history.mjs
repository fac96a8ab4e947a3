// node workloads/history.mjs [--samples 1000000] [--sensors 1000] [--file out]: W5. What history writes beside a bare SQLite relay with the same table and
// pragmas, batch by batch in turns in one process; what a sample takes; how fast it is condensed; and charts as the API answers them.
import fs from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { newId } from '@eaves/model'
import { HistoryReader, Rollups } from '../../server/src/history/history.ts'
import { internalsOf } from '../../server/src/store/internals.ts'
import { openTestStores, quietLog } from '../../server/src/store/testing.ts'
import { median, round } from '../lib/util.mjs'

const arg = (k, d) => {
  const i = process.argv.indexOf(`--${k}`)
  return i < 0 ? d : process.argv[i + 1]
}
const sensors = +arg('sensors', 1_000)
const batches = Math.round(+arg('samples', 1_000_000) / sensors)
const hourMs = 3_600_000
const days = 30
const now = Date.UTC(2026, 10, 30, 12, 30)
const stepMs = Math.floor((days * 24 * hourMs) / batches)
const start = now - batches * stepMs

const at = await openTestStores('sqlite', { clock: { now: () => now } })
const { facts, vault, history } = at.stores
const home = newId()
await vault.createKey({ home })
const access = { scope: { home }, actor: { kind: 'system', part: 'runtime' }, purpose: 'service.core' }
const db = facts.as(access)
await db
  .insertInto('home')
  .values({
    home_id: home,
    tenant: 'main',
    n: 1,
    name: await db.seal('home', 'name', home, 'Bench'),
    zone: 'UTC',
    created_at: 1,
  })
  .execute()
const own = history.as(access)
const devices = Array.from({ length: sensors }, () => newId())
const path = 'main/temperature/celsius'

const relayPath = join(at.options.dataDir, 'relay.db')
const relay = new DatabaseSync(relayPath)
for (const pragma of [
  'busy_timeout=5000',
  'journal_mode=WAL',
  'synchronous=NORMAL',
  'foreign_keys=ON',
  'secure_delete=ON',
])
  relay.exec(`PRAGMA ${pragma}`)
relay.exec(
  'CREATE TABLE sample (home_id integer NOT NULL, series_id integer NOT NULL, ts integer NOT NULL, value real NOT NULL, PRIMARY KEY (home_id, series_id, ts)) STRICT, WITHOUT ROWID',
)
const insert = relay.prepare(
  'INSERT INTO sample (home_id, series_id, ts, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
)

const took = { eaves: [], relay: [] }
const valueOf = (i, b) => Math.round(200 + 30 * Math.sin((i + b) / 40) + (i % 50)) / 10
const write = {
  eaves: (b) =>
    own.append(devices.map((device, i) => ({ device, path, ts: start + b * stepMs, value: valueOf(i, b) }))),
  relay: async (b) => {
    relay.exec('BEGIN IMMEDIATE')
    for (let i = 0; i < sensors; i++) insert.run(1, i + 1, start + b * stepMs, valueOf(i, b))
    relay.exec('COMMIT')
  },
}
await write.eaves(0)
await write.relay(0)
for (let b = 1; b < batches; b++)
  for (const side of b % 2 ? ['eaves', 'relay'] : ['relay', 'eaves']) {
    const before = performance.now()
    await write[side](b)
    took[side].push(performance.now() - before)
  }
const { historyFile } = internalsOf(at.stores)
historyFile.exec('PRAGMA wal_checkpoint(TRUNCATE)')
relay.close()
const rows = batches * sensors
const bytes = fs.statSync(historyFile.path).size / rows
const perS = (all) => (sensors * all.length) / (all.reduce((sum, ms) => sum + ms, 0) / 1_000)

/** The device and home that the reader asks for; nothing else of a house is needed. */
const device = (id) => ({ id, shape: { parts: [] }, parts: new Map() })
const place = { id: home, zone: 'Europe/Berlin', runtime: { devices: new Map() } }
const flush = async () => undefined
const reader = new HistoryReader({
  history,
  homes: { device: (_home, id) => device(id), home: () => place },
  flush,
  now: () => now,
})
let n = 0
/** Median ms of a chart, each of another sensor. */
async function chart(hours, resolution, times = 21) {
  const all = []
  let points = 0
  for (let i = 0; i < times; i++) {
    const query = {
      device: devices[(n += 37) % sensors],
      part: 'main',
      capability: 'temperature',
      attribute: 'celsius',
    }
    const before = performance.now()
    const answer = await reader.points(home, newId(), {
      ...query,
      from: String(now - hours * hourMs),
      to: String(now),
      resolution,
    })
    JSON.stringify(answer)
    all.push(performance.now() - before)
    points = answer.points.length
  }
  return { ms: round(median(all), 2), maxMs: round(Math.max(...all), 2), points }
}
const day = await chart(24, '5m')
const monthRaw = await chart(24 * days, 'raw')
const monthUncondensed = await chart(24 * days, 'hour')
const rollups = new Rollups({
  history,
  homes: { ids: () => [home], find: () => place },
  jobs: { handle: () => undefined, enqueue: async () => undefined },
  flush,
  now: () => now,
  log: quietLog,
})
const before = performance.now()
await rollups.runHome(home)
const condensedMs = performance.now() - before
const month = await chart(24 * days, 'hour')
historyFile.exec('PRAGMA wal_checkpoint(TRUNCATE)')
const counted = historyFile.get(
  'SELECT (SELECT count(*) FROM sample_hour) AS hours, (SELECT count(*) FROM sample_day) AS days',
)
const report = {
  rows,
  eavesPerS: round(perS(took.eaves), 0),
  relayPerS: round(perS(took.relay), 0),
  share: round(perS(took.eaves) / perS(took.relay), 2),
  bytesPerSample: round(bytes, 1),
  day,
  monthRaw,
  monthUncondensed,
  month,
  condensedPerS: round(rows / (condensedMs / 1_000), 0),
  bytesPerBucket: round(
    (fs.statSync(historyFile.path).size - bytes * rows) / (counted.hours + counted.days),
    1,
  ),
}
await at.end()
if (month.points < 24 * (days - 1)) throw new Error(`a month came to ${month.points} hours`)
console.log('w5', JSON.stringify(report))
if (arg('out')) fs.writeFileSync(arg('out'), JSON.stringify(report))
