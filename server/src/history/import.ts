import { AppError, unitWord, type Access, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { HistoryImported, HistoryImportPreview } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import type { Homes } from '../homes/homes.ts'
import type { HistoryDb, HomeHistory, SeriesName } from '../store/stores.ts'
import { hourMs } from './grids.ts'
import { kindOf, type SeriesKind } from './kinds.ts'
import type { CsvRead, Row } from './read-csv.ts'
import type { Rollups } from './rollups.ts'

const batchRows = 2_000
const dayMs = 24 * hourMs
/** As far back as anything would be kept of it; the periods of the data map, a day short. */
const backMs = { nothing: 29 * dayMs, hours: 390 * dayMs, days: 3_651 * dayMs } as const
/** A clock may run ahead a little. */
const aheadMs = 5 * 60_000

export interface ImportWish {
  readonly device: DeviceId
  readonly part: string
  readonly capability: string
  readonly attribute: string
  readonly csv: string
  readonly resets: boolean
}
export interface ImportDeps {
  readonly history: HistoryDb
  readonly homes: Pick<Homes, 'device'>
  readonly rollups: Pick<Rollups, 'runHome'>
  readonly flush: () => Promise<void>
  readonly now: () => number
}

const byPerson = (home: HomeId, subject: SubjectId): Access<{ readonly home: HomeId }> => ({
  scope: { home },
  actor: { kind: 'person', subject },
  purpose: 'service.core',
})

/** Takes in values from elsewhere: all of a table, or none of it. */
export class HistoryImport {
  readonly #deps: ImportDeps
  readonly #running = new Set<HomeId>()

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  /** What the table would bring, its faults among it; nothing is written. */
  async look(home: HomeId, subject: SubjectId, wish: ImportWish): Promise<HistoryImportPreview> {
    const asked = this.#named(home, wish)
    return this.#alone(home, async () => {
      const { rows, errors, faulty, repeated } = await this.#read(asked, wish)
      await this.#deps.flush()
      const known = await knownOf(this.#deps.history.as(byPerson(home, subject)), asked.name, rows)
      const { type, unit, kept } = asked.kind
      return {
        ...{ rows: rows.length, added: rows.length - known, known, repeated },
        ...spanOf(rows),
        ...(type === 'number' ? boundsOf(rows) : {}),
        ...{ type, kept, faulty, faults: [...errors] },
        ...(unit === undefined ? {} : { unit: unitWord(unit) }),
      }
    })
  }

  async take(home: HomeId, subject: SubjectId, wish: ImportWish): Promise<HistoryImported> {
    const asked = this.#named(home, wish)
    return this.#alone(home, async () => {
      const { rows, errors, repeated } = await this.#read(asked, wish)
      if (errors.length > 0) throw new AppError('input.invalid', { errors })
      await this.#deps.flush()
      const known = await write(this.#deps.history.as(byPerson(home, subject)), asked.name, rows)
      // At once, so that what is older than raw values are kept is added up before it goes.
      await this.#deps.rollups.runHome(home)
      return { added: rows.length - known, known, repeated, ...spanOf(rows) }
    })
  }

  #named(home: HomeId, wish: ImportWish): Asked {
    const device = this.#deps.homes.device(home, wish.device)
    const path = `${wish.part}/${wish.capability}/${wish.attribute}`
    if (!has(device, path))
      throw new AppError('input.invalid', { errors: [{ path: 'attribute', code: 'not-kept' }] })
    return { name: { device: device.id, path }, kind: kindOf(path, device) }
  }

  async #read({ name, kind }: Asked, { csv, resets }: ImportWish): Promise<CsvRead> {
    const now = this.#deps.now()
    const [earliest, latest] = [now - backMs[kind.kept], now + aheadMs]
    const { readCsv } = await import('./read-csv.ts')
    return readCsv(csv, { path: name.path, kind, earliest, latest, resets })
  }

  /** One table at a time: each is large, and each works out the hours of its span anew. */
  async #alone<T>(home: HomeId, work: () => Promise<T>): Promise<T> {
    if (this.#running.has(home)) throw new AppError('server.busy')
    this.#running.add(home)
    try {
      return await work()
    } finally {
      this.#running.delete(home)
    }
  }
}

interface Asked {
  readonly name: SeriesName
  readonly kind: SeriesKind
}

const spanOf = (rows: readonly Row[]): { readonly from?: string; readonly to?: string } =>
  rows.length === 0 ? {} : { from: isoInstant(rows[0]!.ts), to: isoInstant(rows.at(-1)!.ts) }

function boundsOf(rows: readonly Row[]): { readonly min?: number; readonly max?: number } {
  let [min, max] = [Infinity, -Infinity]
  for (const { value } of rows) [min, max] = [Math.min(min, Number(value)), Math.max(max, Number(value))]
  return rows.length === 0 ? {} : { min, max }
}

function has(device: ReturnType<Homes['device']>, path: string): boolean {
  for (const { groups } of device.parts.values())
    for (const { cells } of groups.values())
      if (cells.some((cell) => cell.path === path && cell.step >= 0)) return true
  return false
}

/** How many of the rows were there already; what is there stays as it is. */
const write = (at: HomeHistory, name: SeriesName, rows: readonly Row[]): Promise<number> =>
  knownOf(at, name, rows, (news) => at.append(news.map((row) => ({ ...name, ...row }))))

/** How many of the rows are there already, some at a time; with what is to become of the others. */
async function knownOf(
  at: HomeHistory,
  name: SeriesName,
  rows: readonly Row[],
  each?: (news: readonly Row[]) => Promise<unknown>,
): Promise<number> {
  let known = 0
  for (let from = 0; from < rows.length; from += batchRows) {
    const some = rows.slice(from, from + batchRows)
    const there = await thereOf(at, name, new Set(some.map(({ ts }) => ts)), some[0]!.ts, some.at(-1)!.ts + 1)
    known += there.size
    await each?.(some.filter(({ ts }) => !there.has(ts)))
    await new Promise((resolve) => setImmediate(resolve))
  }
  return known
}

/** Which of these instants have a value, read a page at a time: there may be many more between them. */
async function thereOf(
  at: HomeHistory,
  name: SeriesName,
  wanted: ReadonlySet<number>,
  from: number,
  to: number,
): Promise<ReadonlySet<number>> {
  const found = new Set<number>()
  for (let next = from; ;) {
    const { points, truncated } = await at.raw({ ...name, from: next, to, limit: batchRows })
    for (const [ts] of points) if (wanted.has(ts)) found.add(ts)
    const last = points.at(-1)
    if (!truncated || last === undefined) return found
    next = last[0] + 1
    await new Promise((resolve) => setImmediate(resolve))
  }
}
