/** One function as Zigbee2MQTT lists it in `definition.exposes`. */
export type Expose = Readonly<Record<string, unknown>>

const [published, settable, gettable] = [1, 2, 4]
export const access = {
  state: published,
  set: settable,
  stateSet: published | settable,
  all: published | settable | gettable,
  stateGet: published | gettable,
} as const

const labelOf = (name: string): string => {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
export const numeric = (name: string, more: Expose = {}): Expose => ({
  type: 'numeric',
  name,
  label: labelOf(name),
  property: name,
  access: access.state,
  ...more,
})
export const binary = (name: string, more: Expose = {}): Expose => ({
  type: 'binary',
  name,
  label: labelOf(name),
  property: name,
  access: access.state,
  value_on: true,
  value_off: false,
  ...more,
})
export const choice = (name: string, values: readonly string[], more: Expose = {}): Expose => ({
  type: 'enum',
  name,
  label: labelOf(name),
  property: name,
  access: access.state,
  values,
  ...more,
})

export const state = binary('state', {
  access: access.all,
  value_on: 'ON',
  value_off: 'OFF',
  value_toggle: 'TOGGLE',
})
export const linkQuality = numeric('linkquality', {
  unit: 'lqi',
  value_min: 0,
  value_max: 255,
  category: 'diagnostic',
  description: 'Strength of the radio link',
})
export const battery = numeric('battery', {
  unit: '%',
  value_min: 0,
  value_max: 100,
  category: 'diagnostic',
  description: 'What is left of the battery; told now and then',
})
export const startUp = choice('power_on_behavior', ['off', 'on', 'toggle', 'previous'], {
  access: access.all,
  category: 'config',
  description: 'What it does when the power comes back',
})
export const brightness = numeric('brightness', { access: access.all, value_min: 0, value_max: 254 })
export const colorTemperature = numeric('color_temp', {
  access: access.all,
  unit: 'mired',
  value_min: 153,
  value_max: 454,
  presets: [
    { name: 'cool', value: 200, description: 'Cool white' },
    { name: 'warm', value: 370, description: 'Warm white' },
  ],
})
const pair = (name: string, first: string, second: string, max?: number): Expose => ({
  type: 'composite',
  name,
  label: labelOf(name),
  property: 'color',
  access: access.all,
  features: [first, second].map((each) =>
    numeric(each, { access: access.all, ...(max === undefined ? {} : { value_min: 0, value_max: max }) }),
  ),
})
export const colorXy = pair('color_xy', 'x', 'y')
export const colorHs: Expose = {
  ...pair('color_hs', 'hue', 'saturation'),
  features: [
    numeric('hue', { access: access.all, value_min: 0, value_max: 360 }),
    numeric('saturation', { access: access.all, value_min: 0, value_max: 100 }),
  ],
}
export const light = (...features: readonly Expose[]): Expose => ({
  type: 'light',
  features: [state, ...features],
})
export const effect = choice('effect', ['blink', 'breathe', 'okay', 'stop_effect'], {
  access: access.set,
  description: 'Shows an effect once',
})
