import type { AutomationAction, AutomationCondition, AutomationTrigger } from '@eaves/model/api'
import { modeKey } from '../modes.ts'
import { placeIn } from '../presence.ts'
import type { Aim } from '../world.ts'
import { isWorked } from '../worth.ts'
import { casesOf, isPossible } from './cases.ts'
import type { Facts } from './facts.ts'
import type { SceneSetting } from './home.ts'
import type { Say } from './say.ts'
import { signal } from './signals.ts'
import { walk, type Place } from './walk.ts'

type Command = Extract<AutomationAction, { kind: 'command' }>
/** What stands at stake: somebody comes in, an alarm that is silent or sounds, or something runs that should not run alone. */
type Stake = 'entry' | 'alarm' | 'running'

const hotRoomCelsius = 25
const hotWaterCelsius = 60
const verbs: Readonly<Record<string, Stake>> = {
  'lock.unlock': 'entry',
  'lock.unlatch': 'entry',
  'garageDoor.open': 'entry',
  'alarmPanel.disarm': 'entry',
  'lockCodes.setCode': 'entry',
  'alarmPanel.trigger': 'alarm',
  'siren.turnOn': 'alarm',
  'valve.open': 'running',
  'mower.start': 'running',
}

function stakeOf(facts: Facts, { capability, command, args = {}, ...rest }: Command): Stake | undefined {
  const plain = verbs[`${capability}.${command}`]
  if (plain !== undefined) return plain
  const { celsius, openPercent, muted } = args
  // What is worked out may be anything.
  const mayExceed = (value: unknown, most: number): boolean =>
    isWorked(value) || (typeof value === 'number' && value > most)
  if (capability === 'mute' && (muted === true || isWorked(muted))) return 'entry'
  if (capability === 'valve' && mayExceed(openPercent, 0)) return 'running'
  if (command === 'setTarget') {
    if (capability === 'thermostat' && mayExceed(celsius, hotRoomCelsius)) return 'running'
    if (capability === 'waterHeater' && mayExceed(celsius, hotWaterCelsius)) return 'running'
  }
  const aim: Aim = rest
  const device = aim.device === undefined ? undefined : facts.sights.device(aim.device)
  const shuts = command === 'turnOff' || command === 'lock' || command === 'close'
  return device?.guarded === true && !shuts ? 'entry' : undefined
}

function stakeOfScene(settings: readonly SceneSetting[]): Stake | undefined {
  for (const { capability, values } of settings) {
    if (capability === 'lock' && values.locked === false) return 'entry'
    if (capability === 'garageDoor' && Number(values.openPercent) > 0) return 'entry'
    if (capability === 'siren' && values.sounding === true) return 'alarm'
    if (capability === 'valve' && (values.open === true || Number(values.openPercent) > 0)) return 'running'
    if (capability === 'thermostat' && Number(values.targetCelsius) > hotRoomCelsius) return 'running'
  }
  return undefined
}

/** Commands that can do harm, where nothing asks for a person, somebody's presence or a time. */
export function lookAtDanger(facts: Facts, say: Say): void {
  walk(facts.rule.body, (action, place) => {
    const stake =
      action.kind === 'command'
        ? stakeOf(facts, action)
        : action.kind === 'scene'
          ? stakeOfScene(facts.sights.home.scenes?.get(action.scene) ?? [])
          : undefined
    if (stake === undefined) return
    const { device } = action as { readonly device?: string }
    const of = device === undefined ? {} : { device }
    if (isOpen(facts, stake, place)) say('anyone', place.at, of)
    else if (!isGuarded(facts, stake, place)) say('unguarded', place.at, of)
  })
}

/** Whoever has an address brings it about, unless a person of the home has a hand in it on the way. */
function isOpen({ rule }: Facts, stake: Stake, { awaited }: Place): boolean {
  const isCalled = ({ kind }: AutomationTrigger): boolean => kind === 'webhook'
  return [...rule.body.triggers, ...awaited].some(isCalled) && !awaited.some((each) => isReason(stake, each))
}

function isGuarded(facts: Facts, stake: Stake, { asked, awaited, isAnswered }: Place): boolean {
  if (isAnswered === true) return true
  if (awaited.some((each) => isReason(stake, each))) return true
  if ([...facts.conditions, ...asked].some((each) => guards(facts, each))) return true
  return facts.rule.body.triggers.every((each) => isReason(stake, each))
}

/** Whether a condition asks for a person, presence, the time or an alarm that is armed, whatever way it holds. */
function guards(facts: Facts, condition: AutomationCondition): boolean {
  switch (condition.kind) {
    case 'time':
      return isPossible(casesOf(facts.sights.cells, condition, true))
    case 'sun':
    case 'calendar':
      return true
    case 'presence':
    case 'place':
    case 'mode':
      return true
    case 'alarm':
      return condition.is !== 'disarmed'
    case 'state':
      return asksWho.has(condition.capability)
    case 'numeric':
    case 'price':
      return false
    case 'expression':
      return /\b(?:time|sun)\b|"(?:occupancy|tracker|alarmPanel|lockUse)"|'(?:occupancy|tracker|alarmPanel|lockUse)'/.test(
        condition.cel,
      )
    case 'and':
      return condition.conditions.some((each) => guards(facts, each))
    case 'or':
      return condition.conditions.every((each) => guards(facts, each))
    case 'not':
      return guards(facts, condition.condition)
  }
}
const asksWho: ReadonlySet<string> = new Set(['occupancy', 'tracker', 'alarmPanel', 'lockUse', signal])
const ofPersons: ReadonlySet<string> = new Set(['button', 'tagReader', 'tracker', 'lockUse'])
const ofHarm: ReadonlySet<string> = new Set(['smoke', 'carbonMonoxide', 'gasAlarm', 'waterLeak', 'tamper'])

/** A trigger that is reason enough: a person's hand or coming, danger itself, or a time for what merely runs. */
function isReason(stake: Stake, trigger: AutomationTrigger): boolean {
  switch (trigger.kind) {
    case 'event':
      return ofPersons.has(trigger.capability)
    case 'state':
      if (ofHarm.has(trigger.capability)) return trigger.to === true && stake !== 'running'
      if (trigger.capability === signal)
        return (
          trigger.attribute !== modeKey &&
          placeIn(trigger.attribute) === undefined &&
          (trigger.to === true || trigger.to === 'home')
        )
      if (trigger.capability === 'alarmPanel') return stake === 'alarm'
      return ofPersons.has(trigger.capability) && trigger.to !== undefined && trigger.to !== false
    case 'alarm':
      return stake === 'alarm'
    case 'time':
    case 'every':
    case 'sun':
    case 'calendar':
    case 'price':
      return stake === 'running'
    case 'numeric':
      return ofHarm.has(trigger.capability) && stake !== 'running' && trigger.above !== undefined
    case 'availability':
    case 'run':
    case 'energy':
    case 'webhook':
    case 'mode':
    case 'presence':
    case 'place':
      return false
  }
}
