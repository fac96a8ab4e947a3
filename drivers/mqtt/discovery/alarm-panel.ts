import { DriverError } from '@eaves/driver-kit'
import { put, type Args } from '../draft.ts'
import { textField } from '../payload.ts'
import { wordsIn } from './choices.ts'
import { codeOf, refuseCode, unkept } from './codes.ts'
import { forget, take, type Entity } from './entity.ts'

const states: Readonly<Record<string, readonly [state: string, armed: boolean | undefined]>> = {
  disarmed: ['disarmed', false],
  armed_home: ['armedHome', true],
  armed_away: ['armedAway', true],
  armed_night: ['armedNight', true],
  armed_vacation: ['armedVacation', true],
  armed_custom_bypass: ['armedCustom', true],
  arming: ['arming', true],
  disarming: ['disarming', false],
  pending: ['pending', undefined],
  triggered: ['triggered', undefined],
}
const ways: Readonly<Record<string, string>> = {
  armed_home: 'home',
  armed_away: 'away',
  armed_night: 'night',
  armed_vacation: 'vacation',
  armed_custom_bypass: 'custom',
}
const modes: Readonly<Record<string, readonly [feature: string, key: string, fallback: string]>> = {
  home: ['arm_home', 'payload_arm_home', 'ARM_HOME'],
  away: ['arm_away', 'payload_arm_away', 'ARM_AWAY'],
  night: ['arm_night', 'payload_arm_night', 'ARM_NIGHT'],
  vacation: ['arm_vacation', 'payload_arm_vacation', 'ARM_VACATION'],
  custom: ['arm_custom_bypass', 'payload_arm_custom_bypass', 'ARM_CUSTOM_BYPASS'],
}
const remoteCodes = ['REMOTE_CODE', 'REMOTE_CODE_TEXT']

export function addAlarmPanel(entity: Entity): void {
  readPanel(entity)
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template', ['action', 'code'])
  if (topic === undefined || render === undefined) return
  const allowed = codeRule(entity)
  const features = wordsIn(entity, 'supported_features', [
    ...Object.values(modes).map(([one]) => one),
    'trigger',
  ])
  const say = (payload: string, args: Args, requirement: string) => {
    const code = allowed(args, requirement)
    const message = entity.message(topic, render({ action: payload, code: code ?? null }))
    return [code === undefined ? message : unkept(message)]
  }
  const offered = Object.keys(modes).filter((mode) => features.includes(modes[mode]![0]))
  if (offered.length > 0) {
    entity.assembly.draft.limit(entity.part, 'alarmPanel', 'mode', { values: offered })
    entity.write('alarmPanel', 'arm', (args) => {
      const mode =
        typeof args.mode === 'string' && Object.hasOwn(modes, args.mode) ? modes[args.mode] : undefined
      if (mode === undefined || !features.includes(mode[0]))
        throw new DriverError('unsupported', 'The alarm cannot be armed in this way.')
      return say(entity.payload(mode[1], mode[2]), args, 'code_arm_required')
    })
  }
  entity.write('alarmPanel', 'disarm', (args) =>
    say(entity.payload('payload_disarm', 'DISARM'), args, 'code_disarm_required'),
  )
  // Setting it off takes no code of ours: where one is asked for, it is not offered.
  const isFree = entity.config.code === undefined || entity.config.code_trigger_required === false
  if (features.includes('trigger') && isFree)
    entity.write('alarmPanel', 'trigger', () => [
      entity.message(topic, render({ action: entity.payload('payload_trigger', 'TRIGGER'), code: null })),
    ])
}
/** A code of the config is compared here and never sent; a remote one is the panel's own to check. */
function codeRule(entity: Entity): (args: Args, requirement: string) => string | undefined {
  const wanted = textField(entity.config, 'code', 64)
  return (args, requirement) => {
    const code = codeOf(args)
    if (wanted === undefined || entity.config[requirement] === false) return code
    if (code === undefined) refuseCode(true)
    if (!remoteCodes.includes(wanted) && code !== wanted) refuseCode(false)
    return code
  }
}
function readPanel(entity: Entity): void {
  if (!entity.canRead('state_topic', 'value_template')) return
  const armed = entity.attribute('alarmPanel', 'armed')
  const state = entity.attribute('alarmPanel', 'state')
  const mode = entity.attribute('alarmPanel', 'mode')
  entity.read('state_topic', 'value_template', (value) => {
    const found = typeof value === 'string' && Object.hasOwn(states, value) ? states[value] : undefined
    if (state !== undefined) take(state, value, () => found?.[0])
    // Which way it is armed is not known while it arms, and there is none once it is disarmed.
    if (mode !== undefined) {
      const way = ways[typeof value === 'string' ? value : '']
      if (way !== undefined) put(mode, way)
      else if (found?.[1] === false) forget(mode)
    }
    if (armed !== undefined && found?.[1] !== undefined) put(armed, found[1])
  })
}
