import { isPlainTopic } from '../topics.ts'

export const longestName = 120

/** A friendly name is a piece of a topic: wildcards, and names that would stand on Zigbee2MQTT's own topics, are refused. */
export function isTopicName(name: string): boolean {
  return (
    isPlainTopic(name) &&
    name.length <= 256 &&
    !/^\/|\/$|\/\//.test(name) &&
    !/^bridge(\/|$)/.test(name) &&
    !/\/(set|get|availability)$/.test(name)
  )
}

const reserved = new Set([
  'bridge',
  'coordinator',
  'set',
  'get',
  'availability',
  'action',
  'request',
  'response',
])

/** Why a name may not be given to a device or group, in words; undefined when it may. Stricter than what is taken from others. */
export function nameProblem(name: unknown): string | undefined {
  if (typeof name !== 'string' || name.trim() === '') return 'A name is needed.'
  if (name.length > longestName) return `A name has at most ${longestName} characters.`
  if (/[/+#]/.test(name)) return 'A name holds no slash, plus or hash sign.'
  if (/\p{Cc}/u.test(name)) return 'A name holds no control characters.'
  if (name.startsWith('$')) return 'A name does not begin with a dollar sign.'
  if (reserved.has(name.trim().toLowerCase())) return 'Zigbee2MQTT keeps this name for itself.'
  // Zigbee2MQTT looks a thing up by its address or number before its name.
  if (/^(0x[0-9a-f]{16}|\d+)$/i.test(name.trim())) return 'A name is not an address or a number.'
  return undefined
}
