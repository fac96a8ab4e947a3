import type { Entry } from './entry.ts'

/**
 * Everything that may stand behind the ? of an address of the API, and what it can hold. Addresses are kept by browsers and
 * proxies, so nothing about anybody stands in one; what is looked for goes into a body. // pp.2.2.3
 */
export const queryParameters = {
  as: 'yaml or json',
  attribute: 'the word of an attribute',
  by: 'me or home',
  before: 'an instant and a random id: where a list goes on',
  capability: 'the word of a capability',
  compare: 'before or year',
  credentials: 'end or keep',
  cursor: 'an instant and a random id: where a list goes on',
  device: 'random id of a device',
  from: 'an instant, a day, or a version',
  group: 'a group of kinds of acts',
  id: 'random id of what is asked for',
  kind: 'a kind of act',
  limit: 'a count',
  locale: 'a language',
  panels: 'end or keep',
  part: 'the part of a device, as its driver calls it',
  purpose: 'a registered purpose',
  readings: 'corrected or raw',
  resolution: 'raw, 5m, hour, day, month or auto',
  room: 'random id of a room',
  to: 'an instant, a day, or a version',
  values: 'open',
  wait: 'confirmed',
} as const satisfies Readonly<Record<string, string>>

/** The parameters of an entry that are not on the list; one that is no closed object could hold any. */
export function unlistedOf({ query }: Entry): readonly string[] {
  if (query === undefined) return []
  const shape: unknown = 'shape' in query ? query.shape : undefined
  if (typeof shape !== 'object' || shape === null) return ['anything']
  return Object.keys(shape).filter((name) => !Object.hasOwn(queryParameters, name))
}
