import type { HomeId, SubjectId } from '@eaves/model'

/** What an erasure asks of the people of homes. */
export interface Members {
  readonly isLastAdult: (home: HomeId, subject: SubjectId) => boolean
  readonly depart: (home: HomeId, subject: SubjectId) => Promise<void>
}
