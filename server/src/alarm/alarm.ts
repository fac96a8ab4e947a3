import {
  alarmModes,
  AppError,
  type AlarmMode,
  type DeviceId,
  type HomeId,
  type OperatingRole,
  type SubjectId,
} from '@eaves/model'
import type { AlarmEvent, AlarmProblem, AlarmSetupEdit, AlarmSetupView, AlarmView } from '@eaves/model/api'
import type { Activity } from '../activity/activity.ts'
import type { HomeSignals } from '../automations/automations.ts'
import { isoInstant } from '../deps.ts'
import {
  isSeen,
  limitsIn,
  PerHome,
  type Cause,
  type Hashing,
  type Homes,
  type Timers,
} from '../homes/homes.ts'
import { subjectOf, type Caller } from '../http/entry.ts'
import type { Commands } from '../commands/commands.ts'
import { stackOf, type Log } from '../log.ts'
import type { Notifications } from '../notifications/notifications.ts'
import {
  isFreshProof,
  keeperRoles,
  may,
  type Limits,
  type Principal,
  type Vault,
} from '../privacy/privacy.ts'
import { AlarmCodes, houseRoles } from './codes.ts'
import { HomeAlarm } from './home.ts'
import { loadAlarm, loadEvents, type FactsDb } from './store.ts'

export interface AlarmDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly commands: Pick<Commands, 'submit'>
  readonly role: OperatingRole
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  readonly signals: HomeSignals
  readonly hashing: Hashing
  readonly counters: Vault['counters']
  readonly tell: Notifications['tell']
  readonly note?: Activity['note'] | undefined
}
export interface ArmWish {
  readonly to: AlarmMode
  readonly anyway: boolean
}

/** The alarms of homes: armed by whoever may, disarmed by a code or a fresh proof, and never by a restart or an automation. */
export class Alarms {
  readonly codes: AlarmCodes
  readonly #deps: AlarmDeps
  readonly #open: PerHome<HomeAlarm>

  constructor(deps: AlarmDeps) {
    this.#deps = deps
    this.#open = new PerHome(
      deps.homes,
      (home) => new HomeAlarm(deps, home),
      (opened, home) => this.#resume(opened, home),
    )
    this.codes = new AlarmCodes({ ...deps, locked: (home, at) => this.#of(home).locked(at) })
  }

  start(): Promise<void> {
    return this.#open.start()
  }

  stop(): Promise<void> {
    return this.#open.stop()
  }

  async #resume(opened: HomeAlarm, home: HomeId): Promise<void> {
    try {
      opened.resume(await loadAlarm(this.#deps.facts, home))
    } catch (error) {
      // What cannot be read keeps no house from starting; it is told, and there is no alarm until it is set up again.
      this.#deps.log.error('alarm.unreadable', { home, stack: stackOf(error) })
      opened.resume(undefined)
    }
  }

  #of(home: HomeId): HomeAlarm {
    return this.#open.of(home)
  }

  async view(home: HomeId, caller: Caller): Promise<AlarmView> {
    const of = this.#of(home)
    const { state, mode, since, until, soundsUntil, leftOut, raised } = of.machine.now
    const limits = limitsIn(caller.principal, home)
    const named = this.#namedBy(home, limits)
    const problem = ({ device, why }: { device: string; why: AlarmProblem['why'] }): AlarmProblem[] =>
      named(device).map((each) => ({ ...each, why }))
    const own = await this.codes.own(home, subjectOf(caller))
    const arms = this.#mayArm(home, caller.principal, own.hasCode)
    return {
      state,
      ...(mode === undefined ? {} : { mode }),
      since: isoInstant(since),
      ...(until === undefined ? {} : { until: isoInstant(until) }),
      isSounding: soundsUntil !== undefined,
      leftOut: leftOut.flatMap(problem),
      raised: raised.flatMap(({ device, at }) =>
        named(device).map((each) => ({ ...each, at: isoInstant(at) })),
      ),
      modes: alarmModes.map((each) => ({
        mode: each,
        isSetUp: (of.content?.[each].sensors.length ?? 0) > 0,
        problems: state === 'disarmed' ? of.machine.problems(each).flatMap(problem) : [],
      })),
      may: {
        arm: arms,
        force: arms && this.#isKeeper(home, caller),
        disarm: arms,
        edit: this.#may(home, caller.principal, 'alarm.manage'),
      },
      ...own,
    }
  }

  /** A device by its name for whoever sees it; of what is gone its id, for who is not narrowed. // pp.5.1 */
  #namedBy(home: HomeId, limits: Limits | undefined) {
    const { devices } = this.#deps.homes.runtime(home)
    return (id: string): { device: string; name?: string }[] => {
      const device = devices.get(id as DeviceId)
      if (device === undefined) return limits === undefined ? [{ device: id }] : []
      return isSeen(limits, device) ? [{ device: id, name: device.name }] : []
    }
  }

