import type { HomeId } from '@eaves/model'
import type { Pool } from 'pg'
import type { HistoryEngine, SealedLiveRow, SeriesRow } from '../history.ts'
import { bucketColumns, ofSeries } from '../series.ts'
import { inTransaction } from './database.ts'
import { rollupEngine } from './rollups.ts'

/** Histories in the same database as the facts; batches travel as arrays. */
export function historyEngine(pool: Pool): HistoryEngine {
  const rows = async <R extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<R[]> => (await pool.query<R>({ name, text, values: [...values] })).rows
  return {
    homeNumber: async (home: HomeId) =>
      (await rows<{ n: number }>('home-number', 'SELECT n FROM home WHERE home_id = $1', [home]))[0]?.n,
    series: (n) =>
      rows<SeriesRow>(
        'series',
        'SELECT series_id, device_id, path, rolled_to FROM series WHERE home_id = $1',
        [n],
      ),
    addSeries: async (n, added) => {
      await rows(
        'add-series',
        'INSERT INTO series (home_id, series_id, device_id, path) SELECT $1::bigint, * FROM unnest($2::bigint[], $3::text[], $4::text[])',
        [n, added.map((r) => r.series_id), added.map((r) => r.device_id), added.map((r) => r.path)],
      )
    },
    append: (n, samples, texts, late) =>
      inTransaction(pool, async (client) => {
        const insert = (
          table: string,
          type: string,
          batch: readonly { readonly series: number; readonly ts: number; readonly value: number | string }[],
        ) =>
          client.query({
            name: `append-${table}`,
            text: `INSERT INTO ${table} (home_id, series_id, ts, value) SELECT $1::bigint, * FROM unnest($2::bigint[], $3::bigint[], $4::${type}[]) ON CONFLICT DO NOTHING`,
            values: [n, batch.map((r) => r.series), batch.map((r) => r.ts), batch.map((r) => r.value)],
          })
        if (samples.length > 0) await insert('sample', 'float8', samples)
        if (texts.length > 0) await insert('sample_text', 'text', texts)
        if (late.length > 0)
          await client.query({
            name: 'late',
            text: 'UPDATE series SET rolled_to = late.ts FROM unnest($2::bigint[], $3::bigint[]) AS late (id, ts) WHERE home_id = $1 AND series_id = late.id AND rolled_to > late.ts',
            values: [n, late.map((r) => r.series), late.map((r) => r.ts)],
          })
      }),
    samples: async (n, series, from, to, limit) =>
      (
        await pool.query<[ts: number, value: number]>({
          name: 'samples',
          text: 'SELECT ts, value FROM sample WHERE home_id = $1 AND series_id = $2 AND ts >= $3 AND ts < $4 ORDER BY ts LIMIT $5',
          values: [n, series, from, to, limit],
          rowMode: 'array',
        })
      ).rows,
    texts: (n, series, from, to, limit) =>
      rows(
        'texts',
        'SELECT ts, value FROM sample_text WHERE home_id = $1 AND series_id = $2 AND ts >= $3 AND ts < $4 ORDER BY ts LIMIT $5',
        [n, series, from, to, limit],
      ),
    saveLive: async (n, live) => {
      // One row a device: the same key twice in one statement is an error in PostgreSQL.
      const last = [...new Map(live.map((r) => [r.device_id, r])).values()]
      await rows(
        'save-live',
        'INSERT INTO live_state (home_id, device_id, "values", at) SELECT $1::bigint, * FROM unnest($2::text[], $3::text[], $4::bigint[]) ON CONFLICT (home_id, device_id) DO UPDATE SET "values" = excluded."values", at = excluded.at',
        [n, last.map((r) => r.device_id), last.map((r) => r.values), last.map((r) => r.at)],
      )
    },
    loadLive: (n) =>
      rows<SealedLiveRow>('load-live', 'SELECT device_id, "values", at FROM live_state WHERE home_id = $1', [
        n,
      ]),
    forgetDevice: (n, device) =>
      inTransaction(pool, async (client) => {
        for (const table of ofSeries)
          await client.query(
            `DELETE FROM ${table} WHERE home_id = $1 AND series_id IN (SELECT series_id FROM series WHERE home_id = $1 AND device_id = $2)`,
            [n, device],
          )
        for (const table of ['series', 'live_state'])
          await client.query(`DELETE FROM ${table} WHERE home_id = $1 AND device_id = $2`, [n, device])
      }),
    forgetSeries: (n, series) =>
      inTransaction(pool, async (client) => {
        for (const table of [...ofSeries, 'series'])
          await client.query(`DELETE FROM ${table} WHERE home_id = $1 AND series_id = $2`, [n, series])
      }),
    // The database sees to its own room.
    giveBack: async () => 0,
    renameSeries: async (n, { series_id, device_id, path }) => {
      await rows(
        'rename-series',
        'UPDATE series SET device_id = $3, path = $4 WHERE home_id = $1 AND series_id = $2',
        [n, series_id, device_id, path],
      )
    },
    mergeSeries: (n, from, to) =>
      inTransaction(pool, async (client) => {
        for (const [table, columns] of [
          ['sample', 'value'],
          ['sample_hour', bucketColumns],
          ['sample_day', bucketColumns],
        ] as const)
          await client.query(
            `INSERT INTO ${table} (home_id, series_id, ts, ${columns}) SELECT home_id, $3, ts, ${columns} FROM ${table} WHERE home_id = $1 AND series_id = $2 ON CONFLICT DO NOTHING`,
            [n, from, to],
          )
        await client.query('UPDATE series SET rolled_to = 0 WHERE home_id = $1 AND series_id = $2', [n, to])
        for (const table of [...ofSeries, 'series'])
          await client.query(`DELETE FROM ${table} WHERE home_id = $1 AND series_id = $2`, [n, from])
      }),
    forgetBefore: async (n, before, limit) => {
      // pp.ret.1
      let gone = 0
      for (const table of ['sample', 'sample_text']) {
        const done = await pool.query(
          `DELETE FROM ${table} WHERE (home_id, series_id, ts) IN (SELECT home_id, series_id, ts FROM ${table} WHERE home_id = $1 AND ts < $2 LIMIT $3)`,
          [n, before, limit - gone],
        )
        gone += done.rowCount ?? 0
      }
      return gone
    },
    ...rollupEngine(pool),
  }
}
