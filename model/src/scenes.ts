/**
 * What a scene can ask of a device, in the values that the device itself reports: what can be asked again later, and
 * taken back. Garage doors and alarms are never part of one, and a lock only to be locked.
 */
export const sceneAttributes = {
  onOff: ['on'],
  level: ['percent'],
  color: ['kelvin', 'hue', 'saturation'],
  cover: ['openPercent', 'tiltPercent'],
  thermostat: ['mode', 'targetCelsius', 'coolingTargetCelsius'],
  fan: ['mode', 'percent', 'oscillating', 'direction'],
  lock: ['locked'],
} as const
export type SceneCapability = keyof typeof sceneAttributes
/** In the order in which a scene words them. */
export const sceneCapabilities = [
  'onOff',
  'level',
  'color',
  'cover',
  'thermostat',
  'fan',
  'lock',
] as const satisfies readonly SceneCapability[]

export const sceneIcons = [
  'sparkles',
  'sun',
  'sunrise',
  'sunset',
  'moon',
  'bed',
  'sofa',
  'film',
  'book',
  'utensils',
  'party',
  'work',
  'leave',
  'arrive',
  'flame',
  'leaf',
] as const
export type SceneIcon = (typeof sceneIcons)[number]
export const mostScenes = 500
/** How it read before is kept of so many saves. */
export const sceneVersionsKept = 20
export const mostSceneDevices = 200
export const mostSceneSettings = 1_000
/** Longer than this nothing of a scene takes: a run is looked after for ten minutes. */
export const mostFadeSeconds = 300
