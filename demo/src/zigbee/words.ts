import type { Thing } from '../thing.ts'
import type { Gadget, State } from './gadget.ts'

/** A device in the bridge's own list. */
export interface Entry {
  name: string
  readonly ieee: string
  readonly gadget: Gadget
  interview: 'waiting' | 'running' | 'done'
  readonly thing: Thing
}

const coordinatorAddress = '0x00124b00000de000'
const vendor = 'Simulated'

/** The list of `bridge/devices`: the coordinator, then everything it knows. */
export function describe(entries: readonly Entry[]): readonly State[] {
  return [
    {
      ieee_address: coordinatorAddress,
      type: 'Coordinator',
      network_address: 0,
      supported: true,
      disabled: false,
      friendly_name: 'Coordinator',
      definition: null,
      power_source: null,
      interviewing: false,
      interview_completed: true,
      interview_state: 'SUCCESSFUL',
      endpoints: {},
    },
    ...entries.map(describeOne),
  ]
}

const interviewStates = { waiting: 'PENDING', running: 'IN_PROGRESS', done: 'SUCCESSFUL' } as const

function describeOne({ name, ieee, gadget, interview }: Entry): State {
  const { model, description, exposes, isMains, supportsUpdates } = gadget.model
  return {
    ieee_address: ieee,
    type: isMains ? 'Router' : 'EndDevice',
    network_address: Number(BigInt(ieee) % 65_521n) + 1,
    supported: interview === 'done',
    disabled: false,
    friendly_name: name,
    description: null,
    definition:
      interview === 'done'
        ? { model, vendor, description, exposes, options: [], supports_ota: supportsUpdates }
        : null,
    power_source: isMains ? 'Mains (single phase)' : 'Battery',
    model_id: model,
    manufacturer: vendor,
    software_build_id: '1.4.2',
    date_code: '20260110',
    interviewing: interview === 'running',
    interview_completed: interview === 'done',
    interview_state: interviewStates[interview],
    endpoints: { 1: { name: null, bindings: [], configured_reportings: [], clusters: {}, scenes: [] } },
  }
}

/** The body of `bridge/info`. */
export function info(joinUntil: number | undefined): State {
  return {
    version: '2.6.0',
    commit: 'simulated',
    coordinator: { type: 'Simulated', ieee_address: coordinatorAddress, meta: { revision: 1 } },
    network: { channel: 15, pan_id: 6754, extended_pan_id: '0x00124b00000de001' },
    log_level: 'info',
    permit_join: joinUntil !== undefined,
    ...(joinUntil === undefined ? {} : { permit_join_end: joinUntil }),
    restart_required: false,
    config: { availability: { enabled: true }, advanced: { output: 'json' } },
  }
}

export function readJson(payload: string): State | undefined {
  try {
    const value: unknown = JSON.parse(payload)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as State) : undefined
  } catch {
    return undefined
  }
}
