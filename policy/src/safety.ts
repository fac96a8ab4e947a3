import type { HomeRole, SafetyClass } from '@eaves/model'

const everything = new Set<SafetyClass>(['comfort', 'privacy', 'safety', 'security'])
const comfort = new Set<SafetyClass>(['comfort'])

/** Which safety classes of command each role may send: a child or guest never opens a lock or a camera. */
export const roleSafety: ReadonlyMap<HomeRole, ReadonlySet<SafetyClass>> = new Map([
  ['owner', everything],
  ['admin', everything],
  ['adult', everything],
  ['child', comfort],
  ['guest', comfort],
  ['kiosk', comfort],
])
