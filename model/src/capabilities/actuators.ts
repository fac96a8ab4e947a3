import { choice, flag, number, words, type CapabilitySpec } from './define.ts'

/** The code of a lock or alarm, where the device asks for one. */
export const code = {
  code: { type: 'text', maxLength: 32, optional: true, secret: true },
} as const
const transition = {
  transitionSeconds: { type: 'number', unit: 'seconds', min: 0, max: 3600, optional: true },
} as const

export const onOff = {
  name: 'Power switch',
  cluster: { name: 'OnOff', id: 0x0006 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: { on: flag(0x0000), startUp: choice(['off', 'on', 'toggle', 'previous'], 0x4003, false) },
  commands: {
    turnOn: { args: {}, expects: () => ({ on: true }) },
    turnOff: { args: {}, expects: () => ({ on: false }) },
    toggle: {
      args: {},
      expects: (_args, state) => (typeof state.on === 'boolean' ? { on: !state.on } : undefined),
    },
    setStartUp: {
      args: { startUp: { type: 'enum', values: ['off', 'on', 'toggle', 'previous'], of: 'startUp' } },
      expects: (args) => ({ startUp: args.startUp! }),
    },
  },
} as const satisfies CapabilitySpec

export const level = {
  name: 'Brightness',
  cluster: { name: 'LevelControl', id: 0x0008 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: { percent: number('percent', 0, 100, 1, 1, 0x0000) },
  commands: {
    setLevel: {
      args: { percent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'percent' }, ...transition },
      expects: (args) => ({ percent: args.percent! }),
    },
  },
} as const satisfies CapabilitySpec

export const color = {
  name: 'Colour',
  cluster: { name: 'ColorControl', id: 0x0300 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {
    kelvin: number('kelvin', 1000, 20000, 1, 120, 0x0007, false),
    hue: number('degrees', 0, 360, 1, 4, 0x0000, false),
    saturation: number('percent', 0, 100, 1, 3, 0x0001, false),
  },
  replaces: { kelvin: ['hue', 'saturation'], hue: ['kelvin'], saturation: ['kelvin'] },
  commands: {
    setTemperature: {
      args: {
        kelvin: { type: 'number', unit: 'kelvin', min: 1000, max: 20000, of: 'kelvin' },
        ...transition,
      },
      expects: (args) => ({ kelvin: args.kelvin! }),
    },
    setColor: {
      args: {
        hue: { type: 'number', unit: 'degrees', min: 0, max: 360, of: 'hue' },
        saturation: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'saturation' },
        ...transition,
      },
      expects: (args) => ({ hue: args.hue!, saturation: args.saturation! }),
    },
  },
} as const satisfies CapabilitySpec

export const lock = {
  name: 'Lock',
  cluster: { name: 'DoorLock', id: 0x0101 },
  safety: 'security',
  sensing: 'home.presence',
  attributes: {
    locked: flag(0x0000),
    state: choice(['locked', 'unlocked', 'locking', 'unlocking', 'jammed', 'notFullyLocked'], 0x0000),
  },
  commands: {
    lock: { args: code, expects: () => ({ locked: true }) },
    unlock: { args: code, expects: () => ({ locked: false }) },
    /** Pulls the latch as well, so that the door opens. */
    unlatch: { args: code, expects: () => ({ locked: false }) },
  },
} as const satisfies CapabilitySpec

export const cover = {
  name: 'Cover',
  cluster: { name: 'WindowCovering', id: 0x0102 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {
    openPercent: number('percent', 0, 100, 1, 2, 0x000e),
    tiltPercent: number('percent', 0, 100, 1, 2, 0x000f, false),
    moving: choice(['stopped', 'opening', 'closing'], 0x000a, false),
  },
  commands: {
    open: { args: {}, expects: () => ({ openPercent: 100 }) },
    close: { args: {}, expects: () => ({ openPercent: 0 }) },
    stop: { args: {}, expects: () => ({ moving: 'stopped' }) },
    setPosition: {
      args: { openPercent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'openPercent' } },
      expects: (args) => ({ openPercent: args.openPercent! }),
    },
    setTilt: {
      args: { tiltPercent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'tiltPercent' } },
      expects: (args) => ({ tiltPercent: args.tiltPercent! }),
    },
  },
} as const satisfies CapabilitySpec

