import { capabilities, isCapability, type AutomationId, type RoomId } from '@eaves/model'
import type { AutomationAction, AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import { cellOf, isShown, type LiveDevice } from '../../homes/homes.ts'
import { expressionOf } from '../conditions.ts'
import { standingFor } from '../check.ts'
import type { PriceAsk } from '../prices.ts'
import { BadExpression, type Worth } from '../expression.ts'
import { placeIn } from '../presence.ts'
import type { Aim } from '../world.ts'
import { workedOf, worthOf } from '../worth.ts'
import type { Facts } from './facts.ts'
import type { Say } from './say.ts'
import { modesIn, signal } from './signals.ts'
import { walk } from './walk.ts'

type Of<K extends AutomationTrigger['kind']> = Extract<AutomationTrigger, { kind: K }>
type Command = Extract<AutomationAction, { kind: 'command' }>

/** What an automation names and is not there, or has not what is meant. */
export function lookAtParts(facts: Facts, say: Say): void {
  const { body } = facts.rule
  body.triggers.forEach((trigger, i) => lookAtTrigger(facts, trigger, `triggers/${i}`, say))
  facts.conditions.forEach((each, i) => lookAtCondition(facts, each, `conditions/${i}`, say))
  walk(body, (action, { at }) => {
    switch (action.kind) {
      case 'command':
        return lookAtCommand(facts, action, at, say)
      case 'scene':
        if (facts.sights.home.scenes?.has(action.scene) === false) say('missing', at, { what: 'scene' })
        return
      case 'mode':
        return lookAtModes(facts, [action.to], at, say)
      case 'run':
        return lookAtOther(facts, action.automation, at, say)
      case 'set':
        return lookAtNames(facts, () => worthOf(action), at, say)
      case 'webhook':
        return workedOf(action.body).forEach(([, each]) => lookAtNames(facts, () => worthOf(each), at, say))
      case 'wait':
        return lookAtCondition(facts, action.until, `${at}/until`, say)
      case 'waitFor':
        return lookAtTrigger(facts, action.trigger, `${at}/trigger`, say)
      case 'choose':
        return action.options.forEach(({ when }, i) =>
          when.forEach((each, j) => lookAtCondition(facts, each, `${at}/options/${i}/when/${j}`, say)),
        )
      case 'repeat':
        if (action.while !== undefined) lookAtCondition(facts, action.while, `${at}/while`, say)
        return
      case 'alarm':
      case 'delay':
      case 'ask':
      case 'notify':
      case 'stop':
        return
    }
  })
}

function lookAtTrigger(facts: Facts, trigger: AutomationTrigger, at: string, say: Say): void {
  switch (trigger.kind) {
    case 'state':
    case 'numeric':
      return lookAtValue(facts, trigger, at, say)
    case 'event':
      return lookAtEvent(facts, trigger, at, say)
    case 'availability':
      return void isThere(facts, trigger, at, say)
    case 'presence':
    case 'place':
    case 'mode':
      return
    case 'run':
      return lookAtOther(facts, trigger.automation, at, say)
    case 'calendar':
      return lookAtCalendar(facts, trigger.calendar, at, say)
    case 'energy':
      return void isMeter(facts, trigger.meter, at, say)
    case 'price':
      return lookAtPrice(facts, trigger, at, 'never-fires', say)
    case 'webhook':
      if (facts.sights.home.hasThing?.('hook', trigger.hook) === false) say('missing', at, { what: 'hook' })
      return
    case 'time':
    case 'every':
    case 'sun':
    case 'alarm':
      return
  }
}

/** Whether the room or the device is there at all; says so when it is not. */
function isThere({ sights }: Facts, aim: Aim, at: string, say: Say): boolean {
  if (aim.room !== undefined && !sights.home.hasRoom(aim.room as RoomId)) {
    say('missing', at, { what: 'room' })
    return false
  }
  if (aim.device === undefined) return true
  const device = sights.device(aim.device)
  if (device === undefined || !isShown(device)) {
    say('missing', at, { what: 'device', device: aim.device })
    return false
  }
  if (aim.part === undefined || device.parts.has(aim.part)) return true
  say('missing', at, { what: 'part', device: aim.device })
  return false
}

/** What is meant is not there: of one device it is a fault, of a room something that may come yet. */
function sayNone(aim: Aim, at: string, say: Say): void {
  if (aim.device === undefined) say('nothing-there', at)
  else say('cannot', at, { device: aim.device })
}

function lookAtValue(
  facts: Facts,
  aim: Aim & { readonly capability: string; readonly attribute: string; readonly kind: string },
  at: string,
  say: Say,
): void {
  if (aim.capability === signal) return lookAtSignal(facts, aim, at, say)
  if (!isThere(facts, aim, at, say)) return
  const cells = facts.sights.cells(aim)
  if (cells.length === 0 || (aim.kind === 'numeric' && cells.every(({ type }) => type !== 'number')))
    sayNone(aim, at, say)
}

/** Modes that were named in this home and are not there any more. */
function lookAtModes({ sights }: Facts, modes: readonly string[], at: string, say: Say): void {
  if (modes.some((mode) => sights.home.hasMode?.(mode) === false)) say('missing', at, { what: 'mode' })
}

/** A mode or a place of the home. */
function lookAtSignal(facts: Facts, aim: { readonly attribute: string }, at: string, say: Say): void {
  lookAtModes(facts, modesIn(aim), at, say)
  const place = placeIn(aim.attribute)
  if (place !== undefined && facts.sights.home.hasThing?.('place', place) === false)
    say('missing', at, { what: 'place' })
}

function lookAtEvent(facts: Facts, trigger: Of<'event'>, at: string, say: Say): void {
  const aim: Aim = trigger
  if (!isThere(facts, aim, at, say)) return
  const { sights } = facts
  const devices =
    aim.device === undefined
      ? [...sights.home.world.devices.values()].filter(
          (each) =>
            isShown(each) &&
            (aim.room === undefined || each.room === aim.room) &&
            (aim.of === undefined || each.shape.kind === aim.of),
        )
      : [sights.device(aim.device)!]
  if (!devices.some((each) => hasEvent(each, trigger, aim.part))) sayNone(aim, at, say)
}

function hasEvent(
  { shape }: LiveDevice,
  { capability, event }: Of<'event'>,
  part: string | undefined,
): boolean {
  if (!isCapability(capability)) return false
  return shape.parts.some(({ id, capabilities: has }) => {
    const own = has[capability]
    if (own === undefined || (part !== undefined && part !== id)) return false
    return (own.events ?? capabilities[capability].events ?? []).includes(event)
  })
}

function lookAtCalendar({ sights }: Facts, id: string, at: string, say: Say): void {
  if (sights.home.hasThing?.('calendar', id) === false) say('missing', at, { what: 'calendar' })
}

function isMeter({ sights }: Facts, id: string, at: string, say: Say): boolean {
  const isThere = sights.home.hasThing?.('meter', id) !== false
  if (!isThere) say('missing', at, { what: 'meter' })
  return isThere
}

/** A price that no tariff of the meter ever comes to. */
function lookAtPrice(
  facts: Facts,
  ask: PriceAsk,
  at: string,
  code: 'never-fires' | 'never-true',
  say: Say,
): void {
  if (isMeter(facts, ask.meter, at, say) && facts.sights.home.mayCost?.(ask) === false) say(code, at)
}

function lookAtOther(facts: Facts, id: string, at: string, say: Say): void {
  const other = facts.sights.home.automations.get(id as AutomationId)
  if (other === undefined) say('missing', at, { what: 'automation' })
  else if (!other.enabled) say('is-off', at, { other: other.id })
}

function lookAtCondition(facts: Facts, condition: AutomationCondition, at: string, say: Say): void {
  switch (condition.kind) {
    case 'state':
    case 'numeric':
      return lookAtValue(facts, condition, at, say)
    case 'and':
    case 'or':
      return condition.conditions.forEach((each, i) =>
        lookAtCondition(facts, each, `${at}/conditions/${i}`, say),
      )
    case 'not':
      return lookAtCondition(facts, condition.condition, `${at}/condition`, say)
    case 'expression':
      return lookAtNames(facts, () => expressionOf(condition), at, say)
    case 'calendar':
      return lookAtCalendar(facts, condition.calendar, at, say)
    case 'price':
      return lookAtPrice(facts, condition, at, 'never-true', say)
    case 'presence':
    case 'place':
    case 'mode':
    case 'time':
    case 'sun':
    case 'alarm':
      return
  }
}

function lookAtNames({ sights }: Facts, read: () => Pick<Worth, 'names'>, at: string, say: Say): void {
  let names
  try {
    names = read().names
  } catch (error) {
    if (!(error instanceof BadExpression)) throw error
    return // It is refused when it is saved.
  }
  for (const { device: id, capability, attribute, part } of names) {
    const device = sights.device(id)
    if (device === undefined || !isShown(device)) say('missing', at, { what: 'device', device: id })
    else if (capability !== undefined && attribute !== undefined) {
      const parts = part === undefined ? [...device.parts.keys()] : [part]
      if (!parts.some((each) => cellOf(device, each, capability, attribute) !== undefined))
        say('cannot', at, { device: id })
    }
  }
}

function lookAtCommand(facts: Facts, action: Command, at: string, say: Say): void {
  const aim: Aim = action
  for (const [, worked] of workedOf(action.args)) lookAtNames(facts, () => worthOf(worked), at, say)
  if (!isThere(facts, aim, at, say)) return
  const devices = facts.sights.doers(action)
  if (devices.length === 0) return sayNone(aim, at, say)
  if (aim.device !== undefined && !can(devices[0]!, action, aim.part))
    return say('cannot', at, { device: aim.device })
  const { author } = facts.rule
  const { mayDo, standing } = facts.sights.home
  if (author === undefined || mayDo === undefined || standing?.(author) !== undefined) return
  const { capability, command } = action
  const wish = { part: aim.part, capability, command, args: standingFor(action) }
  const refused = devices.find((each) => !mayDo(author, each, wish))
  if (refused !== undefined) say('author-rights', at, { device: refused.id })
}

function can({ shape }: LiveDevice, { capability, command, args }: Command, part: string | undefined) {
  return shape.parts.some(({ id, capabilities: has, vendor }) => {
    if (part !== undefined && part !== id) return false
    if (capability !== 'vendor')
      return isCapability(capability) && has[capability]?.commands.includes(command)
    const key = args?.key
    return typeof key === 'string' && Object.hasOwn(vendor, key) && vendor[key]!.writable
  })
}
