import { isJson, listField, field, textField, type Json } from '../payload.ts'
import { isPlainTopic } from '../topics.ts'
import { readExposes } from './exposes.ts'
import type { Described } from './map.ts'

/** One entry of `bridge/devices`: undefined for the coordinator, for devices still being interviewed and for what is malformed. */
export function readDevice(raw: unknown): Described | undefined {
  if (!isJson(raw)) return undefined
  const ieee = textField(raw, 'ieee_address', 32)?.toLowerCase()
  const name = textField(raw, 'friendly_name')
  if (ieee === undefined || !/^0x[0-9a-f]{16}$/.test(ieee) || name === undefined || !isTopicName(name))
    return undefined
  if (field(raw, 'type') === 'Coordinator') return undefined
  const definition = field(raw, 'definition')
  const known = isJson(definition)
  if (!known && (field(raw, 'interviewing') === true || field(raw, 'interview_completed') === false))
    return undefined
  return {
    ieee,
    name,
    sleepy: field(raw, 'power_source') === 'Battery',
    supported: known,
    ...about(raw, known ? definition : undefined),
    exposes: known ? readExposes(listField(definition, 'exposes')) : [],
  }
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

/** A friendly name is a piece of a topic: wildcards, and names that would stand on Zigbee2MQTT's own topics, are refused. */
function isTopicName(name: string): boolean {
  return (
    isPlainTopic(name) &&
    name.length <= 256 &&
    !/^\/|\/$|\/\//.test(name) &&
    !/^bridge(\/|$)/.test(name) &&
    !/\/(set|get|availability)$/.test(name)
  )
}
