import { fromRgb, fromXy, kelvinToMired, miredToKelvin, toRgb, toXy, type HueSaturation } from '../colors.ts'
import { put, type Args, type Outgoing } from '../draft.ts'
import { clamp, numberField, toNumber } from '../payload.ts'
import { textOfWorth, type Worth } from '../template/template.ts'
import { addWords, keysOf } from './choices.ts'
import { flagOf, type Entity } from './entity.ts'
import { addOnOff } from './switches.ts'

/** The basic schema: a topic for each value. */
export function addBasicLight(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  addOnOff(entity, flagOf(on, off), on, off, 'state_topic', 'state_value_template')
  addBrightness(entity)
  addTemperature(entity)
  addColor(entity)
  addWhite(entity)
  addWords(entity, 'effect', 'effect', 'setEffect', keysOf('effect', 'effect_list', 'effect_value_template'))
}

/** The brightness that stands for 100 %. */
export const brightnessTop = (entity: Entity): number =>
  Math.max(1, numberField(entity.config, 'brightness_scale') ?? 255)
export function toPercent(value: Worth, top: number): number | undefined {
  const level = toNumber(value)
  return level === undefined
    ? undefined
    : level <= 0
      ? 0
      : Math.max(1, Math.round((clamp(level, 0, top) / top) * 100))
}
export const fromPercent = (percent: number, top: number): number =>
  percent <= 0 ? 0 : Math.max(1, Math.round((percent / 100) * top))

function addBrightness(entity: Entity): void {
  const top = brightnessTop(entity)
  entity.readInto('level', 'percent', 'brightness_state_topic', 'brightness_value_template', (value) =>
    toPercent(value, top),
  )
  const topic = entity.topic('brightness_command_topic')
  const render = entity.renderer('brightness_command_template')
  if (topic === undefined || render === undefined) return
  entity.write('level', 'setLevel', (args) =>
    withPower(entity, entity.message(topic, render({ value: fromPercent(args.percent as number, top) }))),
  )
}
/** Some lights want to be switched on before or after they are told how; others take the brightness alone. */
function withPower(entity: Entity, message: Outgoing): readonly Outgoing[] {
  const topic = entity.topic('command_topic')
  const type = entity.text('on_command_type') ?? 'last'
  if (topic === undefined || type === 'brightness') return [message]
  const power = entity.message(topic, entity.payload('payload_on', 'ON'))
  return type === 'first' ? [power, message] : [message, power]
}

/** Limits of the colour temperature in kelvin, whichever unit the config speaks. */
export function kelvinLimits(entity: Entity): { readonly min: number; readonly max: number } {
  const [minMired, maxMired] = [
    numberField(entity.config, 'min_mireds'),
    numberField(entity.config, 'max_mireds'),
  ]
  const min =
    numberField(entity.config, 'min_kelvin') ??
    (maxMired !== undefined && maxMired > 0 ? miredToKelvin(maxMired) : 2000)
  const max =
    numberField(entity.config, 'max_kelvin') ??
    (minMired !== undefined && minMired > 0 ? miredToKelvin(minMired) : 6535)
  return { min, max }
}
export const speaksKelvin = (entity: Entity): boolean => entity.config.color_temp_kelvin === true
export function toKelvin(value: Worth, kelvin: boolean): number | undefined {
  const number = toNumber(value)
  return number === undefined || number <= 0 ? undefined : kelvin ? Math.round(number) : miredToKelvin(number)
}
export const fromKelvin = (args: Args, kelvin: boolean): number =>
  kelvin ? Math.round(args.kelvin as number) : kelvinToMired(args.kelvin as number)

