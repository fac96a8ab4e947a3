import { put } from '../draft.ts'
import { field, isJson, numberField } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { known, wordsIn } from './choices.ts'
import { lookUp } from './climate.ts'
import { take, type Entity } from './entity.ts'

const states: Readonly<Record<string, string>> = {
  docked: 'docked',
  cleaning: 'cleaning',
  paused: 'paused',
  returning: 'returning',
  idle: 'idle',
  error: 'error',
}
const commands = [
  ['start', 'start', 'payload_start', 'start'],
  ['pause', 'pause', 'payload_pause', 'pause'],
  ['stop', 'stop', 'payload_stop', 'stop'],
  ['return_home', 'returnToDock', 'payload_return_to_base', 'return_to_base'],
  ['locate', 'locate', 'payload_locate', 'locate'],
  ['clean_spot', 'cleanSpot', 'payload_clean_spot', 'clean_spot'],
] as const

/** A vacuum cleaner: one object tells its state. Free commands to the device are not passed on. */
export function addVacuum(entity: Entity): void {
  const features = wordsIn(entity, 'supported_features', [
    'start',
    'stop',
    'return_home',
    'status',
    'clean_spot',
  ])
  const speeds = wordsIn(entity, 'fan_speed_list')
  const hasSpeed = features.includes('fan_speed') && speeds.length > 0
  readVacuum(entity, hasSpeed ? speeds : [])
  const topic = entity.topic('command_topic')
  for (const [feature, command, key, fallback] of commands)
    if (topic !== undefined && features.includes(feature))
      entity.write('vacuum', command, () => [entity.message(topic, entity.payload(key, fallback))])
  const speedTopic = entity.topic('set_fan_speed_topic')
  if (hasSpeed && speedTopic !== undefined)
    entity.write('vacuum', 'setFanSpeed', (args) => [
      entity.message(speedTopic, known(speeds, args.fanSpeed)),
    ])
}
function readVacuum(entity: Entity, speeds: readonly string[]): void {
  const template = entity.text('state_template') === undefined ? 'value_template' : 'state_template'
  if (!entity.canRead('state_topic', template)) return
  const state = entity.attribute('vacuum', 'state')
  const speed = speeds.length > 0 ? entity.attribute('vacuum', 'fanSpeed', { values: speeds }) : undefined
  const { classes } = entity.assembly
  const battery = classes.has('sensor.battery') ? undefined : 'battery_level'
  const percent =
    battery !== undefined && wordsIn(entity, 'supported_features').includes('battery')
      ? entity.attribute('battery', 'percent')
      : undefined
  const topic = entity.topic('state_topic')!
  for (const key of ['state', 'fan_speed', 'battery_level']) entity.assembly.lookedUp.add(`${topic}\n${key}`)
  entity.listen(topic, (message) => {
    const told = message.json()
    if (!isJson(told)) return
    if (state !== undefined && Object.hasOwn(told, 'state'))
      take(state, field(told, 'state') as Worth, lookUp(states))
    if (speed !== undefined)
      put(
        speed,
        speeds.find((word) => word === field(told, 'fan_speed')),
      )
    if (percent !== undefined && battery !== undefined) put(percent, numberField(told, battery))
  })
}

const activities: Readonly<Record<string, string>> = {
  mowing: 'mowing',
  paused: 'paused',
  docked: 'docked',
  returning: 'returning',
  error: 'error',
}
export function addMower(entity: Entity): void {
  entity.readInto('mower', 'state', 'activity_state_topic', 'activity_value_template', lookUp(activities))
  for (const [command, stem, word] of [
    ['start', 'start_mowing', 'start_mowing'],
    ['pause', 'pause', 'pause'],
    ['returnToDock', 'dock', 'dock'],
  ] as const)
    entity.send('mower', command, `${stem}_command_topic`, `${stem}_command_template`, () => word)
}
