import assert from 'node:assert/strict'
import type { VendorValue } from '@eaves/driver-kit'
import { openHome } from '../../testing/memory-link.ts'

export const box = { ids: ['box-1'], name: 'Box', mf: 'Maker', mdl: 'B-1', sw: '1.2' }
export type Values = Readonly<Record<string, unknown>>
type Said = string | object | Buffer
type Command = readonly [capability: string, name: string, args: Values, part?: string]

/** Announces entities of one device, plays messages, sends commands and says what came of it. */
export async function playAll(
  configs: Readonly<Record<string, Values>>,
  messages: readonly (readonly [topic: string, payload: Said])[],
  commands: readonly Command[] = [],
) {
  const { broker, harness } = await openHome(
    Object.fromEntries(
      Object.entries(configs).map(([place, config]) => [
        `homeassistant/${place}/config`,
        { device: box, ...config },
      ]),
    ),
  )
  for (const [topic, payload] of messages) {
    broker.publish(topic, payload)
    await harness.clock?.advance(1)
  }
  await harness.clock?.advance(5)
  const ends: unknown[] = []
  for (const [capability, name, args, part = 'main'] of commands) {
    const end = await harness.command('id:box-1', {
      part,
      capability,
      name,
      args: args as Record<string, VendorValue>,
    })
    ends.push(end.code ?? end.state)
  }
  const value = (capability: string, attribute: string, part = 'main') =>
    harness.value('id:box-1', part, capability, attribute)
  const sent = broker.sent.map((message) => `${message.topic} ${message.payload}`)
  const shape = harness.device('id:box-1')?.shape
  const events = harness.messages
    .filter((m) => m.t === 'event')
    .map((m) => `${m.part} ${m.capability} ${m.event} (${m.detail})`)
  const images = harness.messages
    .filter((m) => m.t === 'image')
    .map((m) => `${m.part} ${m.type} ${Buffer.from(m.data, 'base64').length}`)
  const errors = harness.logs().filter((line) => line.level === 'error')
  await harness.stop()
  assert.deepEqual(errors, [])
  const part = (id = 'main') => shape?.parts.find((one) => one.id === id)
  return { value, sent, shape, part, ends, events, images }
}
/** The same for one entity, whose unique id is `u1`. */
export const play = (
  component: string,
  config: Values,
  messages: readonly (readonly [topic: string, payload: Said])[],
  commands: readonly Command[] = [],
) => playAll({ [`${component}/box/thing`]: { unique_id: 'u1', ...config } }, messages, commands)
