import {
  capabilities,
  isCapability,
  newId,
  type AutomationId,
  type DeviceId,
  type RunId,
  type VendorValue,
} from '@eaves/model'
import type { AutomationBody, ReplayView, WouldDo } from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { createDevice, isShown, type Batch, type Cell, type Heard, type LiveDevice } from '../homes/homes.ts'
import { watchedBy } from './conditions.ts'
import { writingHands } from './dry-run.ts'
import { Engine } from './engine.ts'
import type { Run } from './run.ts'
import { Signals } from './signals.ts'
import { isLight } from './sun.ts'
import { Targets } from './targets.ts'
import { VirtualClock } from './virtual-clock.ts'
import type { World } from './world.ts'

export type Point = readonly [t: number, v: number | boolean | string]
/** Points of one value, oldest first, at most so many from that instant on. */
export type ReadPoints = (ask: {
  readonly device: DeviceId
  readonly path: string
  readonly from: number
  readonly to: number
}) => Promise<{ readonly points: readonly Point[]; readonly truncated: boolean }>
export interface ReplayDeps {
  readonly world: World
  readonly body: AutomationBody
  readonly from: number
  readonly to: number
  readonly read: ReadPoints
  /** Lets everything else have its turn. */
  readonly breathe: () => Promise<void>
}

const runsShown = 200
/** A value is told again at the latest so long after, so what it was at the beginning is found that far before it. */
const beforeMs = 86_400_000
const mostPoints = 3_000_000
const turnMs = 8
const nothing: readonly never[] = []

/** What history has of one value, page by page. */
class Series {
  readonly cell: Cell
  #points: readonly Point[] = []
  #at = 0
  #isEnd = false
  #from: number
  count = 0

  constructor(cell: Cell, from: number) {
    this.cell = cell
    this.#from = from
  }

  get next(): number {
    return this.#at < this.#points.length ? this.#points[this.#at]![0] : Number.POSITIVE_INFINITY
  }

  get isHungry(): boolean {
    return this.#at >= this.#points.length && !this.#isEnd
  }

  take(): VendorValue {
    return this.#points[this.#at++]![1]
  }

  async feed(read: ReadPoints, to: number): Promise<void> {
    const { device } = this.cell.group
    const { points, truncated } = await read({
      device: device.id,
      path: this.cell.path,
      from: this.#from,
      to,
    })
    this.#points = points
    this.#at = 0
    this.count += points.length
    const last = points.at(-1)
    this.#isEnd = !truncated || last === undefined
    if (last !== undefined) this.#from = last[0] + 1
  }
}

/** How often it would have run over what was kept of the past, and what each run would have done. */
export async function replay({ world: now, body, from, to, read, breathe }: ReplayDeps): Promise<ReplayView> {
  const clock = new VirtualClock(from)
  const past = pastOf(now, from)
  const would = new Map<Run, WouldDo[]>()
  const wouldOf = (run: Run): WouldDo[] => {
    const own = would.get(run) ?? []
    would.set(run, own)
    return own
  }
  const tally = new Tally(now.zone(), wouldOf)
  const id = newId<AutomationId>()
  const engine = new Engine({
    world: past,
    clock,
    hands: writingHands(undefined, wouldOf, clock.now),
    standing: () => undefined,
    stopped: () => undefined,
    ended: (run) => {
      tally.take(run)
      would.delete(run)
    },
    newRunId: () => newId<RunId>(),
  })
  const cells = cellsOf(past, body)
  const series = cells.map((cell) => new Series(cell, from - beforeMs))
  const isCut = await feedAll(series, {
    clock,
    engine,
    from,
    to,
    read,
    breathe,
    begin: () => engine.set({ id, version: 0, body, author: undefined }),
  })
  clock.moveTo(to)
  engine.stop()
  return {
    from: isoInstant(from),
    to: isoInstant(to),
    ...tally.told(),
    unknown: unknownOf(body),
    truncated: isCut,
  }
}

/** Series by their next sample; of those at the same instant the first one first. */
class Queue {
  readonly #order: ReadonlyMap<Series, number>
  readonly #heap: Series[] = []

  constructor(series: readonly Series[]) {
    this.#order = new Map(series.map((each, i) => [each, i]))
    for (const each of series) this.put(each)
  }

  get next(): number {
    return this.#heap[0]?.next ?? Number.POSITIVE_INFINITY
  }

  take(at: number): Series | undefined {
    const heap = this.#heap
    const [first] = heap
    if (first === undefined || first.next !== at) return undefined
    const last = heap.pop()!
    if (heap.length > 0) this.#sink(last)
    return first
  }

  put(series: Series): void {
    if (series.next === Number.POSITIVE_INFINITY) return
    const heap = this.#heap
    let i = heap.push(series) - 1
    for (let up = (i - 1) >> 1; i > 0 && this.#isBefore(series, heap[up]!); up = (i - 1) >> 1) {
      heap[i] = heap[up]!
      i = up
    }
    heap[i] = series
  }