  #may(home: HomeId, principal: Principal, verb: 'alarm.use' | 'alarm.manage'): boolean {
    return may(principal, verb, { kind: 'home', home }, { operatingRole: this.#deps.role }).allow
  }

  /** A child neither arms nor disarms; a guest does who has a code. // pp.5.1 */
  #mayArm(home: HomeId, principal: Principal, hasCode: boolean): boolean {
    const role = 'roles' in principal ? principal.roles.get(home) : undefined
    if (role === undefined || role === 'child' || (role === 'guest' && !hasCode)) return false
    return this.#may(home, principal, 'alarm.use')
  }

  async #demandUse(home: HomeId, caller: Caller): Promise<void> {
    const { hasCode } = await this.codes.own(home, subjectOf(caller))
    if (!this.#mayArm(home, caller.principal, hasCode)) throw new AppError('auth.forbidden')
  }

  #isKeeper(home: HomeId, { principal }: Caller): boolean {
    const role = 'roles' in principal ? principal.roles.get(home) : undefined
    return principal.kind !== 'panel' && role !== undefined && keeperRoles.has(role)
  }

  async arm(home: HomeId, caller: Caller, { to, anyway }: ArmWish): Promise<AlarmView> {
    const of = this.#of(home)
    await this.#demandUse(home, caller)
    if (anyway && !this.#isKeeper(home, caller)) throw new AppError('auth.forbidden')
    const limits = limitsIn(caller.principal, home)
    const by = caller.principal.kind === 'panel' ? undefined : subjectOf(caller)
    try {
      of.machine.arm(to, { anyway, ...(by === undefined ? {} : { by }) })
    } catch (error) {
      if (error instanceof AppError && error.code === 'alarm.open' && limits !== undefined)
        throw this.#withoutUnseen(home, limits, error)
      throw error
    }
    await of.armed()
    if (by !== undefined) await this.#deps.note?.(by, 'alarm-armed', { home })
    return this.view(home, caller)
  }

  #withoutUnseen(home: HomeId, limits: Limits, error: AppError): AppError {
    const named = this.#namedBy(home, limits)
    const errors = (error.errors ?? []).map((each) =>
      named(each.path).length > 0 ? each : { ...each, path: '' },
    )
    return new AppError('alarm.open', { errors })
  }

  /** In the name of whoever wrote an automation: it arms, and never disarms. // pp.5.1 */
  armBy(home: HomeId, subject: SubjectId, to: AlarmMode, cause: Cause): void {
    const of = this.#of(home)
    const principal = { kind: 'person', subject, ...this.#deps.homes.relationsOf(subject) } as const
    if (!this.#mayArm(home, principal, false)) throw new AppError('auth.forbidden')
    const { log } = this.#deps
    of.machine.arm(to, { anyway: false, cause })
    of.armed().catch((error: unknown) => log.error('alarm.not-stored', { home, stack: stackOf(error) }))
  }

  /** With a code, or by a member of the house who has just proved who they are. */
  async disarm(home: HomeId, caller: Caller, typed: string | undefined): Promise<AlarmView> {
    const of = this.#of(home)
    await this.#demandUse(home, caller)
    const by = await this.#proven(home, caller, typed)
    of.machine.disarm(by.subject)
    await of.settled()
    if (by.isDuress) of.duress(by.subject)
    if (by.subject !== undefined) await this.#deps.note?.(by.subject, 'alarm-disarmed', { home })
    return this.view(home, caller)
  }

  async #proven(
    home: HomeId,
    { principal, subject, token, provedAt }: Caller,
    typed: string | undefined,
  ): Promise<{ readonly subject: SubjectId | undefined; readonly isDuress: boolean }> {
    if (subject === undefined) throw new AppError('auth.required')
    const isPanel = principal.kind === 'panel'
    if (typed !== undefined) return this.codes.check(home, subject, typed, isPanel ? undefined : subject)
    const role = 'roles' in principal ? principal.roles.get(home) : undefined
    const mayProve =
      principal.kind === 'person' && token === undefined && role !== undefined && houseRoles.has(role)
    if (mayProve && isFreshProof(provedAt, this.#deps.now())) return { subject, isDuress: false }
    throw new AppError('alarm.code-required')
  }

  setup(home: HomeId): AlarmSetupView {
    return this.#of(home).setup()
  }

  async edit(home: HomeId, by: SubjectId, wish: AlarmSetupEdit): Promise<AlarmSetupView> {
    const of = this.#of(home)
    await this.#deps.homes.turns.take(home, () => of.edit(by, wish))
    return of.setup()
  }

  async events(home: HomeId, caller: Caller): Promise<AlarmEvent[]> {
    const limits = limitsIn(caller.principal, home)
    const named = this.#namedBy(home, limits)
    const rows = await loadEvents(this.#deps.facts, home, subjectOf(caller))
    return rows.flatMap(({ id, at, kind, mode, by_subject: subject, device }) => {
      const [seen] = device === null ? [] : named(device)
      return [
        {
          ...{ id, at: isoInstant(at), kind },
          ...(mode === null ? {} : { mode }),
          ...(subject === null || limits !== undefined ? {} : { by: subject }),
          ...(seen === undefined ? {} : { device: { id: seen.device, name: seen.name } }),
        },
      ]
    })
  }
}
