import { DriverError } from '@eaves/driver-kit'

const publish = 0x30
const retained = 0x01
const longestTopicBytes = 65_535
const more = 0x80

/**
 * One message of QoS 0 as MQTT 3.1.1 writes it (section 3.3), in one piece. The library writes each field by itself, six to a
 * packet, which is half of what sending a short command costs. Throws DriverError for a topic that is longer than one may be.
 */
export function publishPacket(topic: string, payload: string | Buffer, isRetained: boolean): Buffer {
  const topicBytes = Buffer.byteLength(topic)
  const payloadBytes = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
  if (topicBytes > longestTopicBytes) throw new DriverError('rejected', 'The topic is too long.')
  const remaining = 2 + topicBytes + payloadBytes
  const packet = Buffer.allocUnsafe(1 + lengthBytes(remaining) + remaining)
  packet[0] = isRetained ? publish | retained : publish
  let at = 1
  for (let left = remaining; ; left = left >> 7) {
    packet[at++] = left >= more ? (left & 0x7f) | more : left
    if (left < more) break
  }
  at = packet.writeUInt16BE(topicBytes, at)
  at += packet.write(topic, at)
  if (typeof payload === 'string') packet.write(payload, at)
  else payload.copy(packet, at)
  return packet
}

function lengthBytes(remaining: number): number {
  if (remaining < 0x80) return 1
  if (remaining < 0x40_00) return 2
  return remaining < 0x20_00_00 ? 3 : 4
}
