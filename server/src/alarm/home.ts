import { AppError, type HomeId, type SubjectId } from '@eaves/model'
import type { AlarmContent, AlarmSetupEdit, AlarmSetupView } from '@eaves/model/api'
import { isSeen, type LiveDevice } from '../homes/homes.ts'
import { stackOf } from '../log.ts'
import { keeperRoles } from '../privacy/privacy.ts'
import type { AlarmDeps } from './alarm.ts'
import { AlarmMachine, disarmed, type Happening } from './machine.ts'
import { deviceOf, keyOf } from './senses.ts'
import { Sirens } from './sirens.ts'
import { addEvents, saveNow, saveSetup, type Kept } from './store.ts'

const usual: AlarmContent = {
  away: { sensors: [], exitSeconds: 45, entrySeconds: 30 },
  night: { sensors: [], exitSeconds: 0, entrySeconds: 30 },
  sirens: [],
  sirenSeconds: 180,
  tell: 'everybody',
}

/** The alarm of one home with what it does: sirens, notices, its lines, and the state that is kept. */
export class HomeAlarm {
  readonly machine: AlarmMachine
  readonly #deps: AlarmDeps
  readonly #home: HomeId
  readonly #sirens: Sirens
  #content: AlarmContent | undefined
  #version = 0
  #setBy: SubjectId | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(deps: AlarmDeps, home: HomeId) {
    this.#deps = deps
    this.#home = home
    this.#sirens = new Sirens(deps, { home, content: () => this.#content, by: () => this.#setBy })
    const signals = deps.signals.of(home)
    this.machine = new AlarmMachine({
      runtime: deps.homes.runtime(home),
      now: deps.now,
      timers: deps.timers,
      effects: {
        stands: (now, cause) => {
          this.#keep()
          signals.set('alarm', now.state, cause)
        },
        sound: (on) => this.#sirens.sound(on),
        happened: (all) => this.#happened(all),
        tell: (kind, devices) => this.#tell(kind, devices, kind === 'danger.alarm'),
      },
    })
  }

  resume(kept: Kept | undefined): void {
    this.#content = kept?.content
    this.#version = kept?.version ?? 0
    this.#setBy = kept?.setBy
    this.machine.content = this.#content
    const now = kept?.now ?? disarmed(this.#deps.now())
    this.#deps.signals.of(this.#home).set('alarm', now.state, undefined, true)
    this.machine.resume(now)
  }

  /** Nothing is disarmed by it: the next start goes on. */
  async stop(): Promise<void> {
    this.machine.stop()
    this.#sirens.stop()
    await this.#writing
  }

  settled(): Promise<void> {
    return this.#writing
  }

  get content(): AlarmContent | undefined {
    return this.#content
  }

  /** What it is now, one write after the other. A siren that cannot be ended because a disk is full would be worse than a lost line. */
  #keep(): void {
    this.#then(() => saveNow(this.#deps.facts, this.#home, this.machine.now))
  }

  #then(work: () => Promise<void>): void {
    const { log } = this.#deps
    this.#writing = this.#writing
      .then(work)
      .catch((error: unknown) => log.error('alarm.not-stored', { home: this.#home, stack: stackOf(error) }))
  }

  /** Once it is stored: an alarm that a restart would forget is none. */
  async armed(): Promise<void> {
    await this.#writing
    try {
      await saveNow(this.#deps.facts, this.#home, this.machine.now)
    } catch (error) {
      this.machine.disarm(undefined)
      throw error
    }
  }

  #happened(all: readonly Happening[]): void {
    const at = this.#deps.now()
    this.#then(() =>
      addEvents(
        this.#deps.facts,
        this.#home,
        all.map(({ kind, mode, by, device }) => ({
          ...{ at, kind, mode: mode ?? null },
          ...{ by_subject: by ?? null, device: device ?? null },
        })),
      ),
    )
  }

  /** A break-in to whoever lives there, as the keepers chose; the rest to keepers. Each hears of the devices that they see. */
  #tell(kind: 'danger.alarm' | 'alarm.fault', devices: readonly string[], isDanger: boolean): void {
    const { homes, tell, now } = this.#deps
    const home = this.#home
    const all = isDanger && this.#content?.tell === 'everybody'
    for (const { subject, role } of homes.relations.members(home)) {
      if (all ? role === 'kiosk' || role === 'guest' : !keeperRoles.has(role)) continue
      const limits = homes.relationsOf(subject).limits.get(home)
      const seen = devices.flatMap((id): LiveDevice[] => {
        const device = deviceOf(homes.runtime(home).devices, id)
        return device !== undefined && isSeen(limits, device) ? [device] : []
      })
      if (seen.length === 0) tell(subject, kind, { home, at: now() })
      else tell(subject, kind, { home, at: now(), devices: seen.map(({ id }) => id) })
    }
  }

  /** To the keepers, and not to whose code it was: somebody may stand beside them. Where nobody else keeps the home, to the other adults. */
  duress(by: SubjectId | undefined): void {
    const { homes, tell } = this.#deps
    const others = homes.relations.members(this.#home).filter(({ subject }) => subject !== by)
    const keepers = others.filter(({ role }) => keeperRoles.has(role))
    const told = keepers.length > 0 ? keepers : others.filter(({ role }) => role === 'adult')
    for (const { subject } of told) tell(subject, 'danger.duress', { home: this.#home })
  }

  /** Somebody tried codes, at a panel or in the app. */
  locked(at: SubjectId): void {
    const { homes, tell } = this.#deps
    const members = homes.relations.members(this.#home)
    const isPanel = members.some(({ subject, role }) => subject === at && role === 'kiosk')
    this.#happened([{ kind: 'locked', ...(isPanel ? {} : { by: at }) }])
    for (const { subject, role } of members)
      if (keeperRoles.has(role)) tell(subject, 'alarm.tries', { home: this.#home })
  }

  /** Whoever set it up keeps the home no more: the others are told that no siren would sound. */
  review(subject: SubjectId): void {
    if (subject === this.#setBy && this.#isMute && (this.#content?.sirens.length ?? 0) > 0)
      this.#tell('alarm.fault', [], false)
  }

  get #isMute(): boolean {
    if (this.#setBy === undefined) return this.#content !== undefined
    const role = this.#deps.homes.rolesOf(this.#setBy).get(this.#home)
    return role === undefined || !keeperRoles.has(role)
  }

  setup(): AlarmSetupView {
    const content = this.#content ?? usual
    return { ...content, version: this.#version, sirensMute: this.#isMute }
  }

  /** In the home's turn; not while it is armed. */
  async edit(by: SubjectId, { version, ...content }: AlarmSetupEdit): Promise<void> {
    if (version !== this.#version) throw new AppError('input.conflict')
    if (this.machine.isArmed) throw new AppError('alarm.is-armed')
    this.#check(content)
    const kept = { version: version + 1, content, setBy: by, now: this.machine.now }
    this.machine.isHeld = true
    try {
      await saveSetup(this.#deps.facts, this.#home, by, kept)
    } finally {
      this.machine.isHeld = false
    }
    this.#content = content
    this.#version = kept.version
    this.#setBy = by
    this.machine.content = content
    this.#happened([{ kind: 'set-up', by }])
  }

  #check(content: AlarmContent): void {
    const errors: { path: string; code: string }[] = []
    const { devices } = this.#deps.homes.runtime(this.#home)
    for (const mode of ['away', 'night'] as const) {
      const known = new Set<string>()
      content[mode].sensors.forEach((sensor, index) => {
        const path = `${mode}.sensors.${index}`
        if (!this.machine.isThere(sensor)) errors.push({ path, code: 'not-found' })
        if (known.has(keyOf(sensor))) errors.push({ path, code: 'taken' })
        known.add(keyOf(sensor))
      })
    }
    content.sirens.forEach(({ device, part }, index) => {
      const siren = deviceOf(devices, device)?.parts.get(part)?.shape.capabilities.siren
      if (siren === undefined || !siren.commands.includes('turnOn') || !siren.commands.includes('turnOff'))
        errors.push({ path: `sirens.${index}`, code: 'not-found' })
    })
    if (errors.length > 0) throw new AppError('input.invalid', { errors })
  }
}
