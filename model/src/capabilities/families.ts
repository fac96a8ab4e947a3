import { choice, flag, words, type CapabilitySpec } from './define.ts'
import {
  amount,
  family,
  grade,
  line,
  measured,
  named,
  on,
  percent,
  range,
  seconds,
  setting,
  told,
} from './family.ts'
import { measurements } from './measurements.ts'
import { settings } from './settings.ts'

/** Extensions of our own for families of functions that many brands share under many names. */
export const families = {
  // What a device does when it is used.
  gradient: setting('gradient', 'Colour gradient', {
    colors: line,
    scene: named,
    style: named,
    scale: grade,
    offset: grade,
  }),
  countdown: family(
    'Countdown',
    'home.activity',
    { seconds, onSeconds: seconds, offSeconds: seconds },
    { id: 'countdown' },
  ),
  pulse: setting('pulse', 'Switch back by itself', { seconds, on }),
  climateModes: family(
    'Climate modes',
    'home.climate',
    {
      boost: on,
      boostSeconds: seconds,
      eco: on,
      away: on,
      frostProtection: on,
      hold: on,
      holdSeconds: seconds,
      manual: on,
      quiet: on,
      turbo: on,
      sleep: on,
      /** Heating by the reserve alone. */
      emergency: on,
      scheduleMode: named,
      /** The valve driven by hand. */
      valvePercent: percent,
    },
    { id: 'climateModes' },
  ),
  climateStatus: told('climateStatus', 'Heating and cooling', 'home.climate', {
    valvePercent: measured('percent', 0, 100, 1),
    demandPercent: measured('percent', 0, 100, 1),
    mode: choice(['off', 'heat', 'cool']),
    active: flag(),
    windowOpen: flag(),
    setpointSource: choice(['manual', 'schedule', 'external']),
    preheating: flag(),
  }),
  mute: family('Silence', 'home.safety', { muted: flag() }, { id: 'mute', safety: 'safety' }),
  selfTest: {
    ...family(
      'Self-test',
      'device.health',
      {
        running: flag(undefined, false),
        result: choice(['none', 'running', 'passed', 'failed'], undefined, false),
      },
      { id: 'selfTest', readOnly: true },
    ),
    commands: { run: { args: {}, expects: () => undefined } },
  },
  /** Codes go to the lock and nowhere else: no attribute holds them. */
  lockCodes: {
    name: 'Lock codes',
    cluster: { name: 'DoorLock', id: 0x0101 },
    safety: 'security',
    sensing: 'device.settings',
    attributes: {},
    commands: {
      setCode: {
        args: {
          user: { type: 'number', min: 0, max: 65_535 },
          code: { type: 'text', maxLength: 32, secret: true },
        },
        expects: () => undefined,
      },
      clearCode: { args: { user: { type: 'number', min: 0, max: 65_535 } }, expects: () => undefined },
    },
  },
  lockUse: told('lockUse', 'Last use of the lock', 'home.presence', {
    by: words(),
    user: measured(undefined, 0, 100_000, 1),
  }),
  infrared: family(
    'Infrared remote',
    'device.settings',
    { learning: on, learned: words(4096, false), code: words(4096, false) },
    { id: 'infrared', readOnly: ['learned'] },
  ),
  ...settings,
  ...measurements,

  // What it tells.
  alarm: told('alarm', 'Alarm', 'home.safety', { active: flag() }),
  rangeAlarm: told('rangeAlarm', 'Out of range', 'home.safety', {
    temperature: range,
    humidity: range,
    water: range,
  }),
  fault: told('fault', 'Fault', 'device.health', {
    faulty: flag(),
    code: measured(undefined, 0, 1e9, 1),
    kind: words(),
  }),
  diagnostics: told('diagnostics', 'Diagnostics', 'device.health', {
    upSeconds: amount('seconds', 0, 1e10),
    restarts: amount(undefined, 0, 1e9),
    rejoins: amount(undefined, 0, 1e9),
    sentToday: amount(undefined, 0, 1e9),
    powered: on,
    /** A sensor that heats up measures nothing yet. */
    warmingUp: on,
  }),
} as const satisfies Record<string, CapabilitySpec>
