import type { ActRequest, DriverContext } from '@eaves/driver-kit'
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
  /** Sends and says when it has left; rejects when it cannot. */
  readonly publish: (message: Outgoing) => Promise<void>
  /** Topics have come or gone: the subscriptions are to be planned anew. */
  readonly changed: () => void
  /** Plans the subscriptions now and resolves when they stand. */
  readonly listening: () => Promise<void>
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
  /** The link has gone. */
  readonly unlinked?: () => void
  /** Does an act on one of its bridges or devices; undefined when it has none such. */
  readonly act?: (request: ActRequest) => Promise<void> | undefined
  readonly close: () => void
}
