import { DriverError, type CapabilityId } from '@eaves/driver-kit'
import { writerKey } from '../draft.ts'
import { listField } from '../payload.ts'
import { isPayload, take, type Entity } from './entity.ts'

/** Where a choice among the device's own words stands in a config. */
export interface ChoiceKeys {
  readonly list: string
  readonly state: string
  readonly stateTemplate: string
  readonly command: string
  readonly commandTemplate: string
}
/** `preset_mode` → `preset_modes`, `preset_mode_state_topic` and so on. */
export const keysOf = (
  stem: string,
  list = `${stem}s`,
  stateTemplate = `${stem}_state_template`,
): ChoiceKeys => ({
  list,
  state: `${stem}_state_topic`,
  stateTemplate,
  command: `${stem}_command_topic`,
  commandTemplate: `${stem}_command_template`,
})

const mostWords = 200
export function wordsIn(entity: Entity, key: string, fallback: readonly string[] = []): readonly string[] {
  const raw = listField(entity.config, key)
  const own = raw.slice(0, mostWords).flatMap((item) => {
    const word = typeof item === 'number' ? String(item) : item
    return typeof word === 'string' && word.length > 0 && word.length <= 64 ? [word] : []
  })
  return entity.config[key] === undefined ? fallback : [...new Set(own)]
}

/** A choice that a capability has a place for: an attribute of the device's own words, and the command that sets it. */
export function addWords(
  entity: Entity,
  capability: CapabilityId,
  attribute: string,
  command: string,
  keys: ChoiceKeys,
  values: readonly string[] = wordsIn(entity, keys.list),
): void {
  if (values.length === 0 || !entity.has(keys.state, keys.command)) return
  const isTaken =
    entity.assembly.draft.has(entity.part, capability, attribute) ||
    entity.assembly.writers.has(writerKey(entity.part, capability, command))
  if (isTaken) return addOwnWords(entity, attribute, keys, values)
  entity.readInto(
    capability,
    attribute,
    keys.state,
    keys.stateTemplate,
    (value) => values.find((word) => isPayload(value, word)),
    { values },
  )
  entity.send(capability, command, keys.command, keys.commandTemplate, (args) =>
    known(values, args[attribute]),
  )
}
/** A word that is in the list; the core cannot check those that are never read. */
export function known(values: readonly string[], word: unknown): string {
  const found = values.find((one) => one === word)
  if (found === undefined) throw new DriverError('rejected', 'The device does not know this word.')
  return found
}

/** A choice without a place of its own: a vendor attribute. */
export function addOwnWords(
  entity: Entity,
  key: string,
  keys: ChoiceKeys,
  values: readonly string[] = wordsIn(entity, keys.list),
): void {
  if (values.length === 0 || !entity.has(keys.state, keys.command)) return
  const topic = entity.topic(keys.command)
  const render = entity.renderer(keys.commandTemplate)
  const writable = topic !== undefined && render !== undefined
  const readable = entity.canRead(keys.state, keys.stateTemplate)
  const target = entity.vendor(key, {
    type: 'enum',
    name: key.replaceAll('_', ' '),
    values,
    readable,
    writable,
  })
  if (target === undefined) return
  if (readable)
    entity.read(keys.state, keys.stateTemplate, (value) =>
      take(target, value, (worth) => values.find((word) => isPayload(worth, word))),
    )
  if (writable) entity.writeVendor(key, (value) => [entity.message(topic, render({ value }))])
}
