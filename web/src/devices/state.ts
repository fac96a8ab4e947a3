import { plural, t } from '@lingui/core/macro'
import type { DeviceView, Value } from '@eaves/model'
import type { Tint } from '../ui/card.tsx'
import { alarmName } from '../words/capabilities.ts'
import { degrees, percent, formatAttribute } from '../words/numbers.ts'
import { ago } from '../words/time.ts'
import { formatReading, formatVendor, word } from '../words/values.ts'
import { alarmsOf, batteryLow, numberOf, partWith, readingsOf, switchParts, valueOf } from './facts.ts'
import { okHue } from './hue.ts'

export interface CardState {
  readonly text: string
  readonly tint?: Tint
  readonly hue?: number
}
/** "Living room · Ceiling light" for screen readers. */
export function spokenName({ name, roomName }: DeviceView): string {
  return roomName === null ? name : t`${name}, ${roomName}`
}

/** What a card says of a device; `on` is what its switch shows, which may be a wish. */
export function cardState(device: DeviceView, on?: Value): CardState {
  if (!device.online) return { text: partWith(device, 'lock') ? t`State unknown` : t`Offline` }
  const [danger] = alarmsOf(device)
  if (danger) return { text: formatReading(danger, 'detected', true), tint: 'alert' }
  switch (device.kind) {
    case 'light':
      return lightState(device, on)
    case 'plug':
      return switchedState(device, on, 'energy', numberOf(device, 'power', 'watts'), 'watts')
    case 'fan':
      return switchedState(device, on, 'cool', numberOf(device, 'fan', 'percent'), 'percent')
    case 'switch':
      return switchedState(device, on, 'light')
    case 'lock':
      return lockState(device)
    case 'cover':
      return coverState(device)
    case 'climate':
      return climateState(device)
    case 'button':
    case 'camera':
      return { text: t`Ready` }
    case 'group':
      return groupState(device, on)
    default:
      return sensorState(device, on)
  }
}

function switchedState(
  device: DeviceView,
  on: Value | undefined,
  tint: Tint,
  figure?: number,
  attribute?: 'watts' | 'percent',
): CardState {
  const parts = switchParts(device)
  if (parts.length > 1) {
    const count = parts.filter((part) => part.capabilities.onOff?.on === true).length
    return count === 0 ? { text: t`All off` } : { text: t`${count} of ${parts.length} on`, tint }
  }
  if (parts.length === 0 && figure !== undefined)
    return figure > 0
      ? { text: attribute === 'watts' ? formatAttribute('power', 'watts', figure) : percent(figure), tint }
      : { text: t`Off` }
  if (on === undefined) return { text: t`Unknown` }
  if (on !== true) return { text: t`Off` }
  if (figure === undefined || attribute === undefined) return { text: t`On`, tint }
  const amount = attribute === 'watts' ? formatAttribute('power', 'watts', figure) : percent(figure)
  return { text: t`On · ${amount}`, tint }
}

function lightState(device: DeviceView, on: Value | undefined): CardState {
  const state = switchedState(device, on, 'light', numberOf(device, 'level', 'percent'), 'percent')
  const hue = numberOf(device, 'color', 'hue')
  const saturation = numberOf(device, 'color', 'saturation')
  const white = numberOf(device, 'color', 'kelvin') !== undefined
  if (state.tint === undefined || hue === undefined || saturation === undefined || saturation < 10 || white)
    return state
  return { ...state, tint: 'hue', hue: okHue(hue, saturation) }
}

function lockState(device: DeviceView): CardState {
  const state = valueOf(device, 'lock', 'state')
  if (state === 'jammed') return { text: t`Jammed`, tint: 'alert' }
  if (typeof state === 'string' && state !== 'locked' && state !== 'unlocked')
    return { text: word(state), tint: 'warn' }
  const locked = valueOf(device, 'lock', 'locked')
  if (locked === undefined) return { text: t`State unknown` }
  return locked ? { text: t`Locked`, tint: 'secure' } : { text: t`Unlocked`, tint: 'warn' }
}

export function openWord(open: number): string {
  const amount = percent(open)
  return open <= 0 ? t`Closed` : open >= 100 ? t`Open` : t`${amount} open`
}
function coverState(device: DeviceView): CardState {
  const garage = partWith(device, 'garageDoor') !== undefined
  const capability = garage ? 'garageDoor' : 'cover'
  const moving = valueOf(device, capability, 'moving')
  const open = numberOf(device, capability, 'openPercent')
  if (moving === 'opening' || moving === 'closing')
    return { text: word(moving), tint: garage ? 'warn' : 'cool' }
  if (open === undefined) return { text: t`Unknown` }
  return open > 0 ? { text: openWord(open), tint: garage ? 'warn' : 'cool' } : { text: openWord(open) }
}

