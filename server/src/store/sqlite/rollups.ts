import { bucketColumns, tableOf } from '../series.ts'
import type { Bucket, RollupEngine, SealedStateRow } from '../rollups.ts'
import { Pace } from '../../pace.ts'
import type { SqliteFile } from './database.ts'

/** So many keys are counted in a moment. */
const countedAtOnce = 10_000

const replaced = ['n', 'min', 'max', 'total', 'seconds', 'last']
  .map((each) => `${each} = excluded.${each}`)
  .join(', ')

type BucketRow = readonly [
  ts: number,
  n: number,
  min: number,
  max: number,
  total: number,
  seconds: number,
  last: number,
]
const bucketOf = ([ts, n, min, max, total, seconds, last]: BucketRow): Bucket => ({
  ts,
  n,
  min,
  max,
  total,
  seconds,
  last,
})

export function rollupEngine(file: SqliteFile, write: <R>(fn: () => R) => R): RollupEngine {
  const span = 'home_id = ? AND series_id = ? AND ts >= ? AND ts < ?'
  const count = async (table: string, n: number, series: number): Promise<number> => {
    const pace = new Pace()
    for (let [rows, from] = [0, Number.MIN_SAFE_INTEGER]; ;) {
      const page = file.get<{ rows: number; last: number | null }>(
        `SELECT count(*) AS rows, max(ts) AS last FROM (SELECT ts FROM ${table} WHERE home_id = ? AND series_id = ? AND ts >= ? ORDER BY ts LIMIT ${countedAtOnce})`,
        n,
        series,
        from,
      )
      rows += page?.rows ?? 0
      if (page === undefined || page.last === null || page.rows < countedAtOnce) return rows
      from = page.last + 1
      await pace.keep()
    }
  }
  const edge = (order: 'ASC' | 'DESC', n: number, series: number) =>
    ['sample', 'sample_text'].flatMap(
      (table) =>
        file.get<{ ts: number }>(
          `SELECT ts FROM ${table} WHERE home_id = ? AND series_id = ? ORDER BY ts ${order} LIMIT 1`,
          n,
          series,
        )?.ts ?? [],
    )
  return {
    saveBuckets: async (n, series, grain, rows, keepBefore) =>
      write(() => {
        const insert = `INSERT INTO ${tableOf[grain]} (home_id, series_id, ts, ${bucketColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT`
        for (const { ts, n: values, min, max, total, seconds, last } of rows)
          file.run(
            ts < keepBefore
              ? `${insert} DO NOTHING`
              : `${insert} (home_id, series_id, ts) DO UPDATE SET ${replaced}`,
            n,
            series,
            ts,
            values,
            min,
            max,
            total,
            seconds,
            last,
          )
      }),
    saveStates: async (n, series, rows, keepBefore) =>
      write(() => {
        const insert =
          'INSERT INTO state_hour (home_id, series_id, ts, value) VALUES (?, ?, ?, ?) ON CONFLICT'
        for (const { ts, value } of rows)
          file.run(
            ts < keepBefore
              ? `${insert} DO NOTHING`
              : `${insert} (home_id, series_id, ts) DO UPDATE SET value = excluded.value`,
            n,
            series,
            ts,
            value,
          )
      }),
    rolledTo: async (n, series, ts) =>
      write(() => {
        file.run('UPDATE series SET rolled_to = ? WHERE home_id = ? AND series_id = ?', ts, n, series)
      }),
    buckets: async (n, series, grain, from, to, limit) =>
      file
        .rows<BucketRow>(
          `SELECT ts, ${bucketColumns} FROM ${tableOf[grain]} WHERE ${span} ORDER BY ts LIMIT ?`,
          n,
          series,
          from,
          to,
          limit,
        )
        .map(bucketOf),
    states: async (n, series, from, to, limit) =>
      file.all<SealedStateRow>(
        `SELECT ts, value FROM state_hour WHERE ${span} ORDER BY ts LIMIT ?`,
        n,
        series,
        from,
        to,
        limit,
      ),
    lastSample: async (n, series, before, since) =>
      file.get(
        `SELECT ts, value FROM sample WHERE ${span} ORDER BY ts DESC LIMIT 1`,
        n,
        series,
        since,
        before,
      ),
    lastText: async (n, series, before, since) =>
      file.get(
        `SELECT ts, value FROM sample_text WHERE ${span} ORDER BY ts DESC LIMIT 1`,
        n,
        series,
        since,
        before,
      ),
    firstAt: async (n, series) => {
      const first = edge('ASC', n, series)
      return first.length === 0 ? undefined : Math.min(...first)
    },
    countRows: async (n, series) => {
      const [first, last] = [edge('ASC', n, series), edge('DESC', n, series)]
      return {
        samples: await count('sample', n, series),
        texts: await count('sample_text', n, series),
        hours: await count('sample_hour', n, series),
        days: await count('sample_day', n, series),
        stateHours: await count('state_hour', n, series),
        ...(first.length > 0 ? { from: Math.min(...first), to: Math.max(...last) } : {}),
      }
    },
  }
}
