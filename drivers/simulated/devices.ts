import {
  capabilities,
  type CapabilityId,
  type CapabilityShape,
  type DeviceKind,
  type DeviceShape,
  type Limits,
  type PartShape,
  type VendorAttribute,
  type VendorValue,
} from '@eaves/driver-kit'
import { appliancesBeside, leastValues } from './appliances.ts'

/** The value a simulated device has before anybody touches it, by "capability.attribute". */
export const firstValues: Readonly<Record<string, VendorValue>> = {
  ...leastValues,
  'onOff.on': false,
  'onOff.startUp': 'previous',
  'level.percent': 60,
  'color.kelvin': 2700,
  'color.hue': 30,
  'color.saturation': 20,
  'lock.locked': true,
  'lock.state': 'locked',
  'cover.openPercent': 100,
  'cover.tiltPercent': 50,
  'cover.moving': 'stopped',
  'garageDoor.openPercent': 0,
  'garageDoor.moving': 'stopped',
  'thermostat.celsius': 20.5,
  'thermostat.targetCelsius': 21,
  'thermostat.coolingTargetCelsius': 25,
  'thermostat.mode': 'heat',
  'thermostat.running': 'heating',
  'fan.percent': 0,
  'fan.mode': 'off',
  'fan.oscillating': false,
  'fan.direction': 'forward',
  'childLock.locked': false,
  'occupancy.occupied': false,
  'contact.open': false,
  'temperature.celsius': 21.4,
  'humidity.percent': 48,
  'illuminance.lux': 120,
  'pressure.hectopascals': 1013.2,
  'soilMoisture.percent': 36,
  'power.watts': 0,
  'power.volts': 230,
  'power.amperes': 0,
  'power.hertz': 50,
  'power.powerFactor': 1,
  'energy.kilowattHours': 12.5,
  'energy.producedKilowattHours': 0,
  'battery.percent': 87,
  'battery.low': false,
  'battery.volts': 2.9,
  'waterLeak.detected': false,
  'rain.detected': false,
  'smoke.detected': false,
  'carbonMonoxide.detected': false,
  'carbonMonoxide.partsPerMillion': 0,
  'gasAlarm.detected': false,
  'vibration.detected': false,
  'tamper.detected': false,
  'airQuality.quality': 'good',
  'carbonDioxide.partsPerMillion': 620,
  'particlesPm1.microgramsPerCubicMeter': 4,
  'particlesPm25.microgramsPerCubicMeter': 7,
  'particlesPm10.microgramsPerCubicMeter': 11,
  'volatileOrganics.microgramsPerCubicMeter': 180,
  'formaldehyde.microgramsPerCubicMeter': 12,
  'vendor.brewStrength': 3,
  'vendor.program': 'morning',
  'vendor.quietHours': false,
  'vendor.display': 'Hello',
  'vendor.wifiSignal': -61,
  'vendor.schedule': [{ day: 'monday', at: '06:30' }],
  'vendor.position': { x: 1, y: 2 },
}

/** How far a measured value wanders in one tick, by "capability.attribute"; what is not named stays until a command changes it. */
export const wanders: Readonly<Record<string, number>> = {
  'temperature.celsius': 0.2,
  'thermostat.celsius': 0.1,
  'humidity.percent': 1,
  'illuminance.lux': 15,
  'pressure.hectopascals': 0.3,
  'soilMoisture.percent': 0.5,
  'carbonDioxide.partsPerMillion': 12,
  'particlesPm25.microgramsPerCubicMeter': 0.5,
  'vendor.wifiSignal': 1,
}

