import { AppError, type DeviceId, type HomeId } from '@eaves/model'
import type { HistoryKept, HistoryKeep, MeterSource } from '@eaves/model/api'
import { cellOf, setKept, stepOf, type Cell, type Homes, type LiveDevice } from '../homes/homes.ts'
import type { Log } from '../log.ts'
import type { Erasure } from '../store/stores.ts'
import type { History } from './history.ts'

export interface KeptDeps {
  readonly homes: Homes
  readonly history: Pick<History, 'flush' | 'forgetValue'>
  /** Stores the device's row at once. */
  readonly save: (home: HomeId, device: LiveDevice) => Promise<void>
  /** What the meters of a home read. */
  readonly meters: (home: HomeId) => Promise<readonly Reading[]>
  readonly erase: Pick<Erasure, 'checkpoint'>
  readonly log: Log
}
interface Reading {
  readonly source: MeterSource
  readonly power?: MeterSource | undefined
}

/** Of which values a home wants no history. What they are now is known and acted on all the same. */
export class Kept {
  readonly #deps: KeptDeps

  constructor(deps: KeptDeps) {
    this.#deps = deps
  }

  /** The values of which none is wanted, of the devices that somebody sees. */
  unkept(home: HomeId, sees: (device: DeviceId) => boolean): HistoryKept {
    return [...this.#deps.homes.runtime(home).devices.values()].flatMap(({ id, unkept }) =>
      unkept !== undefined && sees(id) ? unkept.map((path) => ({ device: id, ...named(path) })) : [],
    )
  }

  /** Keeps a history of a value from now on, or none; with `forget` what there is of it goes too, by the hour and by the day as well. */
  async set(home: HomeId, { isKept, forget, ...of }: HistoryKeep): Promise<void> {
    const { homes, history, save } = this.#deps
    const device = homes.device(home, of.device as DeviceId)
    const cell = cellOf(device, of.part, of.capability, of.attribute)
    if (cell === undefined || stepOf(cell) < 0 || device.members !== undefined)
      throw new AppError('input.invalid', { errors: [{ path: 'attribute', code: 'not-kept' }] })
    if (!isKept) await this.#demandNoMeter(home, device, cell)
    const before = device.unkept
    if ((before?.includes(cell.path) === true) === isKept) {
      // What came until now is written as it was wanted.
      await history.flush()
      setKept(cell, isKept)
      try {
        await save(home, device)
      } catch (error) {
        setKept(cell, !isKept)
        throw error
      }
    }
    if (!isKept && forget) await this.#forget(home, device.id, cell.path)
  }

  async #forget(home: HomeId, device: DeviceId, path: string): Promise<void> {
    const { history, erase, log } = this.#deps
    await history.forgetValue(home, { device, path })
    if (!(await erase.checkpoint())) log.warn('history.erasure-waits-for-a-reader', { home })
  }

  async #demandNoMeter(home: HomeId, { id }: LiveDevice, { path }: Cell): Promise<void> {
    const isIt = (source: MeterSource | undefined) =>
      source !== undefined &&
      source.device === id &&
      `${source.part}/${source.capability}/${source.attribute}` === path
    const meters = await this.#deps.meters(home)
    if (meters.some(({ source, power }) => isIt(source) || isIt(power)))
      throw new AppError('history.of-a-meter')
  }
}

export function named(path: string) {
  const [part = '', capability = '', ...rest] = path.split('/')
  return { part, capability, attribute: rest.join('/') }
}
