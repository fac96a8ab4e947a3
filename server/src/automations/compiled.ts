import type { AutomationId, DeviceId } from '@eaves/model'
import type { AutomationTrigger, RunMode } from '@eaves/model/api'
import { Few } from '../few.ts'
import type { Happened, LiveDevice } from '../homes/homes.ts'
import { onMode } from './modes.ts'
import { onPrice } from './prices.ts'
import { onPresence } from './presence.ts'
import type { Run } from './run.ts'
import { isTimed, nextInCalendar, type Schedule } from './schedule.ts'
import type { SignalHeard, Signals } from './signals.ts'
import type { Targets } from './targets.ts'
import { waitedFor } from './waited-for.ts'
import { ReachWatch, ValueWatch, type Fire } from './watches.ts'
import type { EngineClock, Rule, World } from './world.ts'

type Of<K extends AutomationTrigger['kind']> = Extract<AutomationTrigger, { kind: K }>
const usualMost = 10

/** Where triggers hang that no value carries: on devices, and on other automations. */
export interface Index {
  readonly schedule: Schedule
  readonly clock: EngineClock
  readonly signals: Signals
  readonly calendar: World['calendar']
  readonly price: World['price']
  readonly events: Map<string, Set<(happened: Happened) => void>>
  readonly reach: Map<DeviceId, Set<ReachWatch>>
  readonly runs: Map<AutomationId, Set<(run: Run) => void>>
}

/** A moment that a clock will meet, and by which trigger. */
export interface Next {
  readonly at: number
  readonly trigger: number
}

/** An automation with its triggers hung where they are met, and its runs. */
export class Compiled {
  readonly rule: Rule
  readonly mode: RunMode
  readonly most: number
  readonly active = new Few<Run>()
  readonly queue: Run[] = []
  /** Over, with commands still on their way. */
  readonly unsettled = new Few<Run>()
  /** When it last set itself off, the newest last. */
  selfTimes: number[] = []
  /** What runs of it wait for, hung like what sets it off. */
  readonly #waits = new Set<Compiled>()
  readonly #named: readonly AutomationTrigger[]
  /** Means whatever there is in a room or in the home, so that every device that comes may be meant. */
  readonly isBroad: boolean
  readonly #values: ValueWatch[] = []
  readonly #ends: (() => void)[] = []
  #others = 0

  constructor(rule: Rule) {
    this.rule = rule
    this.mode = rule.body.mode ?? 'single'
    this.most = rule.body.most ?? usualMost
    this.#named = [...rule.body.triggers, ...waitedFor(rule.body.actions).map((each) => each.trigger)]
    this.isBroad = this.#named.some((each) => 'room' in each || 'everywhere' in each)
  }

  /** Devices that the triggers name, and those that its actions wait for. */
  named(): DeviceId[] {
    return this.#named.flatMap((each) => ('device' in each ? [each.device as DeviceId] : []))
  }