/** A cover that closes an opening one can walk through: the same words, a stricter safety class. */
export const garageDoor = {
  name: 'Garage door or gate',
  cluster: { name: 'ClosureControl', id: 0x0104 },
  safety: 'security',
  sensing: 'home.presence',
  attributes: {
    openPercent: number('percent', 0, 100, 1, 2),
    moving: choice(['stopped', 'opening', 'closing'], undefined, false),
  },
  commands: {
    open: { args: {}, expects: () => ({ openPercent: 100 }) },
    close: { args: {}, expects: () => ({ openPercent: 0 }) },
    stop: { args: {}, expects: () => ({ moving: 'stopped' }) },
  },
} as const satisfies CapabilitySpec

const modes = ['off', 'heat', 'cool', 'auto', 'dry', 'fanOnly'] as const
export const thermostat = {
  name: 'Thermostat',
  cluster: { name: 'Thermostat', id: 0x0201 },
  safety: 'comfort',
  sensing: 'home.climate',
  attributes: {
    celsius: number('celsius', -50, 100, 0.01, 0.05, 0x0000),
    // From frost protection to floors and boilers; a device's own limits say how far it goes.
    targetCelsius: number('celsius', -50, 150, 0.5, 0.25, 0x0012),
    coolingTargetCelsius: number('celsius', -50, 150, 0.5, 0.25, 0x0011),
    mode: choice(modes, 0x001c),
    running: choice(['idle', 'heating', 'cooling', 'fan'], 0x0029),
  },
  commands: {
    setTarget: {
      args: { celsius: { type: 'number', unit: 'celsius', min: -50, max: 150, of: 'targetCelsius' } },
      expects: (args) => ({ targetCelsius: args.celsius! }),
    },
    setCoolingTarget: {
      args: { celsius: { type: 'number', unit: 'celsius', min: -50, max: 150, of: 'coolingTargetCelsius' } },
      expects: (args) => ({ coolingTargetCelsius: args.celsius! }),
    },
    setMode: {
      args: { mode: { type: 'enum', values: modes, of: 'mode' } },
      expects: (args) => ({ mode: args.mode! }),
    },
  },
} as const satisfies CapabilitySpec

const speeds = ['off', 'low', 'medium', 'high', 'auto'] as const
export const fan = {
  name: 'Fan',
  cluster: { name: 'FanControl', id: 0x0202 },
  safety: 'comfort',
  sensing: 'home.activity',
  attributes: {
    percent: number('percent', 0, 100, 1, 2, 0x0003),
    mode: choice(speeds, 0x0000),
    oscillating: flag(0x0008, false),
    direction: choice(['forward', 'reverse'], 0x000b, false),
  },
  commands: {
    setSpeed: {
      args: { percent: { type: 'number', unit: 'percent', min: 0, max: 100, of: 'percent' } },
      expects: (args) => ({ percent: args.percent! }),
    },
    setMode: {
      args: { mode: { type: 'enum', values: speeds, of: 'mode' } },
      expects: (args) => ({ mode: args.mode! }),
    },
    setOscillating: {
      args: { oscillating: { type: 'boolean' } },
      expects: (args) => ({ oscillating: args.oscillating! }),
    },
    setDirection: {
      args: { direction: { type: 'enum', values: ['forward', 'reverse'], of: 'direction' } },
      expects: (args) => ({ direction: args.direction! }),
    },
  },
} as const satisfies CapabilitySpec

export const childLock = {
  name: 'Child lock',
  cluster: { name: 'eaves.childLock' },
  safety: 'comfort',
  sensing: 'device.settings',
  attributes: { locked: flag(undefined, false), level: words(64, false) },
  commands: {
    setLocked: { args: { locked: { type: 'boolean' } }, expects: (args) => ({ locked: args.locked! }) },
    /** How much is locked, where a device knows more than all and nothing. */
    setLevel: {
      args: { level: { type: 'text', maxLength: 64, of: 'level' } },
      expects: (args) => ({ level: args.level! }),
    },
  },
} as const satisfies CapabilitySpec

export const identify = {
  name: 'Identify',
  cluster: { name: 'Identify', id: 0x0003 },
  safety: 'comfort',
  sensing: 'device.settings',
  attributes: {},
  commands: { identify: { args: {}, expects: () => undefined } },
} as const satisfies CapabilitySpec
