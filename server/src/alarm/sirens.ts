import type { DeviceId, HomeId, SubjectId } from '@eaves/model'
import type { AlarmContent } from '@eaves/model/api'
import type { Commands } from '../commands/commands.ts'
import { cellOf, type Homes, type Timers } from '../homes/homes.ts'
import { stackOf, type Log } from '../log.ts'

export interface SirensDeps {
  readonly homes: Homes
  readonly commands: Pick<Commands, 'submit'>
  readonly timers: Timers
  readonly log: Log
}
export interface Sounding {
  readonly home: HomeId
  readonly content: () => AlarmContent | undefined
  /** With whose rights: of the keeper who set it up. */
  readonly by: () => SubjectId | undefined
}
/** Whatever does not do it is told again: a driver may just be starting. */
const againMs = 5_000
const mostTries = 12

/** The sirens of one home, told until they do it; each through the one way that commands go, with a keeper's rights of this moment. // pp.5.1 */
export class Sirens {
  readonly #deps: SirensDeps
  readonly #of: Sounding
  #timer: { readonly cancel: () => void } | undefined

  constructor(deps: SirensDeps, of: Sounding) {
    this.#deps = deps
    this.#of = of
  }

  stop(): void {
    this.#timer?.cancel()
  }

  sound(on: boolean, tries = mostTries): void {
    this.#timer?.cancel()
    const isDone = (this.#of.content()?.sirens ?? []).map((siren) => this.#tell(siren, on)).every(Boolean)
    if (!isDone && tries > 1) this.#timer = this.#deps.timers.after(againMs, () => this.sound(on, tries - 1))
  }

  /** True when it says so itself. */
  #tell({ device: id, part }: AlarmContent['sirens'][number], on: boolean): boolean {
    const { homes, commands, log } = this.#deps
    const { home } = this.#of
    const device = homes.find(home)?.runtime.shown(id as DeviceId)
    const subject = this.#of.by()
    if (device === undefined || subject === undefined) return false
    if (cellOf(device, part, 'siren', 'sounding')?.value === on) return true
    const shape = device.parts.get(part)?.shape.capabilities.siren
    // Should nobody be there to end it, the siren ends by itself.
    const args =
      on && shape?.attributes.includes('durationSeconds') === true
        ? { args: { durationSeconds: this.#of.content()?.sirenSeconds ?? 0 } }
        : {}
    const by = {
      subject,
      principal: { kind: 'person', subject, ...homes.relationsOf(subject) },
      // Shown when it was set up.
      proof: 'given',
    } as const
    commands
      .submit(home, device.id, { part, capability: 'siren', command: on ? 'turnOn' : 'turnOff', ...args }, by)
      .catch((error: unknown) => log.warn('alarm.siren', { home, stack: stackOf(error) }))
    return false
  }
}
