import { bucketColumns, tableOf } from '../series.ts'
import type { Bucket, RollupEngine, SealedStateRow } from '../rollups.ts'
import type { SqliteFile } from './database.ts'

const replaced = ['n', 'min', 'max', 'total', 'seconds', 'last']
  .map((each) => `${each} = excluded.${each}`)
  .join(', ')

export function rollupEngine(file: SqliteFile, write: <R>(fn: () => R) => R): RollupEngine {
  const span = 'home_id = ? AND series_id = ? AND ts >= ? AND ts < ?'
  const count = (table: string, n: number, series: number) =>
    file.get<{ rows: number }>(
      `SELECT count(*) AS rows FROM ${table} WHERE home_id = ? AND series_id = ?`,
      n,
      series,
    )?.rows ?? 0
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
    buckets: async (n, series, grain, from, to) =>
      file.all<Bucket>(
        `SELECT ts, ${bucketColumns} FROM ${tableOf[grain]} WHERE ${span} ORDER BY ts`,
        n,
        series,
        from,
        to,
      ),
    states: async (n, series, from, to) =>
      file.all<SealedStateRow>(
        `SELECT ts, value FROM state_hour WHERE ${span} ORDER BY ts`,
        n,
        series,
        from,
        to,
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
        samples: count('sample', n, series),
        texts: count('sample_text', n, series),
        hours: count('sample_hour', n, series),
        days: count('sample_day', n, series),
        stateHours: count('state_hour', n, series),
        ...(first.length > 0 ? { from: Math.min(...first), to: Math.max(...last) } : {}),
      }
    },
  }
}
