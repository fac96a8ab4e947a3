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
import type { HoldPast } from '../commands/commands.ts'
import { isoInstant } from '../deps.ts'
import { createDevice, isShown, isUnkept, type Cell, type Heard, type LiveDevice } from '../homes/homes.ts'
import { Pace } from '../pace.ts'
import { walk } from './check/walk.ts'
import { watchedBy } from './conditions.ts'
import { writingHands } from './dry-run.ts'
import { Engine } from './engine.ts'
import type { Run } from './run.ts'
import { demandFree, mayHaveBeenHeld, unknownHolds } from './replay-holds.ts'
import { asksMode, feedModes, type ModePast } from './replay-signals.ts'
import { pricedIn } from './prices.ts'
import { Queue, Series, type ReadPoints } from './samples.ts'
import { Signals } from './signals.ts'
import { isLight } from './sun.ts'
import { Targets } from './targets.ts'
import { waitedFor } from './waited-for.ts'
import { VirtualClock } from './virtual-clock.ts'
import type { PriceSays, World } from './world.ts'
import { isWorked, worthOf } from './worth.ts'

export type { Point, ReadPoints } from './samples.ts'
export interface ReplayDeps {
  readonly world: World
  readonly body: AutomationBody
  readonly from: number
  readonly to: number
  readonly read: ReadPoints
  /** What mode the home was in from then on. */
  readonly modes?: (since: number) => Promise<ModePast>
  /** What units cost in the past, as it is kept. */
  readonly prices?: (meter: string) => Promise<PriceSays | undefined>
  /** What automations were to leave alone. */
  readonly holds?: HoldPast
}

const runsShown = 200
/** A value is told again at the latest so long after, so what it was at the beginning is found that far before it. */
const beforeMs = 86_400_000
const mostPoints = 3_000_000
/** So many timers of the past at once. */
const atOnce = 100
/** Pages of all series together; each is long enough to be worth asking for, and read while nobody notices. */
const heldPoints = 500_000
const [shortestPage, longestPage] = [100, 1_000]
const nothing: readonly never[] = []
const untouched: ReadonlySet<LiveDevice> = new Set()

/** How often it would have run over what was kept of the past, and what each run would have done. */
export async function replay({
  world: now,
  body,
  from,
  to,
  read,
  modes,
  prices,
  holds,
}: ReplayDeps): Promise<ReplayView> {
  const clock = new VirtualClock(from)
  const pace = new Pace()
  const costs = new Map<string, PriceSays | undefined>()
  for (const meter of pricedIn(body)) costs.set(meter, await prices?.(meter))
  const past = { ...(await pastOf(now, from, pace)), price: (meter: string) => costs.get(meter) }
  const known = asksMode(body) ? await modes?.(from) : undefined
  if (known !== undefined) feedModes(clock, past.signals, known)
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
    hands: writingHands(
      (device, wish, { evenIfHeld }) => {
        if (holds !== undefined && !evenIfHeld) demandFree(holds, clock.now(), device, wish)
        return wish
      },
      wouldOf,
      clock.now,
    ),
    standing: () => undefined,
    stopped: () => undefined,
    ended: (run) => {
      tally.take(run)
      would.delete(run)
    },
    newRunId: () => newId<RunId>(),
  })
  const cells = cellsOf(past, partsOf(body)).filter(isSampled)
  const page = Math.max(shortestPage, Math.min(longestPage, Math.floor(heldPoints / cells.length)))
  const series = cells.map((cell) => new Series(cell, from - beforeMs, page))
  const isCut = await feedAll(series, {
    clock,
    engine,
    from,
    to,
    read,
    pace,
    begin: () => engine.set({ id, version: 0, body, author: undefined }),
  })
  await move(clock, to, true, pace)
  engine.stop()
  return {
    from: isoInstant(from),
    to: isoInstant(to),
    ...tally.told(),
    unknown: [
      ...unknownOf(body, known?.isWhole === true, (item) => cellsOf(past, item).some(isUnkept)),
      ...(mayHaveBeenHeld(body, holds, from) ? [unknownHolds] : []),
    ],
    truncated: isCut,
  }
}

interface Feeding extends Pick<ReplayDeps, 'from' | 'to' | 'read'> {
  readonly clock: VirtualClock
  readonly engine: Engine
  readonly pace: Pace
  /** Once the values are what they were at the beginning. */
  readonly begin: () => void
}

