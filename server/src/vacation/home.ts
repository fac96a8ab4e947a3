import { AppError, type DeviceId, type HomeId, type SubjectId } from '@eaves/model'
import type { VacationEdit } from '@eaves/model/api'
import { cellOf, factsOf, type LiveDevice } from '../homes/homes.ts'
import { stackOf } from '../log.ts'
import { may, type Principal } from '../privacy/privacy.ts'
import { endOf, eveningOf, planFor, type Plan, type Switch } from './plan.ts'
import { saveVacation, type Kept } from './store.ts'
import type { VacationDeps } from './vacation.ts'

const usual: Kept = { version: 0, lamps: [], isOn: false, author: undefined, stopped: null }
/** What was due while nobody could do it is made up for so long, and then left. */
const lateMs = 5 * 60_000
/** However far the next turn of a switch is, it is looked so often what day it is. */
const lookEveryMs = 10 * 60_000

interface Planned {
  readonly plan: Promise<Plan>
  readonly day: number
  readonly lamps: string
  /** Once it is there: then a turn of a switch waits for nothing. */
  ready?: Plan
}

/** The vacation of one home: its plan of this evening, and the lamps that it has on. */
export class HomeVacation {
  kept: Kept = usual
  readonly #deps: VacationDeps
  readonly #home: HomeId
  #plan: Planned | undefined
  #timer: { readonly cancel: () => void } | undefined
  #seen = 0
  #ticking: Promise<void> = Promise.resolve()
  #writing: Promise<void> = Promise.resolve()
  #isStopped = false

  constructor(deps: VacationDeps, home: HomeId) {
    this.#deps = deps
    this.#home = home
  }

  resume(kept: Kept | undefined): void {
    this.kept = kept ?? usual
    this.#seen = this.#deps.now()
    if (this.kept.isOn) this.#look()
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    this.#timer?.cancel()
    await this.#ticking
    await this.#writing
  }

