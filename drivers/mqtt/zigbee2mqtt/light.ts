import { fromRgb, fromXy, kelvinToMired, miredToKelvin, toXy, type HueSaturation } from '../colors.ts'
import { put, type Args } from '../draft.ts'
import { clamp, isJson, numberField, round, toNumber } from '../payload.ts'
import type { Expose } from './exposes.ts'
import { readInto, write, type Mapping, type Payload } from './places.ts'
import { flagReader } from './map-convert.ts'

/** A light's state, brightness, colour temperature and colour; false for features it does not know. */
export function mapLight(map: Mapping, part: string, feature: Expose): boolean {
  if (feature.name === 'state') return mapOnOff(map, part, feature)
  if (feature.name === 'brightness') return mapLevel(map, part, feature)
  if (feature.name === 'color_temp') return mapTemperature(map, part, feature)
  if (feature.name === 'color_hs' || feature.name === 'color_xy') return mapColor(map, part, feature)
  return false
}

export function mapOnOff(map: Mapping, part: string, feature: Expose): boolean {
  const { property, on = 'ON', off = 'OFF' } = feature
  const toFlag = flagReader(on, off)
  let last: boolean | undefined
  const track = (value: unknown): boolean | undefined => {
    const flag = toFlag(value)
    if (flag !== undefined) last = flag
    return flag
  }
  if (property === '' || !readInto(map, part, 'onOff', 'on', property, track)) return false
  if (!feature.settable) return true
  const set = (value: unknown): Payload => ({ [property]: value as string })
  write(map, part, 'onOff', 'turnOn', () => set(on))
  write(map, part, 'onOff', 'turnOff', () => set(off))
  write(map, part, 'onOff', 'toggle', () => set(feature.toggle ?? (last === true ? off : on)))
  if (feature.gettable) map.askable.push(property)
  return true
}

const transition = (args: Args): Payload =>
  typeof args.transitionSeconds === 'number' ? { transition: args.transitionSeconds } : {}

function mapLevel(map: Mapping, part: string, feature: Expose): boolean {
  const top = feature.max !== undefined && feature.max > 0 ? feature.max : 254
  const toPercent = (value: unknown): number | undefined => {
    const level = toNumber(value)
    // Rounding must not make a light that glows read as dark, nor a command of 1 % switch it off.
    return level === undefined
      ? undefined
      : level <= 0
        ? 0
        : Math.max(1, Math.round((clamp(level, 0, top) / top) * 100))
  }
  if (!readInto(map, part, 'level', 'percent', feature.property, toPercent)) return false
  if (feature.settable) {
    write(map, part, 'level', 'setLevel', (args) => {
      const percent = args.percent as number
      return {
        [feature.property]: percent <= 0 ? 0 : Math.max(1, Math.round((percent / 100) * top)),
        ...transition(args),
      }
    })
  }
  return true
}

/** `color_mode` and its twin with the endpoint's suffix. */
const modeProperty = (feature: Expose, plain: string): string =>
  feature.property.startsWith(plain) ? `color_mode${feature.property.slice(plain.length)}` : 'color_mode'

/** Mireds are coarse among cold whites: what was asked for is what a light shows that reports the very step it was sent. */
export function rememberKelvin(): {
  of: (mired: number) => number
  asked: (kelvin: number, mired: number) => number
} {
  let last = { kelvin: 0, mired: 0 }
  return {
    of: (mired) => (mired === last.mired ? last.kelvin : clamp(miredToKelvin(mired), 1000, 20_000)),
    asked: (kelvin, mired) => {
      last = { kelvin, mired }
      return mired
    },
  }
}
function mapTemperature(map: Mapping, part: string, feature: Expose): boolean {
  const { property, min, max } = feature
  const limits = {
    ...(max !== undefined && max > 0 ? { min: miredToKelvin(max) } : {}),
    ...(min !== undefined && min > 0 ? { max: miredToKelvin(min) } : {}),
  }
  const target = map.draft.attribute(part, 'color', 'kelvin', limits)
  if (target === undefined) return false
  const mode = modeProperty(feature, 'color_temp')
  const kelvin = rememberKelvin()
  map.readers.push((state) => {
    const mired = toNumber(state[property])
    // A coloured light still names the nearest temperature: that is not what it shows.
    if (mired !== undefined && mired > 0 && (state[mode] === undefined || state[mode] === 'color_temp'))
      put(target, kelvin.of(mired))
  })
  if (feature.settable) {
    write(map, part, 'color', 'setTemperature', (args) => ({
      [property]: kelvin.asked(
        args.kelvin as number,
        clamp(kelvinToMired(args.kelvin as number), min ?? 1, max ?? 1000),
      ),
      ...transition(args),
    }))
  }
  return true
}

function mapColor(map: Mapping, part: string, feature: Expose): boolean {
  const property = feature.property === '' ? 'color' : feature.property
  const byHue = feature.name === 'color_hs'
  const writer = (args: Args): Payload => {
    const color = { hue: args.hue as number, saturation: args.saturation as number }
    return {
      [property]: byHue ? { hue: round(color.hue, 1), saturation: round(color.saturation, 1) } : toXy(color),
      ...transition(args),
    }
  }
  if (map.draft.has(part, 'color', 'hue')) {
    // Hue and saturation are taken as they are where the light has both: nothing is lost on the way.
    if (byHue && feature.settable) write(map, part, 'color', 'setColor', writer)
    return true
  }
  const hue = map.draft.attribute(part, 'color', 'hue')
  const saturation = map.draft.attribute(part, 'color', 'saturation')
  if (hue === undefined || saturation === undefined) return false
  const mode = modeProperty({ ...feature, property }, 'color')
  map.readers.push((state) => {
    if (state[mode] === 'color_temp') return
    const color = readColor(state[property])
    if (color === undefined) return
    put(hue, color.hue)
    put(saturation, color.saturation)
  })
  if (feature.settable) write(map, part, 'color', 'setColor', writer)
  return true
}

function readColor(raw: unknown): HueSaturation | undefined {
  if (!isJson(raw)) return undefined
  const hue = numberField(raw, 'hue') ?? numberField(raw, 'h')
  const saturation = numberField(raw, 'saturation') ?? numberField(raw, 's')
  if (hue !== undefined && saturation !== undefined) return { hue, saturation }
  const [x, y] = [numberField(raw, 'x'), numberField(raw, 'y')]
  if (x !== undefined && y !== undefined) return fromXy(x, y)
  const [r, g, b] = [numberField(raw, 'r'), numberField(raw, 'g'), numberField(raw, 'b')]
  return r === undefined || g === undefined || b === undefined ? undefined : fromRgb(r, g, b)
}
