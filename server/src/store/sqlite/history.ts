import type { HomeId } from '@eaves/model'
import type { HistoryEngine, SealedLiveRow, SeriesRow } from '../history.ts'
import { bucketColumns, ofSeries } from '../series.ts'
import { Pace } from '../../pace.ts'
import { giveBack, type SqliteFile } from './database.ts'
import { rollupEngine } from './rollups.ts'

const forgottenAtOnce = 500
/** Somebody waits for it to be done. */
const forgottenEveryMs = 5
const forgetSome = (file: SqliteFile, table: string, n: number, series: number): number =>
  file.run(
    `DELETE FROM ${table} WHERE home_id = ? AND series_id = ? AND ts IN (SELECT ts FROM ${table} WHERE home_id = ? AND series_id = ? ORDER BY ts LIMIT ${forgottenAtOnce})`,
    n,
    series,
    n,
    series,
  )

/** Histories in a file of their own. Statements are kept, a batch is one transaction. */
export function historyEngine(facts: SqliteFile, file: SqliteFile, written: () => void): HistoryEngine {
  const write = <R>(fn: () => R): R => {
    written()
    return file.transaction(fn)
  }
  const forgetRows = async (n: number, series: number): Promise<void> => {
    const pace = new Pace(forgottenEveryMs)
    for (const table of ofSeries)
      while (write(() => forgetSome(file, table, n, series)) === forgottenAtOnce) await pace.keep()
  }
  return {
    homeNumber: async (home: HomeId) =>
      facts.get<{ n: number }>('SELECT n FROM home WHERE home_id = ?', home)?.n,
    series: async (n) =>
      file.all<SeriesRow>('SELECT series_id, device_id, path, rolled_to FROM series WHERE home_id = ?', n),
    addSeries: async (n, rows) =>
      write(() => {
        for (const { series_id, device_id, path } of rows)
          file.run(
            'INSERT INTO series (home_id, series_id, device_id, path) VALUES (?, ?, ?, ?)',
            n,
            series_id,
            device_id,
            path,
          )
      }),
    append: async (n, samples, texts, late) =>
      write(() => {
        for (const { series, ts, value } of samples)
          file.run(
            'INSERT INTO sample (home_id, series_id, ts, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
            n,
            series,
            ts,
            value,
          )
        for (const { series, ts, value } of texts)
          file.run(
            'INSERT INTO sample_text (home_id, series_id, ts, value) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
            n,
            series,
            ts,
            value,
          )
        for (const { series, ts } of late)
          file.run(
            'UPDATE series SET rolled_to = ? WHERE home_id = ? AND series_id = ? AND rolled_to > ?',
            ts,
            n,
            series,
            ts,
          )
      }),
    samples: async (n, series, from, to, limit) =>
      file.rows(
        'SELECT ts, value FROM sample WHERE home_id = ? AND series_id = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?',
        n,
        series,
        from,
        to,
        limit,
      ),
    texts: async (n, series, from, to, limit) =>
      file.all(
        'SELECT ts, value FROM sample_text WHERE home_id = ? AND series_id = ? AND ts >= ? AND ts < ? ORDER BY ts LIMIT ?',
        n,
        series,
        from,
        to,
        limit,
      ),
    saveLive: async (n, rows) =>
      write(() => {
        for (const { device_id, values, at } of rows) {
          file.run(
            'INSERT INTO live_state (home_id, device_id, "values", at) VALUES (?, ?, ?, ?) ON CONFLICT (home_id, device_id) DO UPDATE SET "values" = excluded."values", at = excluded.at',
            n,
            device_id,
            values,
            at,
          )
        }
      }),
    loadLive: async (n) =>
      file.all<SealedLiveRow>('SELECT device_id, "values", at FROM live_state WHERE home_id = ?', n),
    // A device may have a million rows, so they go a few at a time; the series last, so that what breaks off can be done again.
    forgetDevice: async (n, device) => {
      for (const { series_id } of file.all<{ series_id: number }>(
        'SELECT series_id FROM series WHERE home_id = ? AND device_id = ?',
        n,
        device,
      ))
        await forgetRows(n, series_id)
      write(() => {
        file.run('DELETE FROM series WHERE home_id = ? AND device_id = ?', n, device)
        file.run('DELETE FROM live_state WHERE home_id = ? AND device_id = ?', n, device)
      })
    },
    forgetSeries: async (n, series) => {
      await forgetRows(n, series)
      write(() => file.run('DELETE FROM series WHERE home_id = ? AND series_id = ?', n, series))
    },
    giveBack: (isStopped) => giveBack(file, written, isStopped),
    renameSeries: async (n, { series_id, device_id, path }) =>
      write(() => {
        file.run(
          'UPDATE series SET device_id = ?, path = ? WHERE home_id = ? AND series_id = ?',
          device_id,
          path,
          n,
          series_id,
        )
      }),
    mergeSeries: async (n, from, to) =>
      write(() => {
        for (const [table, columns] of [
          ['sample', 'value'],
          ['sample_hour', bucketColumns],
          ['sample_day', bucketColumns],
        ] as const)
          file.run(
            `INSERT INTO ${table} (home_id, series_id, ts, ${columns}) SELECT home_id, ?, ts, ${columns} FROM ${table} WHERE home_id = ? AND series_id = ? ON CONFLICT DO NOTHING`,
            to,
            n,
            from,
          )
        file.run('UPDATE series SET rolled_to = 0 WHERE home_id = ? AND series_id = ?', n, to)
        for (const table of [...ofSeries, 'series'])
          file.run(`DELETE FROM ${table} WHERE home_id = ? AND series_id = ?`, n, from)
      }),
    // By series, so that each delete walks the key; at most `limit` rows hold the file for a moment only. // pp.ret.1
    forgetBefore: async (n, before, limit) =>
      write(() => {
        let gone = 0
        for (const { series_id } of file.all<{ series_id: number }>(
          'SELECT series_id FROM series WHERE home_id = ?',
          n,
        )) {
          for (const table of ['sample', 'sample_text']) {
            if (gone >= limit) return gone
            gone += file.run(
              `DELETE FROM ${table} WHERE home_id = ? AND series_id = ? AND ts < ? AND ts IN (SELECT ts FROM ${table} WHERE home_id = ? AND series_id = ? AND ts < ? ORDER BY ts LIMIT ?)`,
              n,
              series_id,
              before,
              n,
              series_id,
              before,
              limit - gone,
            )
          }
        }
        return gone
      }),
    ...rollupEngine(file, write),
  }
}
