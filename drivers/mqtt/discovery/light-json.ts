import { fromRgb, fromXy, toRgb, toXy, type HueSaturation } from '../colors.ts'
import { put, type Args } from '../draft.ts'
import { field, isJson, numberField, textList, type Json } from '../payload.ts'
import type { VendorValue } from '@eaves/driver-kit'
import { known, wordsIn } from './choices.ts'
import type { Entity } from './entity.ts'
import {
  brightnessTop,
  fromKelvin,
  fromPercent,
  kelvinLimits,
  speaksKelvin,
  toKelvin,
  toPercent,
} from './light-basic.ts'

type State = Readonly<Record<string, VendorValue>>

/** The json schema: one topic, one object. */
export function addJsonLight(entity: Entity): void {
  const topic = entity.topic('command_topic')
  const isReadable = entity.canRead('state_topic', 'no_template')
  const modes = textList(entity.config, 'supported_color_modes')
  const flags = ['hs', 'rgb', 'xy', 'color_temp'].filter((mode) => entity.config[mode] === true)
  const colors = new Set([...modes, ...flags])
  const readers: ((state: Json) => void)[] = []
  const write = (
    capability: 'onOff' | 'level' | 'color',
    command: string,
    make: (args: Args) => State,
  ): void => {
    if (topic !== undefined)
      entity.write(capability, command, (args) => [
        entity.message(topic, JSON.stringify({ ...make(args), ...transitionOf(entity, args) })),
      ])
  }
  addPower(entity, isReadable, readers, write)
  const hasBrightness = entity.config.brightness === true || modes.some((mode) => mode !== 'onoff')
  if (hasBrightness) {
    const top = brightnessTop(entity)
    const target = isReadable ? entity.attribute('level', 'percent') : undefined
    if (target !== undefined)
      readers.push((state) => put(target, toPercent(scalarOf(state, 'brightness'), top)))
    write('level', 'setLevel', (args) => ({
      state: (args.percent as number) <= 0 ? 'OFF' : 'ON',
      ...((args.percent as number) <= 0 ? {} : { brightness: fromPercent(args.percent as number, top) }),
    }))
  }
  if (colors.has('color_temp')) {
    const kelvin = speaksKelvin(entity)
    const target = isReadable ? entity.attribute('color', 'kelvin', kelvinLimits(entity)) : undefined
    if (target !== undefined) {
      readers.push((state) => {
        if (state.color_mode === undefined || state.color_mode === 'color_temp')
          put(target, toKelvin(scalarOf(state, 'color_temp'), kelvin))
      })
    }
    write('color', 'setTemperature', (args) => ({ state: 'ON', color_temp: fromKelvin(args, kelvin) }))
  }
  const form = (['hs', 'xy', 'rgb', 'rgbw', 'rgbww'] as const).find((mode) => colors.has(mode))
  if (form !== undefined) addColor(entity, form, isReadable, readers, write)
  addEffect(entity, isReadable, readers)
  addFlash(entity)
  if (isReadable) readState(entity, readers)
}

function readState(entity: Entity, readers: readonly ((state: Json) => void)[]): void {
  // These are values already, not attributes beside them.
  for (const key of ['state', 'brightness', 'color_mode', 'color_temp', 'color', 'effect'])
    entity.assembly.lookedUp.add(`${entity.topic('state_topic')}\n${key}`)
  entity.read('state_topic', 'no_template', (_value, message) => {
    const state = message.json()
    if (isJson(state)) for (const read of readers) read(state)
  })
}
const transitionOf = (entity: Entity, args: Args): State =>
  typeof args.transitionSeconds === 'number' && entity.config.transition !== false
    ? { transition: args.transitionSeconds }
    : {}
const scalarOf = (state: Json, key: string): number | string | undefined => {
  const value = field(state, key)
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}

function addPower(
  entity: Entity,
  isReadable: boolean,
  readers: ((state: Json) => void)[],
  write: (capability: 'onOff', command: string, make: (args: Args) => State) => void,
): void {
  const target = isReadable ? entity.attribute('onOff', 'on') : undefined
  let last: boolean | undefined
  if (target !== undefined) {
    readers.push((state) => {
      if (state.state !== 'ON' && state.state !== 'OFF') return
      last = state.state === 'ON'
      put(target, last)
    })
  }
  write('onOff', 'turnOn', () => ({ state: 'ON' }))
  write('onOff', 'turnOff', () => ({ state: 'OFF' }))
  if (target !== undefined) write('onOff', 'toggle', () => ({ state: last === true ? 'OFF' : 'ON' }))
}

function addColor(
  entity: Entity,
  form: 'hs' | 'xy' | 'rgb' | 'rgbw' | 'rgbww',
  isReadable: boolean,
  readers: ((state: Json) => void)[],
  write: (capability: 'color', command: string, make: (args: Args) => State) => void,
): void {
  const hue = isReadable ? entity.attribute('color', 'hue') : undefined
  const saturation = isReadable ? entity.attribute('color', 'saturation') : undefined
  if (hue !== undefined && saturation !== undefined) {
    readers.push((state) => {
      const color = state.color_mode === 'color_temp' ? undefined : colorOf(field(state, 'color'))
      if (color === undefined) return
      put(hue, color.hue)
      put(saturation, color.saturation)
    })
  }
  write('color', 'setColor', (args) => ({
    state: 'ON',
    color: written(form, { hue: args.hue as number, saturation: args.saturation as number }),
  }))
}
function written(form: string, color: HueSaturation): State {
  if (form === 'hs') return { h: Math.round(color.hue * 10) / 10, s: Math.round(color.saturation * 10) / 10 }
  if (form === 'xy') return { ...toXy(color) }
  const [r, g, b] = toRgb(color).map((channel) => Math.round(channel * 255))
  return { r: r!, g: g!, b: b!, ...(form === 'rgb' ? {} : form === 'rgbw' ? { w: 0 } : { c: 0, w: 0 }) }
}
function colorOf(raw: unknown): HueSaturation | undefined {
  if (!isJson(raw)) return undefined
  const at = (key: string): number | undefined => numberField(raw, key)
  const [h, s, x, y, r, g, b] = [
    at('h') ?? at('hue'),
    at('s') ?? at('saturation'),
    at('x'),
    at('y'),
    at('r'),
    at('g'),
    at('b'),
  ]
  if (h !== undefined && s !== undefined) return { hue: h, saturation: s }
  if (x !== undefined && y !== undefined) return fromXy(x, y)
  return r === undefined || g === undefined || b === undefined ? undefined : fromRgb(r, g, b)
}

function addEffect(entity: Entity, isReadable: boolean, readers: ((state: Json) => void)[]): void {
  const values = wordsIn(entity, 'effect_list')
  const topic = entity.topic('command_topic')
  if (entity.config.effect !== true || values.length === 0) return
  const target = isReadable ? entity.attribute('effect', 'effect', { values }) : undefined
  if (target !== undefined)
    readers.push((state) =>
      put(
        target,
        values.find((value) => value === state.effect),
      ),
    )
  if (topic !== undefined)
    entity.write('effect', 'setEffect', (args) => [
      entity.message(topic, JSON.stringify({ state: 'ON', effect: known(values, args.effect) })),
    ])
}
/** A light that can flash shows by that which one it is. */
function addFlash(entity: Entity): void {
  const topic = entity.topic('command_topic')
  if (entity.config.flash !== true || topic === undefined) return
  const flash = numberField(entity.config, 'flash_time_short') ?? 2
  entity.write('identify', 'identify', () => [entity.message(topic, JSON.stringify({ state: 'ON', flash }))])
}