  #sink(series: Series): void {
    const heap = this.#heap
    let i = 0
    for (let down = 1; down < heap.length; down = 2 * i + 1) {
      if (down + 1 < heap.length && this.#isBefore(heap[down + 1]!, heap[down]!)) down++
      if (!this.#isBefore(heap[down]!, series)) break
      heap[i] = heap[down]!
      i = down
    }
    heap[i] = series
  }

  #isBefore(a: Series, b: Series): boolean {
    return a.next < b.next || (a.next === b.next && this.#order.get(a)! < this.#order.get(b)!)
  }
}

interface Feeding extends Pick<ReplayDeps, 'from' | 'to' | 'read' | 'breathe'> {
  readonly clock: VirtualClock
  readonly engine: Engine
  /** Once the values are what they were at the beginning. */
  readonly begin: () => void
}

/** Gives the engine every sample at its own instant; true when there was more than can be looked at. */
async function feedAll(series: readonly Series[], feeding: Feeding): Promise<boolean> {
  const { clock, engine, from, to, read, breathe, begin } = feeding
  for (const each of series) await each.feed(read, to)
  const queue = new Queue(series)
  let hasBegun = false
  let [count, since] = [0, performance.now()]
  for (;;) {
    const at = queue.next
    if (!hasBegun && at >= from) {
      hasBegun = true
      begin()
    }
    if (!Number.isFinite(at) || at > to) return false
    if (at >= from) clock.moveTo(at, false)
    const heard: Heard[] = []
    for (let each = queue.take(at); each !== undefined; each = queue.take(at)) {
      const change = tell(each.cell, each.take(), at)
      if (change !== undefined) heard.push(change)
      if (each.isHungry) await each.feed(read, to)
      queue.put(each)
      count++
    }
    if (at >= from) {
      clock.moveTo(at, false)
      if (heard.length > 0) engine.react(batchOf(heard))
      clock.moveTo(at)
    }
    if (count > mostPoints) return true
    if (performance.now() - since < turnMs) continue
    await breathe()
    since = performance.now()
  }
}

const batchOf = (heard: readonly Heard[]): Batch => ({
  heard,
  happened: nothing,
  reached: nothing,
  touched: new Set(),
})

function tell(cell: Cell, value: VendorValue, at: number): Heard | undefined {
  const known = cell.type === 'boolean' && typeof value === 'number' ? value === 1 : value
  const before = cell.value
  if (before === known) return undefined
  cell.value = known
  cell.changedAt = at
  return { cell, before, value: known, isKept: false, cause: undefined }
}

/** The devices as they are now, with no value: history says what each was. */
function pastOf(now: World, from: number): World {
  const devices = new Map<DeviceId, LiveDevice>()
  for (const device of now.devices.values())
    if (isShown(device)) devices.set(device.id, createDevice({ report: () => undefined }, device))
  return { home: now.home, devices, zone: now.zone, signals: new Signals(), since: from }
}

/** The values that the automation looks at anywhere. */
function cellsOf(world: World, body: AutomationBody): Cell[] {
  const targets = new Targets(world)
  const cells = new Set<Cell>()
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { kind } = node as { kind?: unknown }
    if (kind === 'state' || kind === 'numeric')
      for (const cell of targets.cells(node as Parameters<Targets['cells']>[0])) cells.add(cell)
    if (kind === 'expression')
      for (const cell of watchedBy({ world, targets }, node as Parameters<typeof watchedBy>[1]).cells)
        cells.add(cell)
    Object.values(node).forEach(visit)
  }
  visit([body.triggers, body.conditions ?? [], body.actions])
  return [...cells].filter(isSampled)
}

const isSampled = ({ step, group, attribute }: Cell): boolean =>
  step >= 0 ||
  (isCapability(group.capability) && Object.hasOwn(capabilities[group.capability].attributes, attribute))

/** Presses, absences, the alarm and other automations are kept in no history. */
function unknownOf({ triggers }: AutomationBody): string[] {
  return triggers.flatMap(({ kind }, i) =>
    kind === 'event' || kind === 'availability' || kind === 'run' || kind === 'alarm'
      ? [`triggers/${i}`]
      : [],
  )
}

class Tally {
  readonly #zone: string
  readonly #wouldOf: (run: Run) => WouldDo[]
  #times = 0
  #atNight = 0
  #skipped = 0
  #runs: ReplayView['runs'] = []

  constructor(zone: string, wouldOf: (run: Run) => WouldDo[]) {
    this.#zone = zone
    this.#wouldOf = wouldOf
  }

  take(run: Run): void {
    if (run.result === 'skipped') return void this.#skipped++
    const night = isLight(this.#zone, run.at, 'night')
    this.#times++
    if (night) this.#atNight++
    this.#runs.push({
      at: isoInstant(run.at),
      ...(run.endedAt === undefined ? {} : { endedAt: isoInstant(run.endedAt) }),
      night,
      result: run.result,
      steps: run.steps,
      would: this.#wouldOf(run),
      ...(run.more > 0 ? { more: run.more } : {}),
    })
    if (this.#runs.length > 2 * runsShown) this.#runs = this.#runs.slice(-runsShown)
  }

  told(): Pick<ReplayView, 'times' | 'atNight' | 'skipped' | 'runs'> {
    const runs = this.#runs.slice(-runsShown).reverse()
    return { times: this.#times, atNight: this.#atNight, skipped: this.#skipped, runs }
  }
}
