import {
  AppError,
  errorTable,
  newId,
  type BridgeAct,
  type ConnectionId,
  type DeviceAct,
  type ErrorCode,
  type HomeId,
  type OperatingRole,
  type VendorValue,
} from '@eaves/model'
import type { ActWish } from '@eaves/model/api'
import type { DriverHost } from '../drivers/drivers.ts'
import {
  groupDriver,
  withoutNumbers,
  type DriverWord,
  type Homes,
  type LiveDevice,
  type Timers,
} from '../homes/homes.ts'
import { may, type Principal } from '../privacy/privacy.ts'

const deadlineMs = 15_000
/** A device is asked many questions, and a sleeping one answers when it wakes. */
const interviewMs = 120_000
/** Of one home: whose bridge leaves its questions open keeps nobody else waiting. */
const mostWaiting = 50

export interface ActsDeps {
  readonly homes: Homes
  readonly drivers: Pick<DriverHost, 'send' | 'up' | 'onDown'>
  readonly timers: Timers
  readonly role: OperatingRole
}
interface Waiting {
  readonly home: HomeId | undefined
  readonly settle: (error?: AppError) => void
}
export interface ActTarget {
  readonly connection: ConnectionId
  readonly bridge?: string
  readonly handle?: number
}
type Args = Readonly<Record<string, VendorValue>>

/** Care of devices and bridges, asked of the driver and answered by what the bridge says. */
export class Acts {
  readonly #deps: ActsDeps
  readonly #waiting = new Map<string, Waiting>()
  #unlisten: () => void = () => undefined

  constructor(deps: ActsDeps) {
    this.#deps = deps
  }

  start(): void {
    const { homes, drivers } = this.#deps
    homes.intake.listen((word) => this.#hear(word))
    this.#unlisten = drivers.onDown(() => this.#endAll())
  }

  stop(): void {
    this.#unlisten()
    this.#endAll()
  }

  #endAll(): void {
    for (const each of [...this.#waiting.values()]) each.settle(new AppError('server.driver-down'))
  }

  #hear(word: DriverWord): void {
    if (word.t !== 'acted') return
    const waiting = this.#waiting.get(word.act)
    if (waiting === undefined) return
    if (word.code === undefined) return waiting.settle()
    const code = Object.hasOwn(errorTable, word.code) ? (word.code as ErrorCode) : 'device.rejected'
    const detail = typeof word.detail === 'string' ? withoutNumbers(word.detail).slice(0, 300) : undefined
    waiting.settle(new AppError(code, detail === undefined ? {} : { detail }))
  }

  /** Resolves when the bridge has done it; throws why it has not. */
  ask(target: ActTarget, name: BridgeAct | DeviceAct, args: Args): Promise<void> {
    const { drivers, homes, timers } = this.#deps
    if (!drivers.up()) throw new AppError('server.driver-down')
    const home = homes.intake.homeOf(target.connection)
    const ofHome = [...this.#waiting.values()].filter((each) => each.home === home)
    if (ofHome.length >= mostWaiting) throw new AppError('server.busy', { retryAfterSeconds: 5 })
    const act = newId()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const ms = name === 'interview' ? interviewMs : deadlineMs
    const timer = timers.after(ms, () => this.#waiting.get(act)?.settle(new AppError('device.no-answer')))
    this.#waiting.set(act, {
      home,
      settle: (error) => {
        timer.cancel()
        this.#waiting.delete(act)
        if (error === undefined) resolve()
        else reject(target.bridge === undefined ? error : ofBridge(error))
      },
    })
    drivers.send({ t: 'act', act, ...target, name, args })
    return promise
  }

  /** Removing a device from its bridge takes the right to remove devices here. */
  async onDevice(home: HomeId, device: LiveDevice, wish: ActWish, principal: Principal): Promise<void> {
    if (wish.act === 'remove') {
      const verdict = may(
        principal,
        'device.remove',
        { kind: 'home', home },
        { operatingRole: this.#deps.role },
      ) // pp.5.1
      if (!verdict.allow) throw new AppError(verdict.within ? 'auth.forbidden' : 'auth.not-found')
    }
    const args = this.#argsOf(home, device, wish)
    if (device.shape.acts?.includes(wish.act) !== true)
      throw new AppError('device.unsupported', { errors: [{ path: 'act', code: 'device.unsupported' }] })
    const { owner } = device
    if (owner === undefined) throw new AppError('device.unreachable')
    await this.ask({ connection: owner.connection, handle: owner.handle }, wish.act, args)
  }

  #argsOf(home: HomeId, device: LiveDevice, { act, args = {} }: ActWish): Args {
    const takes = argOf[act]
    for (const [name, value] of Object.entries(args))
      if (value !== undefined && name !== takes)
        throw new AppError('input.unknown-field', {
          errors: [{ path: `args.${name}`, code: 'unknown-field' }],
        })
    if (takes === undefined || (takes === 'force' && args.force === undefined)) return {}
    if (takes === 'force') return { force: args.force === true }
    const value = args[takes]
    if (value === undefined)
      throw new AppError('input.invalid', { errors: [{ path: `args.${takes}`, code: 'required' }] })
    return takes === 'name' ? { name: value } : { member: this.#memberOf(home, device, value) }
  }

  /** A device of this home on the same connection, by the number its driver knows it by. */
  #memberOf(home: HomeId, group: LiveDevice, id: string): string {
    const member = [...this.#deps.homes.runtime(home).devices.values()].find((each) => each.id === id)
    if (
      member === undefined ||
      member.driver === groupDriver ||
      member.driver !== group.driver ||
      member.connection !== group.connection
    )
      throw new AppError('input.invalid', { errors: [{ path: 'args.member', code: 'not-found' }] })
    return member.shape.nativeId
  }
}

const argOf: Readonly<Record<DeviceAct, 'name' | 'force' | 'member' | undefined>> = {
  rename: 'name',
  remove: 'force',
  configure: undefined,
  interview: undefined,
  addMember: 'member',
  removeMember: 'member',
}

/** Whoever asked a bridge is told of the bridge, not of a device. */
function ofBridge(error: AppError): AppError {
  return error.code === 'device.unreachable' || error.code === 'device.no-answer'
    ? new AppError('bridge.unreachable')
    : error
}