function addTemperature(entity: Entity): void {
  const kelvin = speaksKelvin(entity)
  entity.readInto(
    'color',
    'kelvin',
    'color_temp_state_topic',
    'color_temp_value_template',
    (value) => toKelvin(value, kelvin),
    kelvinLimits(entity),
  )
  const topic = entity.topic('color_temp_command_topic')
  const render = entity.renderer('color_temp_command_template')
  if (topic === undefined || render === undefined) return
  entity.write('color', 'setTemperature', (args) =>
    withPower(entity, entity.message(topic, render({ value: fromKelvin(args, kelvin) }))),
  )
}

function readRgb(a: number, b: number, c: number): HueSaturation | undefined {
  return fromRgb(a, b, c)
}
function writeRgb(color: HueSaturation): readonly number[] {
  return toRgb(color).map((channel) => Math.round(channel * 255))
}
const forms = [
  [
    'hs',
    ['hue', 'sat'],
    (a: number, b: number) => ({ hue: a, saturation: b }),
    (color: HueSaturation) => [Math.round(color.hue * 10) / 10, Math.round(color.saturation * 10) / 10],
  ],
  ['rgb', ['red', 'green', 'blue'], readRgb, writeRgb],
  // The white channels stay dark where a colour is asked for.
  ['rgbw', ['red', 'green', 'blue', 'white'], readRgb, (color: HueSaturation) => [...writeRgb(color), 0]],
  [
    'rgbww',
    ['red', 'green', 'blue', 'cold_white', 'warm_white'],
    readRgb,
    (color: HueSaturation) => [...writeRgb(color), 0, 0],
  ],
  [
    'xy',
    ['x', 'y'],
    (a: number, b: number) => fromXy(a, b),
    (color: HueSaturation) => Object.values(toXy(color)),
  ],
] as const

/** `255,0,0`, or a list as a template may leave it. */
function numbersIn(value: Worth): readonly (number | undefined)[] {
  if (Array.isArray(value)) return value.slice(0, 8).map(toNumber)
  return typeof value === 'string' ? value.slice(0, 100).split(',').map(toNumber) : []
}
/** The white channel beside the colour, on the device's own scale. */
function addWhite(entity: Entity): void {
  const topic = entity.topic('white_command_topic')
  if (topic === undefined) return
  const max = Math.max(1, numberField(entity.config, 'white_scale') ?? 255)
  const target = entity.vendor('white', {
    type: 'number',
    name: 'white',
    min: 0,
    max,
    step: 1,
    readable: false,
    writable: true,
  })
  if (target !== undefined)
    entity.writeVendor('white', (value) => [entity.message(topic, textOfWorth(value))])
}
function addColor(entity: Entity): void {
  const form = forms.find(([stem]) => entity.has(`${stem}_command_topic`, `${stem}_state_topic`))
  if (form === undefined) return
  const [stem, names, read, write] = form
  const isReadable = entity.canRead(`${stem}_state_topic`, `${stem}_value_template`)
  const hue = isReadable ? entity.attribute('color', 'hue') : undefined
  const saturation = isReadable ? entity.attribute('color', 'saturation') : undefined
  if (hue !== undefined && saturation !== undefined)
    entity.read(`${stem}_state_topic`, `${stem}_value_template`, (value) => {
      const numbers = numbersIn(value)
      if (numbers.length < names.length || numbers.some((number) => number === undefined)) return
      const color = read(numbers[0]!, numbers[1]!, numbers[2] ?? 0)
      if (color === undefined) return
      put(hue, color.hue)
      put(saturation, color.saturation)
    })
  const topic = entity.topic(`${stem}_command_topic`)
  const hasTemplate = entity.text(`${stem}_command_template`) !== undefined
  const render = entity.renderer(`${stem}_command_template`, names)
  if (topic === undefined || render === undefined) return
  entity.write('color', 'setColor', (args) => {
    const values = write({ hue: args.hue as number, saturation: args.saturation as number })
    const payload = hasTemplate
      ? render(Object.fromEntries(names.map((name, at) => [name, values[at]])))
      : values.join(',')
    return withPower(entity, entity.message(topic, payload))
  })
}
