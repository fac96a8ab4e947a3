import type { HomeId, Recipient, SubjectId } from '@eaves/model'
import type { SeenHome } from './belongings.ts'

/** What an erasure asks of the people of homes. */
export interface Members {
  readonly isLastAdult: (home: HomeId, subject: SubjectId) => boolean
  readonly depart: (home: HomeId, subject: SubjectId) => Promise<void>
}

export interface NamedRecipient {
  readonly recipient: Recipient
  /** The host it goes to. */
  readonly name: string
}
/** Who receives something of a person, by name, as the server is set up now. */
export type NameRecipients = (
  subject: SubjectId,
  homes: readonly SeenHome[],
) => Promise<readonly NamedRecipient[]>
