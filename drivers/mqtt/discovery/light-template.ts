import { fromRgb, toRgb } from '../colors.ts'
import { put, type Args } from '../draft.ts'
import { toNumber } from '../payload.ts'
import type { Worth } from '../template/template.ts'
import { known, wordsIn } from './choices.ts'
import { isPayload, type Entity } from './entity.ts'
import { fromKelvin, fromPercent, kelvinLimits, speaksKelvin, toKelvin, toPercent } from './light-basic.ts'

const names = [
  'state',
  'brightness',
  'color_temp',
  'red',
  'green',
  'blue',
  'hue',
  'sat',
  'effect',
  'transition',
  'flash',
]

/** The template schema: one topic, a template for each value, one for on and one for off. */
export function addTemplateLight(entity: Entity): void {
  const topic = entity.topic('command_topic')
  const on = entity.renderer('command_on_template', names)
  const off = entity.renderer('command_off_template', names)
  const hasState = entity.text('state_template') !== undefined
  let last: boolean | undefined
  const flag = (value: Worth): boolean | undefined => {
    if (value !== 'on' && value !== 'off') return undefined
    last = value === 'on'
    return last
  }
  const isRead = hasState && entity.readInto('onOff', 'on', 'state_topic', 'state_template', flag)
  const hasBrightness = entity.text('brightness_template') !== undefined
  if (hasBrightness)
    entity.readInto('level', 'percent', 'state_topic', 'brightness_template', (value) =>
      toPercent(value, 255),
    )
  const hasTemperature = entity.text('color_temp_template') !== undefined
  const kelvin = speaksKelvin(entity)
  if (hasTemperature)
    entity.readInto(
      'color',
      'kelvin',
      'state_topic',
      'color_temp_template',
      (value) => toKelvin(value, kelvin),
      kelvinLimits(entity),
    )
  const hasColor = addColor(entity)
  const effects = wordsIn(entity, 'effect_list')
  if (effects.length > 0 && entity.text('effect_template') !== undefined)
    entity.readInto(
      'effect',
      'effect',
      'state_topic',
      'effect_template',
      (value) => effects.find((word) => isPayload(value, word)),
      { values: effects },
    )
  if (topic === undefined || on === undefined || off === undefined) return
  const send = (render: typeof on, values: Readonly<Record<string, Worth>>, args: Args) => {
    const transition =
      typeof args.transitionSeconds === 'number' ? { transition: args.transitionSeconds } : {}
    return [entity.message(topic, render({ ...values, ...transition }))]
  }
  entity.write('onOff', 'turnOn', (args) => send(on, { state: 'on' }, args))
  entity.write('onOff', 'turnOff', (args) => send(off, { state: 'off' }, args))
  if (isRead)
    entity.write('onOff', 'toggle', (args) =>
      last === true ? send(off, { state: 'off' }, args) : send(on, { state: 'on' }, args),
    )
  if (hasBrightness)
    entity.write('level', 'setLevel', (args) =>
      (args.percent as number) <= 0
        ? send(off, { state: 'off' }, args)
        : send(on, { state: 'on', brightness: fromPercent(args.percent as number, 255) }, args),
    )
  if (hasTemperature)
    entity.write('color', 'setTemperature', (args) =>
      send(on, { state: 'on', color_temp: fromKelvin(args, kelvin) }, args),
    )
  if (effects.length > 0)
    entity.write('effect', 'setEffect', (args) =>
      send(on, { state: 'on', effect: known(effects, args.effect) }, args),
    )
  if (hasColor) {
    entity.write('color', 'setColor', (args) => {
      const [red, green, blue] = toRgb({
        hue: args.hue as number,
        saturation: args.saturation as number,
      }).map((channel) => Math.round(channel * 255))
      return send(on, { state: 'on', red, green, blue, hue: args.hue, sat: args.saturation }, args)
    })
  }
}

/** Red, green and blue come from three templates over one message; they make a colour once all three are known. */
function addColor(entity: Entity): boolean {
  const keys = ['red_template', 'green_template', 'blue_template']
  if (!entity.has('state_topic') || keys.some((key) => entity.text(key) === undefined)) return false
  if (keys.some((key) => !entity.canRead('state_topic', key))) return false
  const hue = entity.attribute('color', 'hue')
  const saturation = entity.attribute('color', 'saturation')
  if (hue === undefined || saturation === undefined) return false
  const rgb: (number | undefined)[] = []
  keys.forEach((key, at) =>
    entity.read('state_topic', key, (value) => {
      rgb[at] = toNumber(value)
      const [r, g, b] = rgb
      // The readers of one message run in this order: blue is the last.
      if (at !== 2 || r === undefined || g === undefined || b === undefined) return
      const color = fromRgb(r, g, b)
      if (color === undefined) return
      put(hue, color.hue)
      put(saturation, color.saturation)
    }),
  )
  return true
}
