import { AppError, type DeviceId, type HomeId, type OperatingRole, type SubjectId } from '@eaves/model'
import type {
  RunStep,
  TimelineActor,
  TimelineEntry,
  TimelineKind,
  TimelineQuery,
  TimelineView,
} from '@eaves/model/api'
import { isoInstant } from '../deps.ts'
import { instantOf } from '../history/history.ts'
import { factsOf, limitsIn, type Homes } from '../homes/homes.ts'
import { may, type Principal } from '../privacy/privacy.ts'
import { byPerson } from '../store/access.ts'
import type { HistoryDb } from '../store/stores.ts'
import { changesIn, type Change } from './changes.ts'
import { commandsIn, runsIn, type CommandLine, type FactsDb, type RunLine, type Span } from './store.ts'

export interface TimelineDeps {
  readonly facts: FactsDb
  readonly history: HistoryDb
  readonly homes: Homes
  readonly role: OperatingRole
  readonly now: () => number
  /** Writes what still waits to be written: samples, and what runs did. */
  readonly settle: (home: HomeId) => Promise<void>
}
export interface Reader {
  readonly subject: SubjectId
  readonly principal: Principal
}

const longestMs = 7 * 86_400_000
const mostLines = 500
/** A device that answers later than this did so by itself. */
const effectMs = 15_000
const skewMs = 1_000

/** What happened in a home and who or what did it, as far as whoever reads may see it. */
export class Timeline {
  readonly #deps: TimelineDeps

  constructor(deps: TimelineDeps) {
    this.#deps = deps
  }

  async read(home: HomeId, reader: Reader, query: TimelineQuery): Promise<TimelineView> {
    const { facts, history, now, settle } = this.#deps
    const span = spanOf(query, now())
    const sight = this.#sightOf(home, reader)
    await settle(home)
    const access = byPerson(home, reader.subject)
    // Runs tell of devices and people that somebody narrowed does not see. // pp.5.1
    const runs = sight.automations ? await runsIn(facts, home, reader.subject, span, mostLines) : []
    const commands = await commandsIn(facts, home, reader.subject, span, mostLines)
    const changes = await changesIn(history.as(access), sight.sees, span)
    const effects = new Effects(commands, runs)
    const isAsked = askedBy(query, reader.subject, (device) => this.#roomOf(home, device))
    const lines = [
      ...commandEntries(
        commands.filter(({ device }) => sight.sees(device)),
        sight,
      ),
      ...runs.map((line) => runEntry(line)),
      ...changes.filter((each) => !effects.has(each)).map(changeEntry),
    ].filter(isAsked)
    lines.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
    const isCut = lines.length > mostLines || runs.length === mostLines || commands.length === mostLines
    return { entries: lines.slice(0, mostLines), truncated: isCut }
  }

  #roomOf(home: HomeId, device: string): string | undefined {
    return this.#deps.homes.home(home).runtime.devices.get(device as DeviceId)?.room ?? undefined
  }

  /** What this reader sees: which devices, whose names, and whether what the home does by itself. */
  #sightOf(home: HomeId, { subject, principal }: Reader) {
    const { homes, role } = this.#deps
    const { devices } = homes.home(home).runtime
    const asks = (verb: 'member.read' | 'automation.read' | 'scene.read') =>
      may(principal, verb, { kind: 'home', home }, { operatingRole: role }).allow
    const own = homes.relationsOf(subject).roles.get(home)
    // A child and whoever is narrowed see that somebody did it, and of whom only themselves. // pp.6
    const names = asks('member.read') && own !== 'child' && limitsIn(principal, home) === undefined
    const sees = (id: DeviceId): boolean => {
      const device = devices.get(id)
      if (device === undefined) return false
      const resource = { kind: 'home', home, device: factsOf(device) } as const
      return may(principal, 'history.read', resource, { operatingRole: role }).allow
    }
    const isMember = (person: SubjectId) => homes.relationsOf(person).roles.has(home)
    const actor = (person: SubjectId | undefined): TimelineActor => {
      if (person !== undefined && (person === subject || (names && isMember(person))))
        return { kind: 'person', person }
      return { kind: 'somebody' }
    }
    return { sees, actor, automations: asks('automation.read'), scenes: asks('scene.read') }
  }
}

function spanOf({ from, to }: TimelineQuery, now: number): Span {
  const span = { from: instantOf('from', from), to: to === undefined ? now + 1 : instantOf('to', to) }
  if (span.to < span.from)
    throw new AppError('input.invalid', { errors: [{ path: 'to', code: 'before-from' }] })
  if (span.to - span.from > longestMs)
    throw new AppError('input.invalid', { errors: [{ path: 'from', code: 'too-far' }] })
  return span
}

