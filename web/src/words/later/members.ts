import { t } from '@lingui/core/macro'
import type { DeviceKind, HomeRole, PersonalAct } from '@eaves/model'
import type { Member } from '@eaves/model/api'
import type { Level } from '../../screens/members/reach-model.ts'

type Words<K extends string> = Readonly<Record<K, () => string>>

const roleNames: Words<HomeRole> = {
  owner: () => t`Owner`,
  admin: () => t`Administrator`,
  adult: () => t`Adult`,
  child: () => t`Child`,
  guest: () => t`Guest`,
  kiosk: () => t`Wall panel`,
}
export const roleName = (role: HomeRole): string => roleNames[role]()

const roleHints: Words<HomeRole> = {
  owner: () => t`Everything, and whose home it is`,
  admin: () => t`Everything, with devices and people; cannot give the home away`,
  adult: () => t`Lives here: uses everything, arranges rooms and devices`,
  child: () => t`Lives here: uses what is harmless; an adult answers for them`,
  guest: () => t`Comes and goes: uses what is shared, for as long as was agreed`,
  kiosk: () => t`A screen on the wall, nobody’s account`,
}
export const roleHint = (role: HomeRole): string => roleHints[role]()

const kindNames: Words<DeviceKind> = {
  light: () => t({ context: 'kind of devices', message: 'the lights' }),
  plug: () => t({ context: 'kind of devices', message: 'the plugs' }),
  switch: () => t({ context: 'kind of devices', message: 'the switches' }),
  sensor: () => t({ context: 'kind of devices', message: 'the sensors' }),
  climate: () => t({ context: 'kind of devices', message: 'heating and climate' }),
  cover: () => t({ context: 'kind of devices', message: 'blinds and garage doors' }),
  lock: () => t({ context: 'kind of devices', message: 'the locks' }),
  fan: () => t({ context: 'kind of devices', message: 'the fans' }),
  button: () => t({ context: 'kind of devices', message: 'the buttons' }),
  alarm: () => t({ context: 'kind of devices', message: 'the alarms' }),
  siren: () => t({ context: 'kind of devices', message: 'the sirens' }),
  valve: () => t({ context: 'kind of devices', message: 'the valves' }),
  vacuum: () => t({ context: 'kind of devices', message: 'the robot vacuums' }),
  mower: () => t({ context: 'kind of devices', message: 'the robot mowers' }),
  camera: () => t({ context: 'kind of devices', message: 'the cameras' }),
  tracker: () => t({ context: 'kind of devices', message: 'the presence trackers' }),
  group: () => t({ context: 'kind of devices', message: 'the groups' }),
  other: () => t({ context: 'kind of devices', message: 'other devices' }),
}
export const kindName = (kind: DeviceKind): string => kindNames[kind]()

const levels: Words<Level> = {
  use: () => t`May use`,
  look: () => t`May look`,
  none: () => t`Not at all`,
}
export const levelName = (level: Level): string => levels[level]()

const shareNames: Words<PersonalAct> = {
  contact: () => t`My e-mail address and phone number`,
}
export const shareName = (act: PersonalAct): string => shareNames[act]()
const shareHints: Words<PersonalAct> = {
  contact: () =>
    t`Adults and children of this home can read them on the members’ page, so that they can reach you. Guests cannot.`,
}
export const shareHint = (act: PersonalAct): string => shareHints[act]()

/** What others call somebody: the home's name for them, else their address if they show it, else what they are. */
export const memberName = ({ name, contact, role }: Pick<Member, 'name' | 'contact' | 'role'>): string =>
  name ?? contact?.email ?? contact?.phone ?? roleName(role)
