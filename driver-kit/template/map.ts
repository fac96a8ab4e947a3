import { DriverError, type DeviceCommand, type DeviceShape } from '@eaves/driver-kit'

/** What the lamp says in a line. */
export interface LampState {
  readonly id: string
  readonly name: string
  readonly on?: boolean
  /** 0–100 %. */
  readonly brightness?: number
}

/** Reads a line; undefined when it is not one of a lamp. Nothing that the other side sends may throw. */
export function readState(text: string): LampState | undefined {
  const raw = jsonOf(text)
  if (raw === undefined || typeof raw.id !== 'string' || raw.id === '') return undefined
  return {
    id: raw.id,
    name: typeof raw.name === 'string' ? raw.name : 'Lamp',
    ...(typeof raw.on === 'boolean' ? { on: raw.on } : {}),
    ...(typeof raw.brightness === 'number' ? { brightness: raw.brightness } : {}),
  }
}

function jsonOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

export function shapeOf(state: LampState): DeviceShape {
  return {
    nativeId: state.id,
    name: state.name,
    kind: 'light',
    confirmable: true,
    parts: [
      {
        id: 'main',
        capabilities: {
          onOff: { attributes: ['on'], commands: ['turnOn', 'turnOff'] },
          level: { attributes: ['percent'], commands: ['setLevel'] },
        },
        vendor: {},
      },
    ],
  }
}

/** The line that asks for what a command wants. Commands arrive checked against the shape. */
export function writeOf({ capability, name, args }: DeviceCommand): object {
  if (capability === 'onOff') return { on: name === 'turnOn' }
  if (capability === 'level') return { brightness: args.percent }
  throw new DriverError('unsupported')
}
