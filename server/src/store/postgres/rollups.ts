import type { Pool } from 'pg'
import { bucketColumns, tableOf } from '../series.ts'
import type { Bucket, RollupEngine, SealedStateRow } from '../rollups.ts'

const columns = ['n', 'min', 'max', 'total', 'seconds', 'last'] as const
const replaced = columns.map((each) => `${each} = excluded.${each}`).join(', ')
const onConflict = (isKept: boolean, set: string) =>
  isKept ? 'ON CONFLICT DO NOTHING' : `ON CONFLICT (home_id, series_id, ts) DO UPDATE SET ${set}`

export function rollupEngine(pool: Pool): RollupEngine {
  const rows = async <R extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<R[]> => (await pool.query<R>({ name, text, values: [...values] })).rows
  const span = 'home_id = $1 AND series_id = $2 AND ts >= $3 AND ts < $4'
  return {
    saveBuckets: async (n, series, grain, buckets, keepBefore) => {
      for (const isKept of [true, false]) {
        const some = buckets.filter(({ ts }) => ts < keepBefore === isKept)
        if (some.length === 0) continue
        await rows(
          `save-${grain}-${isKept}`,
          `INSERT INTO ${tableOf[grain]} (home_id, series_id, ts, ${bucketColumns}) SELECT $1::bigint, $2::bigint, * FROM unnest($3::bigint[], $4::bigint[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[]) ${onConflict(isKept, replaced)}`,
          [n, series, some.map(({ ts }) => ts), ...columns.map((each) => some.map((bucket) => bucket[each]))],
        )
      }
    },
    saveStates: async (n, series, states, keepBefore) => {
      for (const isKept of [true, false]) {
        const some = states.filter(({ ts }) => ts < keepBefore === isKept)
        if (some.length === 0) continue
        await rows(
          `save-states-${isKept}`,
          `INSERT INTO state_hour (home_id, series_id, ts, value) SELECT $1::bigint, $2::bigint, * FROM unnest($3::bigint[], $4::text[]) ${onConflict(isKept, 'value = excluded.value')}`,
          [n, series, some.map(({ ts }) => ts), some.map(({ value }) => value)],
        )
      }
    },
    rolledTo: async (n, series, ts) => {
      await rows('rolled-to', 'UPDATE series SET rolled_to = $3 WHERE home_id = $1 AND series_id = $2', [
        n,
        series,
        ts,
      ])
    },
    buckets: (n, series, grain, from, to, limit) =>
      rows<Bucket>(
        `buckets-${grain}`,
        `SELECT ts, ${bucketColumns} FROM ${tableOf[grain]} WHERE ${span} ORDER BY ts LIMIT $5`,
        [n, series, from, to, limit],
      ),
    states: (n, series, from, to, limit) =>
      rows<SealedStateRow>('states', `SELECT ts, value FROM state_hour WHERE ${span} ORDER BY ts LIMIT $5`, [
        n,
        series,
        from,
        to,
        limit,
      ]),
    lastSample: async (n, series, before, since) =>
      (
        await rows<{ ts: number; value: number }>(
          'last-sample',
          `SELECT ts, value FROM sample WHERE ${span} ORDER BY ts DESC LIMIT 1`,
          [n, series, since, before],
        )
      )[0],
    lastText: async (n, series, before, since) =>
      (
        await rows<SealedText>(
          'last-text',
          `SELECT ts, value FROM sample_text WHERE ${span} ORDER BY ts DESC LIMIT 1`,
          [n, series, since, before],
        )
      )[0],
    firstAt: async (n, series) =>
      (await rows<{ ts: number | null }>('first-at', `SELECT ${first} AS ts`, [n, series]))[0]?.ts ??
      undefined,
    countRows: async (n, series) => {
      const [found] = await rows<Counted>('count-series', counted, [n, series])
      const { samples = 0, texts = 0, hours = 0, days = 0, stateHours = 0, from, to } = found ?? {}
      return {
        samples,
        texts,
        hours,
        days,
        stateHours,
        ...(from === null || to === null || from === undefined || to === undefined ? {} : { from, to }),
      }
    },
  }
}

type SealedText = NonNullable<Awaited<ReturnType<RollupEngine['lastText']>>>
interface Counted {
  readonly samples: number
  readonly texts: number
  readonly hours: number
  readonly days: number
  readonly stateHours: number
  readonly from: number | null
  readonly to: number | null
}
const own = 'home_id = $1 AND series_id = $2'
const first = `least((SELECT min(ts) FROM sample WHERE ${own}), (SELECT min(ts) FROM sample_text WHERE ${own}))`
const counted = `SELECT
  (SELECT count(*) FROM sample WHERE ${own}) AS samples,
  (SELECT count(*) FROM sample_text WHERE ${own}) AS texts,
  (SELECT count(*) FROM sample_hour WHERE ${own}) AS hours,
  (SELECT count(*) FROM sample_day WHERE ${own}) AS days,
  (SELECT count(*) FROM state_hour WHERE ${own}) AS "stateHours",
  ${first} AS "from",
  greatest((SELECT max(ts) FROM sample WHERE ${own}), (SELECT max(ts) FROM sample_text WHERE ${own})) AS "to"`