function climateState(device: DeviceView): CardState {
  if (!partWith(device, 'thermostat')) return sensorState(device, valueOf(device, 'onOff', 'on'))
  const measured = numberOf(device, 'thermostat', 'celsius')
  const target = numberOf(device, 'thermostat', 'targetCelsius')
  const mode = valueOf(device, 'thermostat', 'mode')
  const running = valueOf(device, 'thermostat', 'running')
  const tint = running === 'heating' ? 'heat' : running === 'cooling' ? 'cool' : undefined
  const now = measured === undefined ? undefined : degrees(measured)
  if (mode === 'off') return { text: now === undefined ? t`Off` : t`Off · ${now} now` }
  const text = nowAndGoal(measured, target, degrees)
  return tint ? { text, tint } : { text }
}

/** A group looks like what it is made of. */
function groupState(device: DeviceView, on: Value | undefined): CardState {
  if (partWith(device, 'level') || partWith(device, 'color')) return lightState(device, on)
  if (partWith(device, 'cover')) return coverState(device)
  return partWith(device, 'thermostat') ? climateState(device) : sensorState(device, on)
}

const stateTints: Readonly<Record<string, Tint>> = {
  triggered: 'alert',
  pending: 'warn',
  error: 'warn',
  cleaning: 'cool',
  mowing: 'energy',
  returning: 'cool',
}
/** They wait to be asked and tell nothing back. */
const acting = ['camera', 'scene', 'press', 'message', 'button', 'tagReader', 'firmware']
const armed = /^armed/
function nowAndGoal(
  measured: number | undefined,
  target: number | undefined,
  format: (value: number) => string,
): string {
  const now = measured === undefined ? undefined : format(measured)
  if (target === undefined) return now ?? t`Unknown`
  const goal = format(target)
  return now === undefined ? t`Set to ${goal}` : t`${now} now · ${goal} set`
}
/** The state that an appliance tells in a word of its own, or as open and closed, sounding and silent. */
function applianceState(device: DeviceView): CardState | undefined {
  for (const capability of ['alarmPanel', 'vacuum', 'mower']) {
    const state = valueOf(device, capability, 'state')
    if (typeof state !== 'string') continue
    const tint = armed.test(state) ? 'secure' : stateTints[state]
    return { text: word(state), ...(tint ? { tint } : {}) }
  }
  const sounding = valueOf(device, 'siren', 'sounding')
  if (sounding !== undefined)
    return sounding === true ? { text: t`Sounding`, tint: 'alert' } : { text: t`Silent` }
  const home = valueOf(device, 'tracker', 'home')
  if (home !== undefined) return { text: home === true ? t`At home` : t`Away` }
  const water = numberOf(device, 'waterHeater', 'celsius')
  const waterGoal = numberOf(device, 'waterHeater', 'targetCelsius')
  if (water !== undefined || waterGoal !== undefined) return { text: nowAndGoal(water, waterGoal, degrees) }
  const air = numberOf(device, 'humidifier', 'percent')
  const airGoal = numberOf(device, 'humidifier', 'targetPercent')
  if (valueOf(device, 'onOff', 'on') !== false && (air !== undefined || airGoal !== undefined))
    return { text: nowAndGoal(air, airGoal, percent), tint: 'cool' }
  const valve = valueOf(device, 'valve', 'open')
  const share = numberOf(device, 'valve', 'openPercent')
  if (share !== undefined) return { text: openWord(share), ...(share > 0 ? { tint: 'cool' as const } : {}) }
  return valve === undefined
    ? undefined
    : valve === true
      ? { text: t`Open`, tint: 'cool' }
      : { text: t`Closed` }
}

function sensorState(device: DeviceView, on: Value | undefined): CardState {
  const appliance = applianceState(device)
  if (appliance) return appliance
  const readings = readingsOf(device).filter(({ capability }) => capability !== 'battery')
  // After the first, what is merely quiet is not worth a word.
  const telling = readings.filter(({ value }, i) => i === 0 || value !== false)
  if (telling.length > 0)
    return {
      text: telling
        .slice(0, 2)
        .map(({ capability, attribute, value }) => formatReading(capability, attribute, value))
        .join(' · '),
    }
  if (switchParts(device).length > 0) return switchedState(device, on, 'light')
  if (acting.some((capability) => partWith(device, capability))) return { text: t`Ready` }
  const [first] = device.parts.flatMap((part) => Object.values(part.vendor))
  return { text: first === undefined ? t`No reading yet` : formatVendor(first) }
}

/** The third line of a card: only for what is stale, gone or nearly empty. */
export function cardNote(device: DeviceView): string | undefined {
  if ((!device.online || device.stale === true) && device.lastSeen !== undefined)
    return t`Last seen ${ago(device.lastSeen)}`
  if (device.silentSince !== undefined) return t`Silent since ${ago(device.silentSince)}`
  if (!batteryLow(device)) return undefined
  const left = numberOf(device, 'battery', 'percent')
  return left === undefined ? t`Battery low` : t`Battery ${percent(left)}`
}

/** Which dangers and gaps a home should say first. */
export const alarmSentence = (device: DeviceView): string =>
  `${spokenName(device)}: ${alarmsOf(device).map(alarmName).join(', ')}`
export const lightsWord = (count: number): string =>
  plural(count, { one: '# light on', other: '# lights on' })
