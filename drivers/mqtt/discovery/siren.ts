import { put, type Args } from '../draft.ts'
import { clamp, field, isJson, jsonOf, toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { known, wordsIn } from './choices.ts'
import { flagOf, take, type Entity } from './entity.ts'

const names = ['value', 'tone', 'volume_level', 'duration']

export function addSiren(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  const tones = wordsIn(entity, 'available_tones')
  readSiren(entity, flagOf(entity.payload('state_on', on), entity.payload('state_off', off)), tones)
  const topic = entity.topic('command_topic')
  const render = rendererOf(entity, 'command_template')
  if (topic === undefined || render === undefined) return
  const renderOff =
    entity.text('command_off_template') === undefined ? render : rendererOf(entity, 'command_off_template')
  entity.write('siren', 'turnOn', (args) => [entity.message(topic, render(on, asked(entity, tones, args)))])
  if (renderOff !== undefined)
    entity.write('siren', 'turnOff', () => [entity.message(topic, renderOff(off, {}))])
}

type Asked = Readonly<Record<string, Worth>>
/** Without a template the command is an object with the state and what was asked beside it. */
function rendererOf(entity: Entity, key: string): ((state: string, more: Asked) => string) | undefined {
  if (entity.text(key) === undefined) return (state, more) => JSON.stringify({ state, ...more })
  const render = entity.renderer(key, names)
  return render === undefined ? undefined : (state, more) => render({ ...more, value: state })
}
function asked(entity: Entity, tones: readonly string[], args: Args): Asked {
  return {
    ...(typeof args.tone === 'string' && tones.length > 0 ? { tone: known(tones, args.tone) } : {}),
    ...(typeof args.durationSeconds === 'number' && entity.config.support_duration !== false
      ? { duration: Math.round(args.durationSeconds) }
      : {}),
    ...(typeof args.volumePercent === 'number' && entity.config.support_volume_set !== false
      ? { volume_level: args.volumePercent / 100 }
      : {}),
  }
}

function readSiren(
  entity: Entity,
  flag: (value: Worth) => boolean | undefined,
  tones: readonly string[],
): void {
  const template =
    entity.text('state_value_template') === undefined ? 'value_template' : 'state_value_template'
  if (!entity.canRead('state_topic', template)) return
  const sounding = entity.attribute('siren', 'sounding')
  const tone = tones.length > 0 ? entity.attribute('siren', 'tone', { values: tones }) : undefined
  const volume = entity.isOn('support_volume_set') ? entity.attribute('siren', 'volumePercent') : undefined
  const duration = entity.isOn('support_duration') ? entity.attribute('siren', 'durationSeconds') : undefined
  entity.read('state_topic', template, (value) => {
    const object = typeof value === 'string' && value.startsWith('{') ? jsonOf(value) : value
    if (!isJson(object)) {
      if (sounding !== undefined) take(sounding, value, flag)
      return
    }
    const state = field(object, 'state') as Worth
    if (sounding !== undefined && state !== undefined) take(sounding, state, flag)
    if (tone !== undefined)
      put(
        tone,
        tones.find((one) => one === field(object, 'tone')),
      )
    const loud = toNumber(field(object, 'volume_level'))
    if (volume !== undefined && loud !== undefined) put(volume, clamp(Math.round(loud * 100), 0, 100))
    if (duration !== undefined) put(duration, toNumber(field(object, 'duration')))
  })
}
