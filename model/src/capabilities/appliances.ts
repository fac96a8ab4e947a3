import { code } from './actuators.ts'
import { choice, flag, number, words, type CapabilitySpec, type Values } from './define.ts'

export const siren = {
  name: 'Siren',
  cluster: { name: 'eaves.siren' },
  safety: 'security',
  sensing: 'home.safety',
  attributes: {
    sounding: flag(),
    tone: words(64, false),
    volumePercent: number('percent', 0, 100, 1, 2, undefined, false),
    durationSeconds: number('seconds', 0, 86_400, 1, 0, undefined, false),
  },
  commands: {
    turnOn: {
      args: {
        tone: { type: 'text', maxLength: 64, optional: true, of: 'tone' },
        volumePercent: { type: 'number', unit: 'percent', min: 0, max: 100, optional: true },
        durationSeconds: { type: 'number', unit: 'seconds', min: 0, max: 86_400, optional: true },
      },
      expects: () => ({ sounding: true }),
    },
    turnOff: { args: {}, expects: () => ({ sounding: false }) },
    setVolumePercent: {
      args: { volumePercent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'volumePercent' } },
      expects: (args) => ({ volumePercent: args.volumePercent! }),
    },
    setDurationSeconds: {
      args: {
        durationSeconds: { type: 'number', unit: 'seconds', min: 0, max: 86_400, of: 'durationSeconds' },
      },
      expects: (args) => ({ durationSeconds: args.durationSeconds! }),
    },
    setTone: {
      args: { tone: { type: 'text', maxLength: 64, of: 'tone' } },
      expects: (args) => ({ tone: args.tone! }),
    },
  },
} as const satisfies CapabilitySpec

const armModes = ['home', 'away', 'night', 'vacation', 'custom'] as const
export const alarmPanel = {
  name: 'Alarm system',
  cluster: { name: 'eaves.alarmPanel' },
  safety: 'security',
  sensing: 'home.presence',
  attributes: {
    /** True from the moment it begins to arm. */
    armed: flag(),
    state: choice([
      'disarmed',
      'armedHome',
      'armedAway',
      'armedNight',
      'armedVacation',
      'armedCustom',
      'arming',
      'disarming',
      'pending',
      'triggered',
    ]),
    /** In which way it is armed; the limits of a device name the ways that it has. */
    mode: choice(armModes, undefined, false),
  },
  commands: {
    arm: {
      args: { mode: { type: 'enum', values: armModes, of: 'mode' }, ...code },
      expects: () => ({ armed: true }),
    },
    disarm: { args: code, expects: () => ({ armed: false }) },
    trigger: { args: {}, expects: () => ({ state: 'triggered' }) },
  },
} as const satisfies CapabilitySpec

export const humidifier = {
  name: 'Humidifier',
  cluster: { name: 'eaves.humidifier' },
  safety: 'comfort',
  sensing: 'home.climate',
  attributes: {
    percent: number('percent', 0, 100, 0.01, 1),
    targetPercent: number('percent', 0, 100, 1, 1),
    mode: words(),
    running: choice(['off', 'idle', 'humidifying', 'drying']),
  },
  commands: {
    setTarget: {
      args: { percent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'targetPercent' } },
      expects: (args) => ({ targetPercent: args.percent! }),
    },
    setMode: {
      args: { mode: { type: 'text', maxLength: 64, of: 'mode' } },
      expects: (args) => ({ mode: args.mode! }),
    },
  },
} as const satisfies CapabilitySpec

export const vacuum = {
  name: 'Vacuum cleaner',
  cluster: { name: 'RvcOperationalState', id: 0x0061 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {
    state: choice(['docked', 'cleaning', 'paused', 'returning', 'idle', 'error'], 0x0004),
    fanSpeed: words(64, false),
  },
  commands: {
    start: { args: {}, expects: () => ({ state: 'cleaning' }) },
    pause: { args: {}, expects: () => ({ state: 'paused' }) },
    stop: { args: {}, expects: () => undefined },
    /** Being on its way is what the device answers; the dock comes minutes later. */
    returnToDock: { args: {}, expects: () => ({ state: 'returning' }) },
    locate: { args: {}, expects: () => undefined },
    cleanSpot: { args: {}, expects: () => ({ state: 'cleaning' }) },
    setFanSpeed: {
      args: { fanSpeed: { type: 'text', maxLength: 64, of: 'fanSpeed' } },
      expects: (args) => ({ fanSpeed: args.fanSpeed! }),
    },
  },
} as const satisfies CapabilitySpec

export const mower = {
  name: 'Lawn mower',
  cluster: { name: 'eaves.mower' },
  safety: 'safety',
  sensing: 'home.activity',
  attributes: { state: choice(['docked', 'mowing', 'paused', 'returning', 'error']) },
  commands: {
    start: { args: {}, expects: () => ({ state: 'mowing' }) },
    pause: { args: {}, expects: () => ({ state: 'paused' }) },
    returnToDock: { args: {}, expects: () => ({ state: 'returning' }) },
  },
} as const satisfies CapabilitySpec

export const valve = {
  name: 'Valve',
  cluster: { name: 'ValveConfigurationAndControl', id: 0x0081 },
  safety: 'safety',
  sensing: 'home.activity',
  attributes: {
    open: flag(0x0004),
    openPercent: number('percent', 0, 100, 1, 2, 0x0006),
    moving: choice(['stopped', 'opening', 'closing'], undefined, false),
  },
  commands: {
    open: { args: {}, expects: (_args, state) => reached(state, true) },
    close: { args: {}, expects: (_args, state) => reached(state, false) },
    stop: { args: {}, expects: () => ({ moving: 'stopped' }) },
    setPosition: {
      args: { openPercent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'openPercent' } },
      expects: (args) => ({ openPercent: args.openPercent! }),
    },
  },
} as const satisfies CapabilitySpec
/** A valve that tells only its position is confirmed by that, any other by its state. */
const reached = (state: Values, open: boolean): Values =>
  state.open === undefined && state.openPercent !== undefined ? { openPercent: open ? 100 : 0 } : { open }