  hang(index: Index, targets: Targets, fire: Fire, isStart: boolean): void {
    this.rule.body.triggers.forEach((trigger, at) => {
      switch (trigger.kind) {
        case 'state':
        case 'numeric': {
          const watch = new ValueWatch(trigger, at, index.clock, fire)
          watch.hang(targets, isStart)
          this.#values.push(watch)
          return
        }
        case 'event':
          return this.#onEvent(index, trigger, (happened) =>
            fire({ trigger: at, device: happened.device, part: happened.part, seen: happened.event }),
          )
        case 'availability':
          return this.#onReach(index, trigger, (device) => fire({ trigger: at, device, seen: trigger.to }))
        case 'time':
        case 'every':
        case 'sun':
          this.#others++
          return void this.#ends.push(index.schedule.at(trigger, () => fire({ trigger: at })))
        case 'presence':
        case 'place':
          this.#others++
          return void this.#ends.push(
            onPresence(index.signals, index.clock, trigger, (met) => fire({ trigger: at, ...met }), isStart),
          )
        case 'mode':
          this.#others++
          return void this.#ends.push(onMode(index.signals, trigger, (met) => fire({ trigger: at, ...met })))
        case 'alarm':
          return this.#onSignal(index, 'alarm', trigger.to, (heard) =>
            fire({
              trigger: at,
              seen: trigger.to,
              ...(heard.cause === undefined ? {} : { cause: heard.cause }),
            }),
          )
        case 'run':
          return this.#onRun(index, trigger, (run) => fire({ trigger: at, seen: run.id, cause: run.cause }))
        case 'calendar':
          return this.#onCalendar(index, trigger, (seen) => fire({ trigger: at, seen }))
        case 'price':
          this.#others++
          return void this.#ends.push(onPrice(index, trigger, (seen) => fire({ trigger: at, seen })))
        case 'energy':
          this.#others++
          return void this.#ends.push(
            index.signals.on(`energy/${trigger.meter}/${trigger.period}`, ({ value, before, cause }) => {
              const [now, was] = [Number(value), Number(before)]
              if (now > trigger.over && !(was > trigger.over)) fire({ trigger: at, seen: now, cause })
            }),
          )
        case 'webhook':
          this.#others++
          return void this.#ends.push(
            index.signals.on(`webhook/${trigger.hook}`, ({ cause, body }) =>
              fire({ trigger: at, cause, body }),
            ),
          )
      }
    })
  }

  #onEvent({ events }: Index, trigger: Of<'event'>, met: (happened: Happened) => void): void {
    const { capability, event, detail } = trigger
    const aim = trigger as { device?: string; part?: string; room?: string; of?: string }
    const key = `${capability}/${event}`
    const heard = (happened: Happened): void => {
      const { device, part } = happened
      if (detail !== undefined && happened.detail !== detail) return
      if (aim.device !== undefined && aim.device !== device.id) return
      if (aim.part !== undefined && aim.part !== part) return
      if (aim.room !== undefined && aim.room !== device.room) return
      if (aim.of !== undefined && aim.of !== device.shape.kind) return
      met(happened)
    }
    this.#others++
    this.#ends.push(enter(events, key, heard))
  }

  #onReach({ reach, clock }: Index, trigger: Of<'availability'>, met: (device: LiveDevice) => void): void {
    const watch = new ReachWatch(trigger, clock, met)
    const leave = enter(reach, trigger.device as DeviceId, watch)
    this.#others++
    this.#ends.push(() => {
      watch.end()
      leave()
    })
  }

  #onCalendar(
    { schedule, signals, calendar }: Index,
    trigger: Of<'calendar'>,
    met: (seen?: string) => void,
  ): void {
    this.#others++
    const due = (at: number): void => met(nextInCalendar(trigger, calendar, at - 1)?.title)
    this.#ends.push(
      schedule.at(trigger, due),
      signals.on(`calendar/${trigger.calendar}`, () => schedule.review(trigger)),
    )
  }

  /** Something known of the home has become so. */
  #onSignal({ signals }: Index, key: string, to: string, met: (heard: SignalHeard) => void): void {
    this.#others++
    this.#ends.push(
      signals.on(key, (heard) => {
        if (heard.value === to) met(heard)
      }),
    )
  }

  #onRun({ runs }: Index, { automation, result }: Of<'run'>, met: (run: Run) => void): void {
    this.#others++
    const ended = (run: Run): void => {
      if (run.result === result) met(run)
    }
    this.#ends.push(enter(runs, automation as AutomationId, ended))
  }

  /** Devices came, went, moved or became something else. */
  rehang(targets: Targets): void {
    for (const watch of this.#values) watch.hang(targets)
    for (const each of this.#waits) each.rehang(targets)
  }

  /** Which of its triggers a clock will meet first, and when. */
  next({ schedule }: Pick<Index, 'schedule'>): Next | undefined {
    let first: Next | undefined
    this.rule.body.triggers.forEach((trigger, at) => {
      if (!isTimed(trigger)) return
      const due = schedule.nextOf(trigger)
      if (due !== undefined && (first === undefined || due < first.at)) first = { at: due, trigger: at }
    })
    return first
  }

  /** Waits for something within a run; the answer ends it. */
  await(index: Index, targets: Targets, trigger: AutomationTrigger, fire: Fire): () => void {
    const { body } = this.rule
    const wait = new Compiled({ ...this.rule, body: { ...body, triggers: [trigger], actions: [] } })
    this.#waits.add(wait)
    wait.hang(index, targets, fire, false)
    return () => {
      this.#waits.delete(wait)
      wait.unhang()
    }
  }

  unhang(): void {
    for (const watch of this.#values.splice(0)) watch.unhang()
    for (const end of this.#ends.splice(0)) end()
  }

  /** Nothing that is there could ever set it off. */
  get isDeaf(): boolean {
    return this.#others === 0 && this.#values.every((each) => each.isDeaf)
  }
}

function enter<K, V>(map: Map<K, Set<V>>, key: K, value: V): () => void {
  const known = map.get(key)
  if (known === undefined) map.set(key, new Set([value]))
  else known.add(value)
  return () => {
    const held = map.get(key)
    held?.delete(value)
    if (held?.size === 0) map.delete(key)
  }
}
