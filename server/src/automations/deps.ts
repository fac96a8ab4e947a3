import type { AutomationId, HomeId, OperatingRole, RunId, SubjectId } from '@eaves/model'
import type { Commands } from '../commands/commands.ts'
import type { Homes, Timers } from '../homes/homes.ts'
import type { Log } from '../log.ts'
import type { CallsOutDeps } from './call-out.ts'
import type { HasThing } from './check.ts'
import type { LookedHome } from './check/check.ts'
import type { ArmHome, HandsDeps, ModeHands, Notify, RunScene } from './hands.ts'
import type { ReadPoints } from './replay.ts'
import type { FactsDb } from './store.ts'
import type { ArmAs, StepDeps } from './step.ts'
import type { HomeSignals } from './signals.ts'
import type { PriceAsk } from './prices.ts'
import type { CalendarSays, PriceSays } from './world.ts'

/** What units cost by the meters of a home. */
export interface PriceHands {
  readonly sight: (home: HomeId, meter: string) => PriceSays | undefined
  readonly past: (
    home: HomeId,
    meter: string,
    span: { readonly from: number; readonly to: number },
  ) => Promise<PriceSays | undefined>
  /** Whether it can ever be so. */
  readonly mayBe: (home: HomeId, ask: PriceAsk) => boolean
}

export interface AutomationsDeps {
  readonly facts: FactsDb
  readonly homes: Homes
  readonly commands: Pick<Commands, 'automatic' | 'judge' | 'submit' | 'holds'>
  readonly pins: StepDeps['pins']
  readonly role: OperatingRole
  readonly now: () => number
  readonly timers: Timers
  readonly log: Log
  readonly signals: HomeSignals
  readonly hasThing: (home: HomeId, ...thing: Parameters<HasThing>) => boolean
  /** What a calendar of a home says. */
  readonly calendar: (home: HomeId, id: string) => CalendarSays | undefined
  readonly prices: PriceHands
  readonly runScene: RunScene
  readonly modes: ModeHands
  /** What the scenes of a home set, by their ids. */
  readonly scenesOf: (home: HomeId) => Promise<NonNullable<LookedHome['scenes']>>
  /** What they are called. */
  readonly sceneNames: (home: HomeId) => Promise<ReadonlyMap<string, string>>
  /** What its modes, calendars, meters and addresses are called. */
  readonly thingNames: (home: HomeId) => readonly string[]
  readonly notify: Notify
  readonly questions: HandsDeps['questions']
  readonly egress: CallsOutDeps['egress']
  readonly stops: CallsOutDeps['stops']
  /** A run has ended by itself, well or not; called for each, so that it costs next to nothing. */
  readonly ended: (home: HomeId, automation: AutomationId, isFailed: boolean, run: RunId) => void
  readonly arm: ArmHome
  readonly armAs: ArmAs
  /** Points of the past, for whoever asks, what waits to be written among them. */
  readonly past: (home: HomeId, subject: SubjectId) => ReadPoints
}
