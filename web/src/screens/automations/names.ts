import { t } from '@lingui/core/macro'
import type { DeviceKind, DeviceView, MeterKind } from '@eaves/model'
import type { ModeId, OwnMode } from '@eaves/model/api'
import { modeName } from '../../words/later/modes.ts'
import { isolated } from '../../words/later/reach.ts'
import { spelled } from '../../words/later/capabilities.ts'
import type { Aim } from './shape.ts'

interface Named {
  readonly id: string
  readonly name: string
}
interface NamedMeter extends Named {
  readonly unit: 'kilowattHours' | 'cubicMeters'
  readonly kind?: MeterKind
  readonly tariffs?: readonly { readonly currency: string }[]
}
/** What a sentence has to know of the home. */
export interface Names {
  readonly devices: readonly Pick<DeviceView, 'id' | 'name' | 'parts'>[]
  readonly rooms: readonly Named[]
  readonly automations: readonly Named[]
  readonly scenes: readonly Named[]
  readonly hooks: readonly Named[]
  readonly calendars: readonly Named[]
  readonly meters: readonly NamedMeter[]
  /** Those of the home who can be named here. */
  readonly people?: readonly Named[] | undefined
  /** Modes that the home named. */
  readonly modes?: readonly OwnMode[] | undefined
  /** Places that the home knows by name. */
  readonly places?: readonly Named[] | undefined
}
const named = (all: readonly Named[], id: string): string | undefined => {
  const found = all.find((each) => each.id === id)
  return found && isolated(found.name)
}
export function deviceName({ devices }: Names, id: string, part?: string): string {
  const device = devices.find((each) => each.id === id)
  if (device === undefined) return t`a device that is gone`
  const name = isolated(device.name)
  if (part === undefined || part === 'main' || device.parts.length < 2) return name
  const which = spelled(part.replaceAll('_', ' '))
  return t`${name} (${which})`
}
export const roomName = ({ rooms }: Names, id: string): string => named(rooms, id) ?? t`a room that is gone`
export const otherName = ({ automations }: Names, id: string): string =>
  named(automations, id) ?? t`an automation that is gone`
export const modeWord = ({ modes = [] }: Names, mode: ModeId): string => {
  const name = modeName(mode, modes)
  return name === undefined ? t`a mode that is gone` : isolated(name)
}
/** Anyone, everyone, or somebody of the home. */
export const whoName = ({ people = [] }: Pick<Names, 'people'>, who: string): string => {
  if (who === 'anyone') return t`anyone`
  if (who === 'everyone') return t`everyone`
  return named(people, who) ?? t`somebody who is not known here`
}
export const placeName = ({ places = [] }: Pick<Names, 'places'>, id: string): string =>
  named(places, id) ?? t`a place that is gone`
export const sceneName = ({ scenes }: Names, id: string): string => named(scenes, id) ?? t`a scene`
export const calendarName = ({ calendars }: Names, id: string): string =>
  named(calendars, id) ?? t`a calendar that is gone`
/** Of a meter what it is called, and what it counts in. */
export const meterName = ({ meters }: Names, id: string): string =>
  named(meters, id) ?? t`a meter that is gone`
export const meterUnit = ({ meters }: Names, id: string): string =>
  meters.find((each) => each.id === id)?.unit === 'cubicMeters' ? 'm³' : 'kWh'
/** Meters of electricity that have a price, those of the grid first. */
export const pricedMeters = ({ meters }: Pick<Names, 'meters'>): readonly NamedMeter[] =>
  meters
    .filter(
      ({ unit, kind, tariffs = [] }) => unit === 'kilowattHours' && kind !== 'heat' && tariffs.length > 0,
    )
    .toSorted((a, b) => Number(b.kind === 'grid-import') - Number(a.kind === 'grid-import'))
/** What its price is in: of its newest tariff. */
export const meterCurrency = ({ meters }: Names, id: string): string | undefined =>
  meters.find((each) => each.id === id)?.tariffs?.at(-1)?.currency
export const hookName = ({ hooks }: Names, id: string): string =>
  named(hooks, id) ?? t`an address that has ended`

const someOf: Readonly<Record<DeviceKind, () => string>> = {
  light: () => t`a light`,
  plug: () => t`a plug`,
  switch: () => t`a switch`,
  sensor: () => t`a sensor`,
  climate: () => t`a heating or climate device`,
  cover: () => t`a blind or garage door`,
  lock: () => t`a lock`,
  fan: () => t`a fan`,
  button: () => t`a button`,
  alarm: () => t`an alarm`,
  siren: () => t`a siren`,
  valve: () => t`a valve`,
  vacuum: () => t`a robot vacuum`,
  mower: () => t`a robot mower`,
  camera: () => t`a camera`,
  tracker: () => t`a presence tracker`,
  group: () => t`a group`,
  other: () => t`another device`,
}
const allOf: Readonly<Record<DeviceKind, () => string>> = {
  light: () => t`all lights`,
  plug: () => t`all plugs`,
  switch: () => t`all switches`,
  sensor: () => t`all sensors`,
  climate: () => t`all heating and climate devices`,
  cover: () => t`all blinds and garage doors`,
  lock: () => t`all locks`,
  fan: () => t`all fans`,
  button: () => t`all buttons`,
  alarm: () => t`all alarms`,
  siren: () => t`all sirens`,
  valve: () => t`all valves`,
  vacuum: () => t`all robot vacuums`,
  mower: () => t`all robot mowers`,
  camera: () => t`all cameras`,
  tracker: () => t`all presence trackers`,
  group: () => t`all groups`,
  other: () => t`all other devices`,
}
/** Who is meant: "Hall motion", "a light in Kitchen", "everything in the home". */
export function aimName(aim: Aim, names: Names, all: boolean): string {
  if (aim.device !== undefined) return deviceName(names, aim.device, aim.part)
  const what =
    aim.of === undefined ? (all ? t`everything` : t`something`) : all ? allOf[aim.of]() : someOf[aim.of]()
  if (aim.room === undefined) return t`${what} in the home`
  const room = roomName(names, aim.room)
  return t`${what} in ${room}`
}
