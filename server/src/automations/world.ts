import type {
  AlarmMode,
  AutomationId,
  CommandStatus,
  DeviceId,
  HomeId,
  RoomId,
  SubjectId,
  VendorValue,
} from '@eaves/model'
import type { AutomationAction, AutomationBody, ModeId } from '@eaves/model/api'
import type { Cause, LiveDevice } from '../homes/homes.ts'
import type { Ask, Asked } from './ask.ts'
import type { Run } from './run.ts'
import type { Signals } from './signals.ts'

/** What the engine knows: live it is a home's runtime, in a replay it is history. It never changes anything there but who listens. */
export interface World {
  readonly home: HomeId
  readonly devices: ReadonlyMap<DeviceId, LiveDevice>
  readonly zone: () => string
  /** What is known beside the devices. */
  readonly signals: Signals
  /** What a calendar of the home says; undefined when it is not there. */
  readonly calendar?: (id: string) => CalendarSays | undefined
  /** What a unit costs by a meter of the home; undefined when it is not there. */
  readonly price?: (meter: string) => PriceSays | undefined
  /** Since when values are known without a gap. */
  readonly since: number
}

export interface CalendarSays {
  readonly isDuring: (now: number, words?: string) => boolean
  readonly next: (
    event: 'start' | 'end',
    after: number,
    words?: string,
  ) => { readonly at: number; readonly title: string } | undefined
}

/** What a unit costs and will cost, as it was known when it was asked for: what comes later is another. */
export interface PriceSays {
  readonly at: (now: number) => { readonly price: number; readonly currency: string } | undefined
  /** Whether now lies in one of so many cheapest hours of its day; never where not all of the day is known. */
  readonly isCheapest: (now: number, hours: number) => boolean
  /** When another tariff begins to hold, the first one first. */
  readonly begins: readonly number[]
}

/** Now, and a timer. `isSteady` says that now moves with the timers alone. */
export interface EngineClock {
  readonly now: () => number
  readonly after: (ms: number, run: () => void) => { readonly cancel: () => void }
  readonly isSteady?: boolean
}

export interface CommandWish {
  readonly part: string | undefined
  readonly capability: string
  readonly command: string
  readonly args: Readonly<Record<string, VendorValue>> | undefined
}
export type CommandEnded = (
  status: CommandStatus,
  code: string | undefined,
  tookMs: number | undefined,
) => void
/** A scene has ended: the devices that did not follow, each with its code, or why nothing of it was done. */
export type SceneEnded = (
  failed: readonly { readonly device: DeviceId; readonly code: string }[],
  code?: string,
) => void
/** An address to call, and what goes there, worked out. */
export interface CallWish {
  readonly url: string
  readonly body: Readonly<Record<string, VendorValue>> | undefined
}
/** It was called, well or not. */
export type CallEnded = (code: string | undefined, tookMs: number) => void
export type Notice = Extract<AutomationAction, { kind: 'notify' }>

/** What a run does to the world. Each throws an `AppError` when it cannot be done, and none waits. */
export interface Hands {
  readonly command: (act: Act, device: LiveDevice, wish: CommandWish, ended: CommandEnded) => void
  readonly scene: (act: Act, scene: string, ended: SceneEnded) => void
  readonly notify: (act: Act, notice: Notice) => void
  readonly ask: (act: Act, ask: Ask) => Asked
  readonly mode: (act: Act, to: ModeId) => void
  readonly alarm: (act: Act, to: AlarmMode) => void
  readonly webhook: (act: Act, wish: CallWish, ended: CallEnded) => void
}
/** Which step of which run asks for it. */
export interface Act {
  readonly run: Run
  readonly at: string
  readonly cause: Cause
  /** It moves also what somebody set by hand and wants left alone. */
  readonly evenIfHeld: boolean
}

/** An automation as the engine runs it. */
export interface Rule {
  readonly id: AutomationId
  readonly version: number
  readonly body: AutomationBody
  readonly author: SubjectId | undefined
}

/** Devices that a sentence means: one, or whatever there is in a room or in the home. */
export interface Aim {
  readonly device?: string | undefined
  readonly part?: string | undefined
  readonly room?: string | undefined
  readonly everywhere?: true | undefined
  readonly of?: string | undefined
}
export const roomOf = (aim: Aim): RoomId | undefined => aim.room as RoomId | undefined