const heaterModes = ['off', 'eco', 'electric', 'gas', 'heatPump', 'highDemand', 'performance'] as const
export const waterHeater = {
  name: 'Water heater',
  cluster: { name: 'WaterHeaterManagement', id: 0x0094 },
  safety: 'safety',
  sensing: 'home.climate',
  attributes: {
    celsius: number('celsius', -20, 150, 0.01, 0.05),
    targetCelsius: number('celsius', 0, 100, 0.5, 0.25),
    mode: choice(heaterModes),
  },
  commands: {
    setTarget: {
      args: { celsius: { type: 'number', unit: 'celsius', min: 0, max: 100, of: 'targetCelsius' } },
      expects: (args) => ({ targetCelsius: args.celsius! }),
    },
    setMode: {
      args: { mode: { type: 'enum', values: heaterModes, of: 'mode' } },
      expects: (args) => ({ mode: args.mode! }),
    },
  },
} as const satisfies CapabilitySpec

export const firmware = {
  name: 'Firmware update',
  cluster: { name: 'OtaSoftwareUpdateRequestor', id: 0x002a },
  safety: 'safety',
  sensing: 'device.health',
  attributes: {
    state: choice(['current', 'available', 'scheduled', 'updating'], 0x0002, false),
    progressPercent: number('percent', 0, 100, 1, 0, 0x0003, false),
    installed: words(128, false),
    available: words(128, false),
  },
  commands: {
    check: { args: {}, expects: () => undefined },
    install: { args: {}, expects: () => ({ state: 'updating' }) },
  },
} as const satisfies CapabilitySpec

/** Pictures come as images of the device, kept in memory only; they are no attribute. */
export const camera = {
  name: 'Camera',
  cluster: { name: 'eaves.camera' },
  safety: 'privacy',
  sensing: 'home.image',
  attributes: {},
  commands: {},
  events: ['snapshot'],
} as const satisfies CapabilitySpec

export const scene = {
  name: 'Scene',
  cluster: { name: 'ScenesManagement', id: 0x0062 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {},
  commands: { activate: { args: {}, expects: () => undefined } },
} as const satisfies CapabilitySpec

/** Something one pushes that tells nothing back. */
export const press = {
  name: 'Push button',
  cluster: { name: 'eaves.press' },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {},
  commands: { press: { args: {}, expects: () => undefined } },
} as const satisfies CapabilitySpec

/** Which tag was read is the detail of the event. */
export const tagReader = {
  name: 'Tag reader',
  cluster: { name: 'eaves.tagReader' },
  safety: 'privacy',
  sensing: 'home.presence',
  attributes: {},
  commands: {},
  events: ['scanned'],
} as const satisfies CapabilitySpec

/** Whether a tracked thing or person is at home; where else it is, is neither read nor kept. */
export const tracker = {
  name: 'At home',
  cluster: { name: 'eaves.tracker' },
  safety: 'privacy',
  sensing: 'home.presence',
  attributes: { home: flag() },
  commands: {},
} as const satisfies CapabilitySpec

export const message = {
  name: 'Message',
  cluster: { name: 'eaves.message' },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {},
  commands: {
    send: { args: { text: { type: 'text', maxLength: 1000 } }, expects: () => undefined },
  },
} as const satisfies CapabilitySpec

export const effect = {
  name: 'Effect',
  cluster: { name: 'eaves.effect' },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {
    effect: words(64, false),
    speedPercent: number('percent', 0, 100, 1, 2, undefined, false),
    color: words(64, false),
  },
  commands: {
    /** A colour that the running effect turns around, as #rrggbb. */
    setColor: {
      args: { color: { type: 'text', maxLength: 64, of: 'color' } },
      expects: (args) => ({ color: args.color! }),
    },
    setEffect: {
      args: { effect: { type: 'text', maxLength: 64, of: 'effect' } },
      expects: (args) => ({ effect: args.effect! }),
    },
    setSpeedPercent: {
      args: { speedPercent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'speedPercent' } },
      expects: (args) => ({ speedPercent: args.speedPercent! }),
    },
  },
} as const satisfies CapabilitySpec

export const preset = {
  name: 'Preset',
  cluster: { name: 'eaves.preset' },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: { preset: words() },
  commands: {
    setPreset: {
      args: { preset: { type: 'text', maxLength: 64, of: 'preset' } },
      expects: (args) => ({ preset: args.preset! }),
    },
  },
} as const satisfies CapabilitySpec

export const swing = {
  name: 'Swing',
  cluster: { name: 'eaves.swing' },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: { vertical: words(64, false), horizontal: words(64, false) },
  commands: {
    setVertical: {
      args: { vertical: { type: 'text', maxLength: 64, of: 'vertical' } },
      expects: (args) => ({ vertical: args.vertical! }),
    },
    setHorizontal: {
      args: { horizontal: { type: 'text', maxLength: 64, of: 'horizontal' } },
      expects: (args) => ({ horizontal: args.horizontal! }),
    },
  },
} as const satisfies CapabilitySpec
