import {
  AppError,
  errorTable,
  newId,
  type CommandId,
  type CommandRecord,
  type CommandRequest,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type SubjectId,
} from '@eaves/model'
import type { Activity } from '../activity/activity.ts'
import type { DriverHost } from '../drivers/drivers.ts'
import { isSeen, limitsIn, withoutNumbers, type Cause, type LiveDevice, type Timers } from '../homes/homes.ts'
import type { Log } from '../log.ts'
import type { Db } from '../store/handle.ts'
import type { Facts } from '../store/schema.ts'
import { isSensitive, type CheckedCommand } from './check.ts'
import { demandProof, type Commander, type ProofDeps } from './confirm.ts'
import { groupOf, look, messageOf, OpenCommand, recordOf, tookMsOf, unreachable } from './open.ts'
import { fanOut } from './fan-out.ts'
import { endingOf, waitFor, whileHeard, type Automatic, type OnStatus } from './hear.ts'
import { judgedCommand } from './judge.ts'
import { keepBeginning, keepEnd } from './keep.ts'
import { Holds } from './holds.ts'
import { keyOf, type Key } from './key.ts'
import { Opens } from './opens.ts'
import { deadlineMs, learn, longestMoveMs, stillMovingMs, takeQuickTurn, takeTurn } from './pace.ts'
import { commandRows, type CommandRows } from './rows.ts'
import { endOpenCommands, findByKey, findCommand } from './store.ts'

export interface CommandsDeps extends ProofDeps {
  /** Writes a line of a person's own activity. */
  readonly note?: Activity['note']
  readonly drivers: Pick<DriverHost, 'send' | 'up' | 'onDown'>
  readonly facts: Db<Facts>
  readonly timers: Timers
  readonly log: Log
  readonly role: OperatingRole
}
export { checkCommand } from './check.ts'
export { commandCounts } from './store.ts'
export { commanderOf, type Commander } from './confirm.ts'
export type { HoldPast } from './holds.ts'

const keptUnrecorded = 200

/** The single way anything is switched: accepts, sends, confirms by what the device reports, and ends every command once. */
export class Commands {
  readonly #deps: CommandsDeps & { readonly holds: Holds }
  readonly #open = new Opens()
  readonly #byKey = new Map<
    string,
    { readonly bodyHash: string; readonly open: OpenCommand; readonly commit: Promise<void> }
  >()
  readonly #unrecorded = new Map<CommandId, OpenCommand>()
  #unlisten: () => void = () => undefined
  readonly #rows: CommandRows
  readonly holds: Holds

  constructor(deps: CommandsDeps) {
    this.holds = new Holds(deps)
    this.#deps = { ...deps, holds: this.holds }
    this.#rows = commandRows(deps.facts)
  }

  async start(): Promise<void> {
    const { homes, drivers, facts, now } = this.#deps
    homes.intake.listen((word) => {
      if (word.t === 'sent') this.#sent(word.command as CommandId)
      else if (word.t === 'refused') this.#refused(word.command as CommandId, word.code, word.detail)
    })
    this.#unlisten = drivers.onDown(() => {
      for (const open of this.#open.all()) this.#end(open, 'failed', 'server.driver-down')
    })
    homes.onClosing((home) => this.#endAll(this.#open.all().filter((open) => open.home === home)))
    await this.holds.start()
    await endOpenCommands(facts, now())
  }

