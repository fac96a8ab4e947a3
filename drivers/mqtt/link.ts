import type { Incoming } from './topics.ts'
import type { Outgoing } from './draft.ts'

/** Why a link is down, in a code of the error table. */
export interface LinkFault {
  readonly code: 'connection.unreachable' | 'connection.unauthorized' | 'connection.tls'
}
export type LinkStatus =
  | { readonly state: 'connecting' }
  /** Signed in; subscriptions are gone and are made anew. */
  | { readonly state: 'online' }
  | { readonly state: 'offline'; readonly fault: LinkFault }

/** One side's way to a broker: the household's own over a socket, or the embedded one in process. */
export interface MqttLink {
  readonly open: () => void
  /** Resolves when the message has left; throws DriverError when it cannot. */
  readonly publish: (message: Outgoing) => Promise<void>
  /** Resolves with the filters that were refused. */
  readonly subscribe: (filters: readonly string[]) => Promise<readonly string[]>
  readonly unsubscribe: (filters: readonly string[]) => void
  readonly onMessage: (receive: (message: Incoming) => void) => void
  readonly onStatus: (receive: (status: LinkStatus) => void) => void
  readonly close: () => Promise<void>
}
