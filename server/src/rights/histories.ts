import type { Access, DeviceId, HomeId, SubjectId } from '@eaves/model'
import { dataMap } from '../store/schema.ts'
import type { Bucket, Grain, HistoryDb, StateBucket } from '../store/stores.ts'
import type { SeenHome } from './belongings.ts'

const byPerson = (home: HomeId, subject: SubjectId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})
const sees = ({ devices }: SeenHome, device: string) => devices === undefined || devices.has(device)
const { live_state: live, series: named } = dataMap.history

/** The last values of the devices that somebody sees. */
export async function liveOf(history: HistoryDb, subject: SubjectId, seen: SeenHome) {
  if (!seen.sees(live.seen?.by ?? '')) return []
  const rows = await history.as(byPerson(seen.home, subject)).loadLive()
  return rows.filter(({ device }) => sees(seen, device)).map(({ device, values }) => ({ device, values }))
}

export interface SeriesName {
  readonly device: DeviceId
  readonly path: string
}
/** Which values of which devices have a history that this person may see. */
export async function seriesOf(
  history: HistoryDb,
  subject: SubjectId,
  seen: SeenHome,
): Promise<readonly SeriesName[]> {
  if (!seen.sees(named.seen?.by ?? '')) return []
  const store = history.as(byPerson(seen.home, subject))
  return (await store.allSeries()).filter(({ device }) => sees(seen, device))
}

const page = 1_000
type Point = readonly [ts: number, value: number | string]
/** All points of a series, oldest first, a page in memory at a time. */
export async function* pointsOf(
  history: HistoryDb,
  subject: SubjectId,
  { home }: SeenHome,
  { device, path }: SeriesName,
): AsyncGenerator<readonly Point[]> {
  const store = history.as(byPerson(home, subject))
  for (let from = 0; ;) {
    const { points, truncated } = await store.raw({
      device,
      path,
      from,
      to: Number.MAX_SAFE_INTEGER,
      limit: page,
    })
    yield points
    const last = points.at(-1)
    if (!truncated || last === undefined) return
    from = last[0] + 1
  }
}

const always = [0, Number.MAX_SAFE_INTEGER] as const
/** What a series comes to by the hour or the day. */
export const bucketsOf = (
  history: HistoryDb,
  subject: SubjectId,
  { home }: SeenHome,
  series: SeriesName,
  grain: Grain,
): Promise<readonly Bucket[]> => history.as(byPerson(home, subject)).buckets(series, grain, ...always)
/** How long it was in which state, by the hour. */
export const statesOf = (
  history: HistoryDb,
  subject: SubjectId,
  { home }: SeenHome,
  series: SeriesName,
): Promise<readonly StateBucket[]> => history.as(byPerson(home, subject)).states(series, ...always)
