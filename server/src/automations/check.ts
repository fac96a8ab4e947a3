import { isIP } from 'node:net'
import {
  AppError,
  capabilities,
  isCapability,
  isHiddenAddress,
  type AutomationId,
  type DeviceId,
  type FieldError,
  type RoomId,
} from '@eaves/model'
import type {
  AutomationAction,
  AutomationBody,
  AutomationCondition,
  AutomationTrigger,
} from '@eaves/model/api'
import { cellOf, fits, isShown, type Cell, type LiveDevice } from '../homes/homes.ts'
import { isPublicAddress } from '../privacy/privacy.ts'
import { waysOf } from './ask.ts'
import { expressionOf } from './conditions.ts'
import { BadExpression, type Worth } from './expression.ts'
import { Targets } from './targets.ts'
import type { Aim, CommandWish, World } from './world.ts'
import { rememberedIn, withWorked, workedOf, worthOf } from './worth.ts'

/** What a trigger can hang on besides devices. */
export type HasThing = (kind: 'hook' | 'calendar' | 'meter' | 'place', id: string) => boolean

export interface CheckDeps {
  readonly world: World
  readonly hasRoom: (room: RoomId) => boolean
  /** Whether it is another automation of this home. */
  readonly hasOther: (automation: AutomationId) => boolean
  /** Whether the home has it. */
  readonly hasThing: HasThing
  /** Whether it is somebody of this home. */
  readonly hasPerson: (who: string) => boolean
  /** Whether it is a mode of this home. */
  readonly hasMode: (mode: string) => boolean
  /** Throws what is wrong with the wish, as the device would. */
  readonly judge: (device: LiveDevice, wish: CommandWish) => void
  /** Whether whoever writes it may let the home call addresses. */
  readonly mayCall: boolean
}
/** Conditions within conditions and actions within actions. */
const deepest = 5
const mostParts = 500
const mostRemembered = 20

/** What keeps the automation from running as it is written, each fault with its place. */
export function faultsOf(deps: CheckDeps, body: AutomationBody): FieldError[] {
  const check = new Check(deps)
  body.triggers.forEach((each, i) => check.trigger(each, `triggers.${i}`))
  check.conditions(body.conditions ?? [], 'conditions', 0)
  // What a run remembers is there for its actions alone.
  check.remembered = rememberedIn(body.actions)
  if (check.remembered.size > mostRemembered) check.faults.push({ path: 'actions', code: 'too-big' })
  check.actions(body.actions, 'actions', 0)
  return check.faults
}

class Check {
  readonly faults: FieldError[] = []
  remembered: ReadonlySet<string> = new Set()
  readonly #deps: CheckDeps
  readonly #targets: Targets
  #parts = 0

  constructor(deps: CheckDeps) {
    this.#deps = deps
    this.#targets = new Targets(deps.world)
  }

