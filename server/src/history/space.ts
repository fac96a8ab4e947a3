import type { Access, DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { HistorySpace, HistoryValues } from '@eaves/model/api'
import type { Homes } from '../homes/homes.ts'
import { Pace } from '../pace.ts'
import type { HistoryDb, SeriesRows } from '../store/stores.ts'
import { hourMs } from './grids.ts'
import { named } from './kept.ts'
import { kindOf } from './kinds.ts'

/** What a row takes in the file of a household; of numbers as `npm run bench -- --only w5` measures it. */
const bytesOfRow = { samples: 27, texts: 96, hours: 56, days: 56, stateHours: 130 } as const
const dayMs = 24 * hourMs

const byPerson = (home: HomeId, subject: SubjectId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})

/** What the histories of the devices that somebody sees take, the largest first. */
export async function spaceOf(
  { history, homes }: { readonly history: HistoryDb; readonly homes: Homes },
  home: HomeId,
  subject: SubjectId,
  sees: (device: DeviceId) => boolean,
): Promise<HistorySpace> {
  const at = history.as(byPerson(home, subject))
  const devices = new Map<DeviceId, HistorySpace['devices'][number]>()
  const { runtime } = homes.home(home)
  const pace = new Pace()
  for (const name of await at.rolledSeries()) {
    if (!sees(name.device)) continue
    const rows = await at.rowsOf(name)
    const before = devices.get(name.device) ?? { device: name.device, bytes: 0, rows: 0, values: [] }
    const value = valueOf(rows, kindOf(name.path, runtime.devices.get(name.device)).kept)
    devices.set(name.device, {
      ...before,
      bytes: before.bytes + value.bytes,
      rows: before.rows + value.samples + value.hours + value.days,
      values: [...before.values, value],
    })
    // Counting reads every key of a series: whoever waits for an answer comes first.
    await pace.keep()
  }
  const all = [...devices.values()]
    .map((each) => ({ ...each, values: each.values.toSorted((a, b) => b.bytes - a.bytes) }))
    .toSorted((a, b) => b.bytes - a.bytes)
  const sum = (of: 'bytes' | 'rows') => all.reduce((total, each) => total + each[of], 0)
  return { bytes: sum('bytes'), rows: sum('rows'), devices: all }
}

/** Which values somebody may ask for. */
export async function valuesOf(
  history: HistoryDb,
  home: HomeId,
  subject: SubjectId,
  sees: (device: DeviceId) => boolean,
): Promise<HistoryValues> {
  const all = await history.as(byPerson(home, subject)).rolledSeries()
  return all.flatMap(({ device, path }) => (sees(device) ? [{ device, ...named(path) }] : []))
}

type Value = HistorySpace['devices'][number]['values'][number]
function valueOf({ path, from, to, ...rows }: SeriesRows, kept: Value['kept']): Value {
  const bytes = (Object.keys(bytesOfRow) as (keyof typeof bytesOfRow)[]).reduce(
    (sum, each) => sum + rows[each] * bytesOfRow[each],
    0,
  )
  const samples = rows.samples + rows.texts
  const days = from === undefined || to === undefined ? 1 : Math.max(1, (to - from) / dayMs)
  return {
    ...named(path),
    bytes,
    samples,
    hours: rows.hours + rows.stateHours,
    days: rows.days,
    perDay: Math.round(samples / days),
    kept,
  }
}