  async edit(by: SubjectId, { version, lamps, isOn, from, until }: VacationEdit): Promise<void> {
    if (version !== this.kept.version) throw new AppError('input.conflict')
    const [begins, ends] = [from, until].map((each) => (each === undefined ? undefined : Date.parse(each)))
    const errors = lamps.flatMap((id, index) =>
      this.#lamp(id) === undefined || lamps.indexOf(id) !== index
        ? [{ path: `lamps.${index}`, code: 'not-found' }]
        : [],
    )
    if (ends !== undefined && ends <= Math.max(begins ?? 0, this.#deps.now()))
      errors.push({ path: 'until', code: 'before-from' })
    if (isOn && lamps.length === 0) errors.push({ path: 'lamps', code: 'required' })
    if (errors.length > 0) throw new AppError('input.invalid', { errors })
    const next: Kept = {
      version: version + 1,
      lamps,
      from: begins,
      until: ends,
      isOn,
      author: isOn ? by : this.kept.author,
      stopped: null,
      lit: this.kept.lit,
    }
    await saveVacation(this.#deps.facts, this.#home, next)
    this.kept = next
    this.#seen = this.#deps.now()
    this.#timer?.cancel()
    // What it no longer plays with goes off at once; of all when it is off.
    this.#darken((id) => !isOn || !lamps.includes(id), by)
    if (isOn) this.#look()
  }

  /** Somebody's rights have changed: in their name nothing more is done that they may not. // pp.5.1 */
  review(subject: SubjectId): void {
    const { isOn, author } = this.kept
    if (!isOn || author !== subject) return
    const { roles } = this.#deps.homes.relationsOf(subject)
    const isGone = !roles.has(this.#home)
    if (!isGone && this.#may(subject)) return
    this.#timer?.cancel()
    this.#keep({
      ...this.kept,
      isOn: false,
      stopped: isGone ? 'author-gone' : 'author-rights',
      author: isGone ? undefined : author,
    })
  }

  #may(subject: SubjectId): boolean {
    const resource = { kind: 'home', home: this.#home } as const
    return may(this.#principal(subject), 'vacation.manage', resource, { operatingRole: this.#deps.role })
      .allow
  }

  #principal(subject: SubjectId): Principal {
    return { kind: 'person', subject, ...this.#deps.homes.relationsOf(subject) }
  }

  /** Lamps and nothing else, whatever else a device of that name has become. */
  #lamp(id: string): LiveDevice | undefined {
    const device = this.#deps.homes.find(this.#home)?.runtime.shown(id as DeviceId)
    return device?.shape.kind === 'light' && partOf(device) !== undefined ? device : undefined
  }

  #keep(kept: Kept): void {
    const { facts, log } = this.#deps
    this.kept = kept
    this.#writing = this.#writing
      .then(() => saveVacation(facts, this.#home, this.kept))
      .catch((error: unknown) =>
        log.error('vacation.not-stored', { home: this.#home, stack: stackOf(error) }),
      )
  }

  /** The same for whoever asks, until the evening is another or the lamps are. */
  plan(subject: SubjectId): Promise<Plan> {
    const known = this.#known()
    if (known !== undefined) return known.plan
    const { homes, now, past, role, random } = this.#deps
    const { zone } = homes.home(this.#home)
    const day = eveningOf(zone, now())
    const lamps = this.kept.lamps.join(' ')
    // Of a lamp whose past they may not see nothing of it is read. // pp.5.1
    const readable = this.kept.lamps.flatMap((id) => {
      const device = this.#lamp(id)
      if (device === undefined) return []
      const resource = { kind: 'home', home: this.#home, device: factsOf(device) } as const
      return may(this.#principal(subject), 'history.read', resource, { operatingRole: role }).allow
        ? [{ device: device.id, path: `${partOf(device)!}/onOff/on` }]
        : []
    })
    const fraction = (): number => Buffer.from(random(new Uint8Array(4))).readUInt32BE() / 2 ** 32
    const plan = planFor({ zone, day, lamps: readable, read: past(this.#home, subject), random: fraction })
    const planned: Planned = { plan, day, lamps }
    this.#plan = planned
    plan.then(
      (ready) => (planned.ready = ready),
      () => (this.#plan = undefined),
    )
    return plan
  }

  #known(): Planned | undefined {
    const { homes, now } = this.#deps
    const day = eveningOf(homes.home(this.#home).zone, now())
    const isIt = this.#plan?.day === day && this.#plan.lamps === this.kept.lamps.join(' ')
    return isIt ? this.#plan : undefined
  }

  #look(): void {
    const ready = this.#known()?.ready
    if (ready !== undefined) return this.#tick(ready)
    this.#ticking = this.#ticking
      .then(async () => {
        const { author } = this.kept
        if (author !== undefined && !this.#isStopped) this.#tick(await this.plan(author))
      })
      .catch((error: unknown) =>
        this.#deps.log.error('late work failed', {
          part: 'vacation',
          home: this.#home,
          stack: stackOf(error),
        }),
      )
  }

  #tick(plan: Plan): void {
    const { now, timers, homes } = this.#deps
    const { isOn, author, from, until } = this.kept
    if (this.#isStopped || !isOn || author === undefined) return
    const at = now()
    if (until !== undefined && at >= until) {
      this.#keep({ ...this.kept, isOn: false })
      return this.#darken(() => true, author)
    }
    if (from === undefined || at >= from) this.#play(plan.switches, at, author)
    this.#seen = at
    const { zone } = homes.home(this.#home)
    const marks = [...plan.switches.map((each) => each.at), until ?? Infinity, endOf(zone, plan.day)]
    const next = Math.min(...marks.filter((each) => each > at), at + lookEveryMs)
    this.#timer?.cancel()
    this.#timer = timers.after(next - at, () => this.#look())
  }

  #play(switches: readonly Switch[], at: number, author: SubjectId): void {
    const due = switches.filter((each) => each.at <= at && each.at > Math.max(this.#seen, at - lateMs))
    const lit = new Set(this.kept.lit ?? [])
    for (const { device: id, on } of due) {
      const device = this.#lamp(id)
      if (device === undefined) continue
      const isOn = cellOf(device, partOf(device)!, 'onOff', 'on')?.value === true
      // What somebody has on themselves stays theirs.
      if (on && !isOn) {
        lit.add(id)
        this.#switch(device, true, author)
      } else if (!on && lit.delete(id)) this.#switch(device, false, author)
    }
    // Lit in an evening that is over, or before a restart: nothing of this plan would end it.
    for (const id of [...lit])
      if (!switches.some((each) => each.device === id && !each.on && each.at > at)) {
        lit.delete(id)
        const device = this.#lamp(id)
        if (device !== undefined) this.#switch(device, false, author)
      }
    this.#note(lit)
  }

  #note(lit: ReadonlySet<string>): void {
    const before = this.kept.lit ?? []
    if (before.length !== lit.size || before.some((id) => !lit.has(id)))
      this.#keep({ ...this.kept, lit: [...lit] })
  }

  #darken(which: (id: string) => boolean, by: SubjectId): void {
    const lit = new Set(this.kept.lit ?? [])
    for (const id of [...lit].filter(which)) {
      lit.delete(id)
      const device = this.#lamp(id)
      if (device !== undefined) this.#switch(device, false, by)
    }
    this.#note(lit)
  }

  /** As whoever switched it on would, with their rights of this moment. // pp.5.1 */
  #switch(device: LiveDevice, on: boolean, subject: SubjectId): void {
    const { commands, log } = this.#deps
    const part = partOf(device)!
    const request = { part, capability: 'onOff', command: on ? 'turnOn' : 'turnOff' }
    commands
      .submit(this.#home, device.id, request, { subject, principal: this.#principal(subject) })
      .catch((error: unknown) => log.warn('vacation.switch', { home: this.#home, stack: stackOf(error) }))
  }
}

/** Where a lamp is switched. */
function partOf(device: LiveDevice): string | undefined {
  for (const [id, { shape }] of device.parts) {
    const commands = shape.capabilities.onOff?.commands ?? []
    if (commands.includes('turnOn') && commands.includes('turnOff')) return id
  }
  return undefined
}