  #say(path: string, code: string): void {
    this.faults.push({ path, code })
  }

  /** False once there is too much of it to look further. */
  #enter(path: string, depth: number): boolean {
    if (depth > deepest) this.#say(path, 'too-deep')
    if (++this.#parts === mostParts) this.#say(path, 'too-big')
    return depth <= deepest && this.#parts < mostParts
  }

  trigger(trigger: AutomationTrigger, path: string): void {
    if (!this.#enter(path, 0)) return
    switch (trigger.kind) {
      case 'state':
        return this.#state(trigger, path, { from: trigger.from, to: trigger.to })
      case 'numeric':
        return this.#numeric(trigger, path)
      case 'event':
        return this.#event(trigger, path)
      case 'availability':
        return void this.#device(trigger, path)
      case 'presence':
        return this.#person(trigger.who, path)
      case 'place':
        return this.#place(trigger, path)
      case 'mode':
        return this.#modes({ from: trigger.from, to: trigger.to }, path)
      case 'run':
        return this.#other(trigger.automation, `${path}.automation`)
      case 'calendar':
        return this.#calendar(trigger.calendar, path)
      case 'energy':
      case 'price':
        return this.#meter(trigger.meter, path)
      case 'webhook':
        if (!this.#deps.hasThing('hook', trigger.hook)) this.#say(`${path}.hook`, 'not-found')
        return
      case 'time':
      case 'every':
      case 'sun':
      case 'alarm':
        return
    }
  }

  #device({ device: id }: Aim, path: string): LiveDevice | undefined {
    const device = this.#deps.world.devices.get(id as DeviceId)
    if (device !== undefined && isShown(device)) return device
    this.#say(`${path}.device`, 'not-found')
    return undefined
  }

  /** Whether what is meant can be there at all. */
  #aim(aim: Aim, path: string): boolean {
    if (aim.room !== undefined && !this.#deps.hasRoom(aim.room as RoomId)) {
      this.#say(`${path}.room`, 'not-found')
      return false
    }
    if (aim.device === undefined) return true
    const device = this.#device(aim, path)
    if (device === undefined) return false
    if (aim.part === undefined || device.parts.has(aim.part)) return true
    this.#say(`${path}.part`, 'not-found')
    return false
  }

  #cells(
    aim: Aim & { readonly capability: string; readonly attribute: string },
    path: string,
  ): readonly Cell[] {
    if (!this.#aim(aim, path)) return []
    const { capability, attribute } = aim
    if (capability !== 'vendor' && !isCapability(capability)) {
      this.#say(`${path}.capability`, 'unknown')
      return []
    }
    if (isCapability(capability) && !Object.hasOwn(capabilities[capability].attributes, attribute)) {
      this.#say(`${path}.attribute`, 'unknown')
      return []
    }
    const cells = this.#targets.cells(aim)
    if (cells.length === 0 && aim.device !== undefined) this.#say(`${path}.attribute`, 'unsupported')
    return cells
  }

  #state(
    aim: Aim & { readonly capability: string; readonly attribute: string },
    path: string,
    values: Readonly<Record<string, string | number | boolean | undefined>>,
  ): void {
    const cells = this.#cells(aim, path)
    if (cells.length === 0) return
    for (const [key, value] of Object.entries(values))
      if (value !== undefined && !cells.some((cell) => fits(cell, value)))
        this.#say(`${path}.${key}`, 'impossible')
  }

  #numeric(
    aim: Aim & {
      readonly capability: string
      readonly attribute: string
      readonly above?: number | undefined
      readonly below?: number | undefined
    },
    path: string,
  ): void {
    const { above, below } = aim
    if (above === undefined && below === undefined) this.#say(`${path}.above`, 'required')
    if (above !== undefined && below !== undefined && above >= below) this.#say(`${path}.below`, 'impossible')
    const cells = this.#cells(aim, path)
    if (cells.length > 0 && !cells.some((cell) => cell.type === 'number'))
      this.#say(`${path}.attribute`, 'not-a-number')
  }

  #event(trigger: Extract<AutomationTrigger, { kind: 'event' }>, path: string): void {
    const aim: Aim = trigger
    const { capability, event } = trigger
    if (!this.#aim(aim, path)) return
    if (!isCapability(capability)) return this.#say(`${path}.capability`, 'unknown')
    const known: readonly string[] = capabilities[capability].events ?? []
    if (!known.includes(event)) return this.#say(`${path}.event`, 'unknown')
    if (aim.device === undefined) return
    const parts = [...this.#deps.world.devices.get(aim.device as DeviceId)!.parts.values()]
    const has = parts.some(({ shape }) => {
      const own = shape.capabilities[capability]
      return (
        (aim.part === undefined || aim.part === shape.id) &&
        own !== undefined &&
        (own.events ?? known).includes(event)
      )
    })
    if (!has) this.#say(`${path}.event`, 'unsupported')
  }

  #calendar(id: string, path: string): void {
    if (!this.#deps.hasThing('calendar', id)) this.#say(`${path}.calendar`, 'not-found')
  }

  #meter(id: string, path: string): void {
    if (!this.#deps.hasThing('meter', id)) this.#say(`${path}.meter`, 'not-found')
  }

  #person(who: string, path: string): void {
    const isOne = who !== 'anyone' && who !== 'everyone'
    if (isOne && !this.#deps.hasPerson(who)) this.#say(`${path}.who`, 'not-found')
  }

  #place({ who, place }: { readonly who: string; readonly place: string }, path: string): void {
    this.#person(who, path)
    if (!this.#deps.hasThing('place', place)) this.#say(`${path}.place`, 'not-found')
  }

  #modes(named: Readonly<Record<string, string | undefined>>, path: string): void {
    for (const [key, mode] of Object.entries(named))
      if (mode !== undefined && !this.#deps.hasMode(mode)) this.#say(`${path}.${key}`, 'not-found')
  }

  #other(id: string, path: string): void {
    if (!this.#deps.hasOther(id as AutomationId)) this.#say(path, 'not-found')
  }

  conditions(all: readonly AutomationCondition[], path: string, depth: number): void {
    all.forEach((each, i) => this.condition(each, `${path}.${i}`, depth))
  }

  condition(condition: AutomationCondition, path: string, depth: number): void {
    if (!this.#enter(path, depth)) return
    switch (condition.kind) {
      case 'state':
        return this.#state(condition, path, { is: condition.is })
      case 'numeric':
        return this.#numeric(condition, path)
      case 'and':
      case 'or':
        return this.conditions(condition.conditions, `${path}.conditions`, depth + 1)
      case 'not':
        return this.condition(condition.condition, `${path}.condition`, depth + 1)
      case 'presence':
        return this.#person(condition.who, path)
      case 'place':
        return this.#place(condition, path)
      case 'mode':
        return this.#modes({ is: condition.is }, path)
      case 'expression':
        return this.#expression(() => expressionOf(condition), `${path}.cel`)
      case 'calendar':
        return this.#calendar(condition.calendar, path)
      case 'price':
        return this.#meter(condition.meter, path)
      case 'time':
      case 'sun':
      case 'alarm':
        return
    }
  }

  #expression(read: () => Pick<Worth, 'names' | 'vars'>, path: string): void {
    try {
      const { names, vars } = read()
      if (vars.some((each) => !this.remembered.has(each))) this.#say(path, 'not-remembered')
      for (const { device: id, capability, attribute, part } of names) {
        const device = this.#deps.world.devices.get(id as DeviceId)
        if (device === undefined || !isShown(device)) this.#say(path, 'device-not-found')
        else if (
          capability !== undefined &&
          attribute !== undefined &&
          !hasValue(device, capability, attribute, part)
        )
          this.#say(path, 'value-not-found')
      }
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error
      this.#say(path, `expression-${error.code}`)
    }
  }

  actions(all: readonly AutomationAction[], path: string, depth: number): void {
    all.forEach((each, i) => this.#action(each, `${path}.${i}`, depth))
  }

  #action(action: AutomationAction, path: string, depth: number): void {
    if (!this.#enter(path, depth)) return
    switch (action.kind) {
      case 'command':
        return this.#command(action, path)
      case 'mode':
        return this.#modes({ to: action.to }, path)
      case 'run':
        return this.#other(action.automation, `${path}.automation`)
      case 'webhook':
        return this.#webhook(action, path)
      case 'set':
        return this.#expression(() => worthOf(action), `${path}.cel`)
      case 'wait':
        return this.condition(action.until, `${path}.until`, depth + 1)
      case 'waitFor':
        return this.trigger(action.trigger, `${path}.trigger`)
      case 'choose':
        action.options.forEach(({ when, then }, i) => {
          this.conditions(when, `${path}.options.${i}.when`, depth + 1)
          this.actions(then, `${path}.options.${i}.then`, depth + 1)
        })
        return this.actions(action.otherwise ?? [], `${path}.otherwise`, depth + 1)
      case 'repeat':
        if (action.while !== undefined) this.condition(action.while, `${path}.while`, depth + 1)
        return this.actions(action.actions, `${path}.actions`, depth + 1)
      case 'ask':
        return waysOf(action).forEach(({ at, then }) =>
          this.actions(then, `${path}.${at.replaceAll('/', '.')}`, depth + 1),
        )
      case 'scene':
      case 'alarm':
      case 'delay':
      case 'notify':
      case 'stop':
        return
    }
  }

  #webhook({ url, body }: Extract<AutomationAction, { kind: 'webhook' }>, path: string): void {
    if (!this.#deps.mayCall) return this.#say(path, 'call-rights') // pp.5.1
    if (isHiddenAddress(url)) this.#say(`${path}.url`, 'call-hidden')
    const host = new URL(url).hostname.replace(/^\[|\]$/g, '')
    if (isIP(host) !== 0 && !isPublicAddress(host)) this.#say(`${path}.url`, 'call-address')
    for (const [name, each] of workedOf(body)) this.#expression(() => worthOf(each), `${path}.body.${name}`)
  }

  #command(action: Extract<AutomationAction, { kind: 'command' }>, path: string): void {
    const aim: Aim = action
    if (!this.#aim(aim, path)) return
    const { capability, command } = action
    if (capability !== 'vendor' && !isCapability(capability))
      return this.#say(`${path}.capability`, 'unknown')
    if (isCapability(capability) && !Object.hasOwn(capabilities[capability].commands, command))
      return this.#say(`${path}.command`, 'unknown')
    const worked = workedOf(action.args)
    for (const [name, each] of worked) this.#expression(() => worthOf(each), `${path}.args.${name}`)
    // Which value of the device is meant stands there for everybody to read.
    if (capability === 'vendor' && worked.some(([name]) => name === 'key'))
      return this.#say(`${path}.args.key`, 'expression-not-a-name')
    const [device] = this.#targets.doers(action)
    if (device === undefined) return
    const args = standingFor(action)
    try {
      this.#deps.judge(device, { part: aim.part, capability, command, args })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      for (const each of error.errors ?? [{ path: 'command', code: error.code }])
        if (!worked.some(([name]) => each.path === `args.${name}`))
          this.#say(`${path}.${each.path}`, each.code)
    }
  }
}

/** What is worked out later stands for something that the command takes. */
export function standingFor({
  capability,
  command,
  args,
}: Extract<AutomationAction, { kind: 'command' }>): CommandWish['args'] {
  const spec = isCapability(capability) ? capabilities[capability].commands[command] : undefined
  const names = new Map(workedOf(args).map(([name, worked]) => [worked, name]))
  return withWorked(args, (worked) => {
    const arg = spec?.args[names.get(worked) ?? '']
    if (arg?.type === 'number') return arg.min
    return arg?.type === 'enum' ? (arg.values[0] ?? '') : arg?.type === 'text' ? '' : true
  })
}

function hasValue(
  device: LiveDevice,
  capability: string,
  attribute: string,
  part: string | undefined,
): boolean {
  const parts = part === undefined ? [...device.parts.keys()] : [part]
  return parts.some((id) => cellOf(device, id, capability, attribute) !== undefined)
}
