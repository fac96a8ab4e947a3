// Catches a message whose bytes are not those that MQTT asks for, at each length at which they change.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generate } from 'mqtt-packet'
import { publishPacket } from './packet.ts'

const lengths = [
  0, 1, 100, 107, 108, 109, 16_362, 16_363, 16_364, 16_365, 70_000, 2_097_131, 2_097_132, 2_097_133,
]

test('it is byte for byte what the library writes', () => {
  for (const length of lengths)
    for (const retain of [false, true])
      for (const payload of ['x'.repeat(length), Buffer.alloc(length, 0xe4)]) {
        const topic = 'zigbee2mqtt/Küche/set'
        const wanted = generate({ cmd: 'publish', topic, payload, retain, qos: 0, dup: false })
        assert.ok(publishPacket(topic, payload, retain).equals(wanted), `${length} bytes`)
      }
})

test('letters of more than one byte are counted as bytes', () => {
  const wanted = generate({
    cmd: 'publish',
    topic: '房间/灯',
    payload: '{"名":"灯 💡"}',
    retain: false,
    qos: 0,
    dup: false,
  })
  assert.ok(publishPacket('房间/灯', '{"名":"灯 💡"}', false).equals(wanted))
})

test('a topic that is too long is refused', () => {
  assert.throws(() => publishPacket('t'.repeat(65_536), 'x', false), { message: 'The topic is too long.' })
  assert.equal(publishPacket('t'.repeat(65_535), 'x', false).length, 1 + 3 + 2 + 65_535 + 1)
})