/** Gives the engine every sample at its own instant; true when there was more than can be looked at. */
async function feedAll(series: readonly Series[], feeding: Feeding): Promise<boolean> {
  const { clock, engine, from, to, read, pace, begin } = feeding
  for (const each of series) {
    await each.feed(read, to)
    await pace.keep()
  }
  const queue = new Queue(series)
  let hasBegun = false
  for (let count = 0; ;) {
    const at = queue.next
    if (!hasBegun && at >= from) {
      hasBegun = true
      begin()
    }
    if (!Number.isFinite(at) || at > to) return false
    if (at >= from && !clock.moveTo(at, false, atOnce)) await move(clock, at, false, pace)
    const heard: Heard[] = []
    do {
      const each = queue.first
      const change = tell(each.cell, each.take(), at)
      if (change !== undefined) heard.push(change)
      if (each.isHungry) await each.feed(read, to)
      queue.settle()
      count++
    } while (queue.next === at)
    if (at >= from) {
      if (heard.length > 0) engine.react({ heard, happened: nothing, reached: nothing, touched: untouched })
      if (!clock.moveTo(at, true, atOnce)) await move(clock, at, true, pace)
    }
    if (count > mostPoints) return true
    if (pace.isDue()) await pace.rest()
  }
}

/** Moves the clock on however much is due until then, a little at a time. */
async function move(clock: VirtualClock, to: number, isWith: boolean, pace: Pace): Promise<void> {
  while (!clock.moveTo(to, isWith, atOnce)) await pace.keep()
}

function tell(cell: Cell, value: VendorValue, at: number): Heard | undefined {
  const known = cell.type === 'boolean' && typeof value === 'number' ? value === 1 : value
  const before = cell.value
  if (before === known) return undefined
  cell.value = known
  cell.changedAt = at
  return { cell, before, value: known, isKept: false, cause: undefined }
}

/** The devices as they are now, with no value: history says what each was. */
async function pastOf(now: World, from: number, pace: Pace): Promise<World> {
  const devices = new Map<DeviceId, LiveDevice>()
  for (const device of now.devices.values()) {
    if (isShown(device)) devices.set(device.id, createDevice({ report: () => undefined }, device))
    await pace.keep()
  }
  return {
    home: now.home,
    devices,
    zone: now.zone,
    signals: new Signals(),
    calendar: now.calendar,
    since: from,
  }
}

const partsOf = ({ triggers, conditions, actions }: AutomationBody) => [triggers, conditions ?? [], actions]

/** The values that an automation, or a part of one, looks at anywhere. */
function cellsOf(world: World, part: unknown): Cell[] {
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
    const worked =
      kind === 'set' || isWorked(node) ? worthOf(node as Parameters<typeof worthOf>[0]).names : []
    for (const { device, capability, attribute, part } of worked)
      if (capability !== undefined && attribute !== undefined)
        for (const cell of targets.cells({ device, capability, attribute, part })) cells.add(cell)
    Object.values(node).forEach(visit)
  }
  visit(part)
  return [...cells]
}

const isSampled = (cell: Cell): boolean => {
  const { step, group, attribute } = cell
  return (
    step >= 0 ||
    isUnkept(cell) ||
    (isCapability(group.capability) && Object.hasOwn(capabilities[group.capability].attributes, attribute))
  )
}

/** Presses, calls from outside, absences, who was there, the alarm, other automations, values that are not to be kept and what people would have answered are kept in no history. */
function unknownOf(
  { triggers, conditions = [], actions }: AutomationBody,
  hasModes: boolean,
  isUnkeptIn: (item: unknown) => boolean,
): string[] {
  const unkept: ReadonlySet<string> = new Set([
    ...['event', 'availability', 'run', 'webhook', 'energy', 'presence', 'place', 'alarm'],
    ...(hasModes ? [] : ['mode']),
  ])
  const own = triggers.map((trigger, i) => ({ at: `triggers/${i}`, trigger }))
  const unknown = [...own, ...waitedFor(actions)].flatMap(({ at, trigger }) =>
    unkept.has(trigger.kind) || isUnkeptIn(trigger) ? [at] : [],
  )
  conditions.forEach((each, i) => {
    if (unkept.has(each.kind) || isUnkeptIn(each)) unknown.push(`conditions/${i}`)
  })
  walk({ actions }, ({ kind }, { at }) => void (kind === 'ask' && unknown.push(at)))
  return unknown
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
