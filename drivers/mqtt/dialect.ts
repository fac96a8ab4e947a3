import type { DriverContext } from '@eaves/driver-kit'
import type { Outgoing } from './draft.ts'
import type { Roster } from './roster.ts'
import type { TopicTable } from './topics.ts'

/** What both ways of announcing devices work with. */
export interface DialectDeps {
  readonly context: DriverContext
  readonly topics: TopicTable
  readonly roster: Roster
  /** Sends without waiting; what cannot be sent is dropped. */
  readonly send: (message: Outgoing) => void
  /** Topics have come or gone: the subscriptions are to be planned anew. */
  readonly changed: () => void
  /** Something was announced: devices are still coming in. */
  readonly found: () => void
  readonly isLinked: () => boolean
}

/** One way of announcing devices over MQTT. */
export interface Dialect {
  /** Filters it always wants; single topics come from the table. */
  readonly wildcards: () => readonly string[]
  /** Subscriptions stand; what was waited for may be asked. */
  readonly linked: () => void
  readonly close: () => void
}
