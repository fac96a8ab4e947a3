import { createHash } from 'node:crypto'
import { isJson, listField, field, textField, type Json } from '../payload.ts'
import { readExposes } from './exposes.ts'
import type { Described } from './map.ts'
import { isTopicName } from './names.ts'

/** How far the interview of a device is; `unclear` is neither under way nor done, as before its start and after its failure. */
export type Interview = 'done' | 'running' | 'waiting' | 'failed' | 'unclear'

/** One entry of `bridge/devices` that is a device. */
export interface Listed {
  readonly described: Described
  /** The address as Zigbee2MQTT writes it: what it is asked by. */
  readonly address: string
  readonly interview: Interview
  readonly isDisabled: boolean
  readonly takesFirmware: boolean
  /** Changes when the entry does. */
  readonly print: string
}

const addressForm = /^0x[0-9a-f]{16}$/
/** An IEEE address in the one way it is written here; undefined when it is none. */
export function addressOf(raw: unknown): string | undefined {
  const address = typeof raw === 'string' ? raw.toLowerCase() : ''
  return addressForm.test(address) ? address : undefined
}

/** Reads one entry: undefined for the coordinator and for what is malformed. */
export function readListed(raw: unknown): Listed | undefined {
  if (!isJson(raw) || field(raw, 'type') === 'Coordinator') return undefined
  const address = textField(raw, 'ieee_address', 32)
  const ieee = addressOf(address)
  const name = textField(raw, 'friendly_name')
  if (address === undefined || ieee === undefined || name === undefined || !isTopicName(name))
    return undefined
  const definition = field(raw, 'definition')
  const known = isJson(definition)
  return {
    address,
    interview: interviewOf(raw),
    isDisabled: field(raw, 'disabled') === true,
    takesFirmware: known && field(definition, 'supports_ota') === true,
    print: createHash('sha1').update(JSON.stringify(raw)).digest('base64'),
    described: {
      ieee,
      name,
      sleepy: field(raw, 'power_source') === 'Battery',
      supported: known,
      ...about(raw, known ? definition : undefined),
      exposes: known ? readExposes(listField(definition, 'exposes')) : [],
    },
  }
}

const states: Readonly<Record<string, Interview>> = {
  PENDING: 'waiting',
  IN_PROGRESS: 'running',
  SUCCESSFUL: 'done',
  FAILED: 'failed',
}
/** Newer versions name the state, older ones have two flags. */
function interviewOf(raw: Json): Interview {
  const state = textField(raw, 'interview_state', 32)
  if (state !== undefined && Object.hasOwn(states, state)) return states[state]!
  if (field(raw, 'interviewing') === true) return 'running'
  return field(raw, 'interview_completed') === false ? 'unclear' : 'done'
}

function about(raw: Json, definition: Json | undefined) {
  const short = (from: Json | undefined, key: string): string | undefined =>
    from === undefined ? undefined : textField(from, key, 512)?.slice(0, 128)
  const manufacturer = short(definition, 'vendor') ?? short(raw, 'manufacturer')
  const model = short(definition, 'model') ?? short(raw, 'model_id')
  const firmware = short(raw, 'software_build_id')
  return {
    description: short(definition, 'description') ?? '',
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(model === undefined ? {} : { model }),
    ...(firmware === undefined ? {} : { firmware }),
  }
}