  async #endAll(all: readonly OpenCommand[]): Promise<void> {
    for (const open of all) this.#end(open, 'timed-out', 'device.timed-out')
    await Promise.all(all.map((open) => open.ended))
  }

  /** Ends what is still open and waits until it is stored. */
  async stop(): Promise<void> {
    this.#unlisten()
    await this.#endAll(this.#open.all())
  }

  /** Answers once the wish is stored, so nothing acknowledged is lost; `onStatus` hears every status from `accepted` on, as long as whoever asked may still ask it. */
  submit(
    home: HomeId,
    id: DeviceId,
    request: CommandRequest,
    by: Commander,
    onStatus?: OnStatus,
  ): Promise<CommandRecord> {
    return this.#submit(home, id, request, by, whileHeard(this.#deps, home, id, by, onStatus))
  }

  /** The wish as the device takes it, if whoever sends it may; nothing is sent. Unless `isProven`, what would have to be shown for it counts. */
  judge(
    home: HomeId,
    device: LiveDevice,
    request: CommandRequest,
    by: Commander,
    isProven: boolean,
  ): CheckedCommand {
    const checked = judgedCommand(this.#deps, home, device, request, by)
    if (!isProven) void demandProof(this.#deps, home, checked, { ...by, proof: {} })
    return checked
  }

  /**
   * What the run of an automation asks for, with the rights of whoever wrote it. Of comfort it goes out in this very turn and
   * has no row; anything else goes the way of every command. Throws what is wrong with the wish. // pp.5.1
   */
  automatic(home: HomeId, id: DeviceId, request: CommandRequest, by: Commander, run: Automatic): void {
    const device = this.#deps.homes.device(home, id)
    const checked = judgedCommand(this.#deps, home, device, request, by)
    if (checked.safety === 'comfort') return void this.#unkept(home, device, checked, by, run)
    this.#submit(home, id, request, by, endingOf(run), run.cause).catch((error: unknown) =>
      run.ended('failed', error instanceof AppError ? error.code : 'server.fault', 0),
    )
  }

  #unkept(
    home: HomeId,
    device: LiveDevice,
    checked: CheckedCommand,
    by: Commander,
    { cause, ended }: Automatic,
    onStatus?: OnStatus,
  ): OpenCommand {
    const acceptedAt = this.#deps.now()
    if (!takeQuickTurn(device, acceptedAt)) throw new AppError('server.busy', { retryAfterSeconds: 1 })
    const onEnd = (each: OpenCommand) => ended(each.status, each.reason?.code, tookMsOf(each))
    const id = newId<CommandId>()
    const open = new OpenCommand({ id, home, device, checked, acceptedAt, cause, isKept: false, onEnd })
    if (onStatus) open.listen(onStatus)
    this.#open.add(open)
    this.#send(open, by)
    return open
  }

  /** The same with a listener that belongs to no person, such as a group that waits for its devices. */
  async #submit(
    home: HomeId,
    id: DeviceId,
    request: CommandRequest,
    by: Commander,
    onStatus: OnStatus | undefined,
    cause: Cause | undefined = by.acting?.cause,
  ): Promise<CommandRecord> {
    const device = this.#deps.homes.device(home, id)
    const checked = judgedCommand(this.#deps, home, device, request, by)
    const proven = demandProof(this.#deps, home, checked, by)
    if (proven !== undefined) await proven
    const key = keyOf(home, id, by.subject, request, checked.isSecret)
    const before = key && (await this.#repeated(home, id, by.subject, key, onStatus))
    if (before) return before
    if (!takeTurn(device, this.#deps.now())) throw new AppError('server.busy', { retryAfterSeconds: 1 })
    return this.#accept(
      new OpenCommand({
        id: newId<CommandId>(),
        home,
        device,
        checked,
        acceptedAt: this.#deps.now(),
        scene: by.scene,
        ...(cause === undefined ? {} : { cause }),
      }),
      by,
      key,
      onStatus,
    )
  }

  async #repeated(
    home: HomeId,
    device: DeviceId,
    subject: SubjectId,
    key: Key,
    onStatus: OnStatus | undefined,
  ): Promise<CommandRecord | undefined> {
    const stored = this.#byKey.has(key.name)
      ? undefined
      : await findByKey(this.#deps.facts, home, subject, device, key.keyHash)
    const held = this.#byKey.get(key.name)
    const bodyHash = held?.bodyHash ?? stored?.bodyHash
    if (bodyHash === undefined || bodyHash === null) return undefined
    if (bodyHash !== key.bodyHash) throw new AppError('input.idempotency-mismatch')
    await held?.commit
    const record = held ? recordOf(held.open) : stored!.record
    onStatus?.(record)
    if (held && onStatus && held.open.endedAt === undefined) held.open.listen(onStatus)
    return record
  }

  async #accept(
    open: OpenCommand,
    by: Commander,
    key: Key | undefined,
    onStatus: OnStatus | undefined,
  ): Promise<CommandRecord> {
    if (onStatus) open.listen(onStatus)
    this.#open.add(open)
    this.#tell(open)
    const why = unreachable(this.#deps.drivers, open.device)
    if (why !== undefined) this.#close(open, 'failed', why)
    const commit = keepBeginning({ ...this.#deps, rows: this.#rows }, open, by.subject, key)
    if (key) this.#byKey.set(key.name, { bodyHash: key.bodyHash, open, commit })
    try {
      if (why === undefined && isSensitive(open.checked)) {
        await commit
        if (open.endedAt === undefined) this.#send(open, by)
      } else if (why === undefined) this.#send(open, by)
      await commit
    } catch (error) {
      this.#end(open, 'failed', 'server.fault')
      open.settle()
      this.#open.delete(open)
      if (key) this.#byKey.delete(key.name)
      throw error
    }
    this.#release(open, key)
    return recordOf(open)
  }

  /** From here on statuses are told as they happen. */
  #release(open: OpenCommand, key: Key | undefined): void {
    const held = open.held ?? []
    open.held = undefined
    for (const record of held)
      for (const listener of open.listeners)
        listener({ ...record, ...(open.isRecorded ? {} : { recorded: false }) })
    if (!open.isRecorded) this.#keepUnrecorded(open)
    void open.ended.then(() => {
      if (key && open.isRecorded) this.#byKey.delete(key.name)
      this.#open.delete(open)
    })
    if (open.endedAt !== undefined) this.#store(open)
  }

  #keepUnrecorded(open: OpenCommand): void {
    this.#unrecorded.set(open.id, open)
    if (this.#unrecorded.size <= keptUnrecorded) return
    const [first] = this.#unrecorded.keys()
    if (first === undefined) return
    this.#unrecorded.delete(first)
    for (const [name, each] of this.#byKey) if (each.open.id === first) this.#byKey.delete(name)
  }

  #fanOut(open: OpenCommand, by: Commander): void {
    // What the group was confirmed for, its members are.
    const commander: Commander = open.checked.safety === 'security' ? { ...by, proof: 'given' } : by
    fanOut(open, {
      submit: async (member, request, onStatus) => {
        const { home, cause, isKept } = open
        if (isKept) return this.#submit(home, member.id, request, commander, onStatus, cause)
        const checked = judgedCommand(this.#deps, home, member, request, commander)
        const run = { cause, ended: () => undefined }
        return recordOf(this.#unkept(home, member, checked, commander, run, onStatus))
      },
      isNamed: (member) => isSeen(limitsIn(by.principal, open.home), member),
      sent: () => {
        open.status = 'sent'
        open.sentAt = this.#deps.now()
        this.#tell(open)
      },
      end: (status, code, detail) => this.#end(open, status, code, detail),
    })
  }

  /** Ends what is on its way to a device whose hardware another one takes over. */
  endOf(device: DeviceId): void {
    for (const open of this.#open.all())
      if (open.device.id === device) this.#end(open, 'failed', 'device.replaced')
  }

  #send(open: OpenCommand, by: Commander): void {
    const { device, checked } = open
    const { drivers, timers, now } = this.#deps
    const why = unreachable(drivers, device)
    if (why !== undefined) return this.#end(open, 'failed', why)
    if (device.members !== undefined) {
      this.#giveWay(open)
      return this.#fanOut(open, by)
    }
    const isQuiet = !open.isKept && open.confirmable
    // It may leave at once, so before anything that can as well be done after it.
    drivers.send(messageOf(open, isQuiet))
    this.#giveWay(open)
    open.timer = timers.after(deadlineMs(device, checked.args.transitionSeconds, now()), () =>
      this.#end(open, 'timed-out', 'device.timed-out'),
    )
    // The word that it was sent would wake two processes; what the device then reports says more.
    if (isQuiet) this.#sent(open.id)
  }

  #giveWay(open: OpenCommand): void {
    for (const older of this.#open.repeatedBy(open)) this.#end(older, 'sent', 'device.superseded')
    for (const older of this.#open.outdoneBy(open)) this.#end(older, 'failed', 'device.superseded')
  }

  #sent(id: CommandId): void {
    const open = this.#open.get(id)
    if (open === undefined || open.endedAt !== undefined || open.status !== 'accepted') return
    open.status = 'sent'
    open.sentAt = this.#deps.now()
    if (!open.confirmable) return this.#end(open, 'sent')
    // Only a report that arrives from here on counts.
    open.watch = { cause: open.cause, sees: (cell, value) => this.#sees(open, cell, value) }
    const group = groupOf(open)
    if (group) group.watches = [...(group.watches ?? []), open.watch]
    this.#tell(open)
  }

  #sees(open: OpenCommand, cell: Parameters<typeof look>[1], value: Parameters<typeof look>[2]): boolean {
    if (open.endedAt !== undefined) return false
    const sight = look(open, cell, value)
    const { now, timers } = this.#deps
    if (sight === 'confirmed') {
      learn(open, now())
      this.#end(open, 'confirmed')
    } else if (sight === 'progress' && now() - open.sentAt! < longestMoveMs) {
      open.timer?.cancel()
      open.timer = timers.after(stillMovingMs(open, now()), () =>
        this.#end(open, 'timed-out', 'device.timed-out'),
      )
    }
    return sight === 'confirmed' || sight === 'matched'
  }

  #refused(id: CommandId, code: string, detail: string | undefined): void {
    const open = this.#open.get(id)
    if (open !== undefined)
      this.#end(
        open,
        'failed',
        Object.hasOwn(errorTable, code) ? code : 'device.rejected',
        typeof detail === 'string' ? withoutNumbers(detail).slice(0, 300) : undefined,
      )
  }

  #close(open: OpenCommand, status: OpenCommand['status'], code?: string, detail?: string): void {
    open.status = status
    open.endedAt = this.#deps.now()
    open.reason = code === undefined ? undefined : { code, ...(detail === undefined ? {} : { detail }) }
    this.#tell(open)
  }

  #end(open: OpenCommand, status: OpenCommand['status'], code?: string, detail?: string): void {
    if (open.endedAt !== undefined) return
    open.timer?.cancel()
    const group = groupOf(open)
    if (group && open.watch) {
      const left = (group.watches ?? []).filter((each) => each !== open.watch)
      group.watches = left.length > 0 ? left : undefined
    }
    this.#close(open, status, code, detail)
    this.#deps.drivers.send({ t: 'ended', command: open.id })
    if (open.held === undefined) this.#store(open)
  }

  #store(open: OpenCommand): void {
    if (open.isKept) return keepEnd({ ...this.#deps, rows: this.#rows }, open)
    this.#open.delete(open)
    open.settle()
    open.onEnd?.(open)
  }

  #tell(open: OpenCommand): void {
    if (open.held === undefined && open.listeners.length === 0) return
    const record = recordOf(open)
    if (open.held !== undefined) return void open.held.push(record)
    for (const listener of open.listeners) listener(record)
  }

  /** The record at its end state, or as it stands after `maxMs`; refused as soon as whoever waits may no longer ask it. // T15 */
  async ended(home: HomeId, id: CommandId, by: Commander, maxMs: number): Promise<CommandRecord> {
    const open = this.#open.get(id)
    if (open === undefined || open.home !== home) return this.get(home, id, by.subject)
    await waitFor(this.#deps, open, by, maxMs)
    return recordOf(open)
  }

  async get(home: HomeId, id: CommandId, subject: SubjectId): Promise<CommandRecord> {
    const open = this.#open.get(id) ?? this.#unrecorded.get(id)
    if (open !== undefined && open.home === home) return recordOf(open)
    const record = await findCommand(this.#deps.facts, home, subject, id)
    if (record === undefined) throw new AppError('auth.not-found')
    return record
  }
}
