import type { Sealed } from '@eaves/model'
import type { StateSeconds } from '../history/data.ts'
import type { OpenKey } from '../privacy/vault.ts'
import { Pace } from '../pace.ts'
import { textOf } from './cells.ts'
import type { HistoryEngine, HomeSeries, Sealing, SeriesMove } from './history.ts'
import { nameOf } from './series.ts'

/** Carries one series on under another name; where that has one already they become one. */
export async function moveOne(
  engine: HistoryEngine,
  { n, ids, rolled }: HomeSeries,
  key: OpenKey,
  field: Sealing['field'],
  { from, to }: SeriesMove,
): Promise<void> {
  const [before, after] = [nameOf(from.device, from.path), nameOf(to.device, to.path)]
  const source = ids.get(before)
  const target = ids.get(after)
  if (source === undefined || source === target) return
  if (target === undefined) {
    const path = key.seal<Sealed<string>>(
      { table: 'series', column: 'path', rowId: String(source) },
      textOf(field('series', 'path'), 'home', to.path, 'series.path'),
    )
    await engine.renameSeries(n, { series_id: source, device_id: to.device, path })
    ids.set(after, source)
  } else {
    await moveTexts(engine, n, key, source, target)
    await moveStates(engine, n, key, source, target)
    await engine.mergeSeries(n, source, target)
    rolled.set(target, 0)
    rolled.delete(source)
  }
  ids.delete(before)
}

/** Sealed rows that are opened and sealed anew at once. */
const atOnce = 50
/** A text is sealed for its place, so one that moves is sealed anew. */
async function moveTexts(
  engine: HistoryEngine,
  n: number,
  key: OpenKey,
  source: number,
  target: number,
): Promise<void> {
  const place = (series: number, ts: number) => ({
    table: 'sample_text',
    column: 'value',
    rowId: `${series}:${ts}`,
  })
  const pace = new Pace()
  for (let from = 0; ;) {
    const rows = await engine.texts(n, source, from, Number.MAX_SAFE_INTEGER, atOnce)
    const moved = rows.map(({ ts, value }) => ({
      series: target,
      ts,
      value: key.seal<string>(place(target, ts), key.open(place(source, ts), value)),
    }))
    if (moved.length > 0) await engine.append(n, [], moved, [])
    if (rows.length < atOnce) return
    from = rows.at(-1)!.ts + 1
    await pace.keep()
  }
}

/** The same of what the states of an hour come to. */
async function moveStates(
  engine: HistoryEngine,
  n: number,
  key: OpenKey,
  source: number,
  target: number,
): Promise<void> {
  const place = (series: number, ts: number) => ({
    table: 'state_hour',
    column: 'value',
    rowId: `${series}:${ts}`,
  })
  const pace = new Pace()
  for (let from = 0; ;) {
    const rows = await engine.states(n, source, from, Number.MAX_SAFE_INTEGER, atOnce)
    const moved = rows.map(({ ts, value }) => ({
      ts,
      value: key.seal<Sealed<StateSeconds>>(place(target, ts), key.open(place(source, ts), value)),
    }))
    if (moved.length > 0) await engine.saveStates(n, target, moved, Number.MAX_SAFE_INTEGER)
    if (rows.length < atOnce) return
    from = rows.at(-1)!.ts + 1
    await pace.keep()
  }
}
