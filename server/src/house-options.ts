import type { Config } from './config.ts'
import type { Clock } from './deps.ts'
import type { DriverHost } from './drivers/drivers.ts'
import type { Log } from './log.ts'
import type { Cost } from './people/passwords.ts'
import type { Egress, EgressGet, TextVersion } from './privacy/privacy.ts'

export interface HouseOptions {
  readonly config: Config
  readonly log: Log
  /** Told each new claim code. */
  readonly announceClaim: (code: string) => void
  readonly clock?: Clock
  /** Tests that need no drivers leave the process out. */
  readonly drivers?: DriverHost
  /** Tests put a double of the outside here. */
  readonly egress?: Partial<Egress & EgressGet>
  /** Tests hash cheaper than a house does. */
  readonly hashing?: Cost
  /** Tests put other versions of the texts here. */
  readonly texts?: readonly TextVersion[]
  /** Called before each step of an erasure; tests end the server there. */
  readonly onErasureStep?: (step: string) => void
}
