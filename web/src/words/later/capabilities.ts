import { t } from '@lingui/core/macro'
import { capabilities, isCapability } from '@eaves/model'
import { attributeWords, commandWords, familyNames } from './families.ts'

/** Called on each use, so that the words follow the language. */
const names: Readonly<Record<string, () => string>> = {
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
  siren: () => t`Siren`,
  alarmPanel: () => t`Alarm system`,
  humidifier: () => t`Humidifier`,
  vacuum: () => t`Vacuum cleaner`,
  mower: () => t`Lawn mower`,
  valve: () => t`Valve`,
  waterHeater: () => t`Water heater`,
  firmware: () => t`Firmware update`,
  camera: () => t`Camera`,
  scene: () => t`Scene`,
  press: () => t`Push button`,
  tagReader: () => t`Tag reader`,
  tracker: () => t`At home`,
  message: () => t`Message`,
  effect: () => t`Effect`,
  preset: () => t`Preset`,
  swing: () => t`Swing`,
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
/** Our word for a capability; its English name from the model for one that has none yet. */
export const capabilityName = (capability: string): string =>
  names[capability]?.() ??
  familyNames[capability]?.() ??
  (isCapability(capability) ? capabilities[capability].name : spelled(capability))

const unitEndings =
  /(Percent|Seconds|Celsius|Kelvin|Lux|Volts|Amperes|Watts|Degrees|Minutes|Hours|Liters|Decibels)$/
/** "maxLevelPercent" as "Max level": what a name says when nobody has written a word for it. */
export function spelled(name: string): string {
  const bare = name.replace(unitEndings, '') || name
  const words = bare.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase()
  return words[0]!.toUpperCase() + words.slice(1)
}

/** What one attribute is called beside others of its capability. */
export const attributeName = (capability: string, attribute: string): string =>
  (attributeWords[`${capability}.${attribute}`] ?? attributeWords[attribute])?.() ?? spelled(attribute)
/** Whether it stands for a family of functions, each of which has a name of its own. */
export const isFamily = (capability: string): boolean => capability in familyNames
/** What one reading is called: the capability's name unless it has several attributes. */
export function readingName(capability: string, attribute: string): string {
  const attributes = isCapability(capability) ? Object.keys(capabilities[capability].attributes) : []
  // The first value of a family is one among equals; elsewhere it is what the capability is named after.
  return attributes.length > 1 && (attributes[0] !== attribute || isFamily(capability))
    ? attributeName(capability, attribute)
    : capabilityName(capability)
}
/** A command as a verb for a button. */
export const commandName = (capability: string, command: string): string =>
  (commandWords[`${capability}.${command}`] ?? commandWords[command])?.() ?? spelled(command)