type ActorOf = (person: SubjectId | undefined) => TimelineActor
/** What is part of one run of a scene stands under it. */
function commandEntries(
  lines: readonly CommandLine[],
  { actor, scenes }: { readonly actor: ActorOf; readonly scenes: boolean },
): TimelineEntry[] {
  const alone: TimelineEntry[] = []
  const runs = new Map<string, [CommandLine, ...CommandLine[]]>()
  for (const line of lines) {
    const { scene } = line.payload
    if (scene === undefined || !scenes) {
      alone.push({ kind: 'command', at: isoInstant(line.at), ...commanded(line), by: byOf(line, actor) })
      continue
    }
    const known = runs.get(scene.run)
    if (known === undefined) runs.set(scene.run, [line])
    else known.push(line)
  }
  return [...alone, ...[...runs].map(([run, own]) => sceneEntry(run, own, actor))]
}

const byOf = ({ actor, payload }: CommandLine, named: ActorOf): TimelineActor =>
  payload.scene?.isAutomatic === true ? { kind: 'home' } : named(actor)

function commanded({ id, device, status, reason, payload }: CommandLine) {
  const { part, capability, command, args } = payload
  return {
    ...{ id, device, part, capability, command, status },
    ...(args === undefined ? {} : { args: args as Record<string, string | number | boolean> }),
    ...(reason === undefined ? {} : { code: reason }),
  }
}

/** Of its commands, newest first. */
function sceneEntry(
  run: string,
  own: readonly [CommandLine, ...CommandLine[]],
  actor: ActorOf,
): TimelineEntry {
  const [last] = own
  const { id, isUndo } = last.payload.scene!
  return {
    kind: 'scene',
    at: isoInstant(own.at(-1)!.at),
    id: run,
    scene: id,
    ...(isUndo === undefined ? {} : { isUndo }),
    commands: own.toReversed().map(commanded),
    by: byOf(last, actor),
  }
}

const isMove = ({ at, device, outcome }: RunStep): boolean =>
  at.startsWith('actions') && device !== undefined && outcome !== 'no' && outcome !== 'failed'

function runEntry({ id, automation, at, result, trace }: RunLine): TimelineEntry {
  const [first] = trace.steps
  return {
    kind: 'run',
    at: isoInstant(at),
    id,
    automation,
    result,
    ...(first === undefined ? {} : { trigger: first }),
    devices: [...new Set(trace.steps.filter(isMove).map(({ device }) => device!))],
    ...(trace.folded === undefined ? {} : { folded: trace.folded }),
    by: { kind: 'home' },
  }
}

const changeEntry = ({ at, ...change }: Change): TimelineEntry => ({
  kind: 'change',
  at: isoInstant(at),
  ...change,
  by: { kind: 'home' },
})

/** What commands and runs brought about stands in their own line. */
class Effects {
  readonly #windows = new Map<string, { readonly from: number; readonly to: number }[]>()

  constructor(commands: readonly CommandLine[], runs: readonly RunLine[]) {
    for (const { device, at, endedAt, payload } of commands)
      this.#add(`${device}/${payload.capability}`, at, endedAt ?? at + effectMs)
    for (const { at, trace } of runs)
      for (const step of trace.steps)
        if (isMove(step)) this.#add(step.device!, at + step.afterMs, at + step.afterMs + effectMs)
  }

  #add(key: string, from: number, to: number): void {
    const own = this.#windows.get(key) ?? []
    own.push({ from: from - skewMs, to: to + skewMs })
    this.#windows.set(key, own)
  }

  has({ device, capability, at }: Change): boolean {
    return [device, `${device}/${capability}`].some((key) =>
      this.#windows.get(key)?.some(({ from, to }) => at >= from && at <= to),
    )
  }
}

function devicesOf(entry: TimelineEntry): readonly string[] {
  if (entry.kind === 'scene') return entry.commands.map(({ device }) => device)
  return entry.kind === 'run' ? entry.devices : [entry.device]
}
/** A scene is what ran it. */
const kindOf = ({ kind, by }: TimelineEntry): TimelineKind =>
  kind === 'scene' ? (by.kind === 'home' ? 'run' : 'command') : kind

function askedBy(
  { kind, device, room, by }: TimelineQuery,
  self: SubjectId,
  roomOf: (device: string) => string | undefined,
) {
  return (entry: TimelineEntry): boolean => {
    const devices = devicesOf(entry)
    if (kind !== undefined && kindOf(entry) !== kind) return false
    if (device !== undefined && !devices.includes(device)) return false
    if (room !== undefined && !devices.some((each) => roomOf(each) === room)) return false
    if (by === undefined) return true
    if (by === 'home') return entry.by.kind === 'home'
    return entry.by.kind === 'person' && entry.by.person === self
  }
}
