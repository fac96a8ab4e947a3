import { put } from '../draft.ts'
import type { Worth } from '../template/template.ts'
import { flagOf, take, type Entity } from './entity.ts'
import { roleOfSwitch } from './parts.ts'

export function addSwitch(entity: Entity): void {
  const [on, off] = [entity.payload('payload_on', 'ON'), entity.payload('payload_off', 'OFF')]
  const flag = flagOf(entity.payload('state_on', on), entity.payload('state_off', off))
  // A switch among a device's settings is a setting, not its power.
  if (roleOfSwitch(entity.source, entity.assembly.deviceName) !== 'setting')
    return addOnOff(entity, flag, on, off, 'state_topic', 'value_template')
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  const writable = topic !== undefined && render !== undefined
  const readable = entity.canRead('state_topic', 'value_template')
  if (!readable && !writable) return
  const target = entity.vendor(entity.key, { type: 'boolean', readable, writable })
  if (target === undefined) return
  entity.read('state_topic', 'value_template', (value) => take(target, value, flag))
  if (writable)
    entity.writeVendor(entity.key, (value) => [
      entity.message(topic, render({ value: value === true ? on : off })),
    ])
}

/** On and off with fixed payloads; `toggle` goes by what was last reported. */
export function addOnOff(
  entity: Entity,
  flag: (value: Worth) => boolean | undefined,
  on: string,
  off: string,
  stateKey: string,
  templateKey: string,
): void {
  const last = readPower(entity, flag, stateKey, templateKey)
  const topic = entity.topic('command_topic')
  const render = entity.renderer('command_template')
  if (topic === undefined || render === undefined) return
  const set = (is: boolean) => [entity.message(topic, render({ value: is ? on : off }))]
  entity.write('onOff', 'turnOn', () => set(true))
  entity.write('onOff', 'turnOff', () => set(false))
  if (last !== undefined) entity.write('onOff', 'toggle', () => set(last() !== true))
}
/** Reads the power; gives what was last reported, or undefined when nothing is. */
export function readPower(
  entity: Entity,
  flag: (value: Worth) => boolean | undefined,
  stateKey: string,
  templateKey: string,
): (() => boolean | undefined) | undefined {
  if (!entity.canRead(stateKey, templateKey)) return undefined
  const target = entity.attribute('onOff', 'on')
  if (target === undefined) return undefined
  let last: boolean | undefined
  entity.read(stateKey, templateKey, (value) => {
    const is = value === null ? undefined : flag(value)
    if (is === undefined) return take(target, value, () => undefined)
    last = is
    put(target, is)
  })
  return () => last
}