/** Everything of a capability: all its attributes, commands and events. */
function whole(id: CapabilityId, limits?: Readonly<Record<string, Limits>>): CapabilityShape {
  const spec = capabilities[id]
  return {
    attributes: Object.keys(spec.attributes),
    commands: Object.keys(spec.commands),
    ...(spec.events ? { events: spec.events } : {}),
    ...(limits ? { limits } : {}),
  }
}
function part(
  id: string,
  has: readonly CapabilityId[],
  limits: Readonly<Partial<Record<CapabilityId, Record<string, Limits>>>> = {},
  name?: string,
): PartShape {
  return {
    id,
    ...(name ? { name } : {}),
    capabilities: Object.fromEntries(has.map((c) => [c, whole(c, limits[c])])),
    vendor: {},
  }
}
function device(nativeId: string, name: string, kind: DeviceKind, parts: readonly PartShape[]): DeviceShape {
  return {
    nativeId,
    name,
    kind,
    manufacturer: 'Eaves',
    model: `Simulated ${kind}`,
    firmware: '1.0',
    confirmable: true,
    parts,
  }
}
const simple = (
  nativeId: string,
  name: string,
  kind: DeviceKind,
  ...has: readonly CapabilityId[]
): DeviceShape => device(nativeId, name, kind, [part('main', has)])

const state = { readable: true, category: 'state' } as const
const gadgetAttributes: Readonly<Record<string, VendorAttribute>> = {
  brewStrength: { ...state, type: 'number', name: 'Brew strength', min: 1, max: 5, step: 1, writable: true },
  program: { ...state, type: 'enum', name: 'Program', values: ['morning', 'day', 'night'], writable: true },
  quietHours: { type: 'boolean', name: 'Quiet hours', readable: true, writable: true, category: 'config' },
  display: { ...state, type: 'text', name: 'Display text', writable: true },
  wifiSignal: {
    type: 'number',
    name: 'Wi-Fi signal',
    unit: 'dBm',
    readable: true,
    writable: false,
    category: 'diagnostic',
  },
  schedule: { ...state, type: 'list', name: 'Schedule', writable: true },
  position: { ...state, type: 'composite', name: 'Position', writable: false },
  reset: { type: 'boolean', name: 'Reset counters', readable: false, writable: true, category: 'config' },
}

const basics: readonly DeviceShape[] = [
  device('ceiling-light', 'Ceiling light', 'light', [
    part('main', ['onOff', 'level', 'color', 'identify'], { color: { kelvin: { min: 2200, max: 6500 } } }),
  ]),
  simple('hall-dimmer', 'Hall dimmer', 'light', 'onOff', 'level'),
  simple('kitchen-plug', 'Kitchen plug', 'plug', 'onOff', 'power', 'energy', 'childLock'),
  device('wall-switch', 'Wall switch', 'switch', [
    part('left', ['onOff'], {}, 'Left'),
    part('right', ['onOff'], {}, 'Right'),
  ]),
  simple('motion-sensor', 'Motion sensor', 'sensor', 'occupancy', 'illuminance', 'battery'),
  simple('door-contact', 'Door contact', 'sensor', 'contact', 'vibration', 'tamper', 'battery'),
  simple('climate-sensor', 'Climate sensor', 'sensor', 'temperature', 'humidity', 'pressure', 'battery'),
  device('thermostat', 'Thermostat', 'climate', [
    part('main', ['thermostat'], { thermostat: { targetCelsius: { min: 5, max: 30, step: 0.5 } } }),
  ]),
  simple('living-blind', 'Living room blind', 'cover', 'cover'),
  simple('garage-door', 'Garage door', 'cover', 'garageDoor'),
  simple('front-door', 'Front door', 'lock', 'lock', 'battery'),
  simple('bedroom-fan', 'Bedroom fan', 'fan', 'fan'),
  simple('smoke-alarm', 'Smoke alarm', 'alarm', 'smoke', 'carbonMonoxide', 'gasAlarm'),
  simple('leak-sensor', 'Leak sensor', 'alarm', 'waterLeak', 'battery'),
  simple('garden-sensor', 'Garden sensor', 'sensor', 'soilMoisture', 'rain'),
  simple('bedside-button', 'Bedside button', 'button', 'button'),
  simple(
    'air-monitor',
    'Air monitor',
    'sensor',
    'airQuality',
    'carbonDioxide',
    'particlesPm1',
    'particlesPm25',
    'particlesPm10',
    'volatileOrganics',
    'formaldehyde',
  ),
  device('coffee-machine', 'Coffee machine', 'other', [
    { id: 'main', capabilities: { onOff: whole('onOff') }, vendor: gadgetAttributes },
  ]),
]

/** The household that is simulated; every capability of the model is in it. */
export const devices: readonly DeviceShape[] = [...basics, ...appliancesBeside(basics)]
