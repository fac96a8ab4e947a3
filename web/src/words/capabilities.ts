import { t } from '@lingui/core/macro'
import { capabilities, isCapability, type CapabilityId } from '@eaves/model'
import type { Group } from '../devices/facts.ts'

/** Called on each use, so that the words follow the language. */
const names: Readonly<Record<CapabilityId, () => string>> = {
  onOff: () => t`Power switch`,
  level: () => t`Brightness`,
  color: () => t`Colour`,
  lock: () => t`Lock`,
  cover: () => t`Cover`,
  garageDoor: () => t`Garage door`,
  thermostat: () => t`Thermostat`,
  fan: () => t`Fan`,
  childLock: () => t`Child lock`,
  identify: () => t`Identify`,
  occupancy: () => t`Presence`,
  contact: () => t`Door or window`,
  temperature: () => t`Temperature`,
  humidity: () => t`Humidity`,
  illuminance: () => t`Light level`,
  pressure: () => t`Air pressure`,
  soilMoisture: () => t`Soil moisture`,
  power: () => t`Power`,
  energy: () => t`Energy`,
  battery: () => t`Battery`,
  waterLeak: () => t`Water leak`,
  rain: () => t`Rain`,
  smoke: () => t`Smoke`,
  carbonMonoxide: () => t`Carbon monoxide`,
  gasAlarm: () => t`Gas`,
  vibration: () => t`Vibration`,
  tamper: () => t`Tampering`,
  airQuality: () => t`Air quality`,
  carbonDioxide: () => t`Carbon dioxide`,
  particlesPm1: () => t`Fine dust PM1`,
  particlesPm25: () => t`Fine dust PM2.5`,
  particlesPm10: () => t`Fine dust PM10`,
  volatileOrganics: () => t`Volatile organic compounds`,
  formaldehyde: () => t`Formaldehyde`,
  button: () => t`Button`,
}
export const capabilityName = (capability: string): string =>
  isCapability(capability) ? names[capability]() : capability

const attributes: Readonly<Record<string, () => string>> = {
  volts: () => t`Voltage`,
  amperes: () => t`Electric current`,
  hertz: () => t`Frequency`,
  powerFactor: () => t`Power factor`,
  producedKilowattHours: () => t`Energy produced`,
  partsPerMillion: () => t`Concentration`,
}
/** What one reading is called: the capability's name unless it has several attributes. */
export function readingName(capability: string, attribute: string): string {
  return attributes[attribute] &&
    isCapability(capability) &&
    Object.keys(capabilities[capability].attributes).length > 1
    ? attributes[attribute]()
    : capabilityName(capability)
}

const groups: Readonly<Record<Group, () => string>> = {
  lights: () => t`Lights`,
  comfort: () => t`Climate and blinds`,
  power: () => t`Plugs and switches`,
  safety: () => t`Locks and alarms`,
  sensing: () => t`Sensors and buttons`,
  other: () => t`Other devices`,
}
export const groupName = (group: Group): string => groups[group]()

const categories: Readonly<Record<string, () => string>> = {
  'home.activity': () => t`What is switched and when`,
  'home.presence': () => t`Whether somebody is there`,
  'home.climate': () => t`Climate and air`,
  'home.energy': () => t`Energy use`,
  'home.safety': () => t`Dangers such as smoke or water`,
  'device.identity': () => t`What kind of device it is`,
  'device.health': () => t`The device’s own health`,
  'device.settings': () => t`The device’s settings`,
}
export const categoryName = (category: string): string => categories[category]?.() ?? category
