import type { SubjectId } from '@eaves/model'
import type { Member } from '@eaves/model/api'
import type { Standing } from '@eaves/policy'

/** A member as the rules of the household see them. */
export const standingOf = ({ accountId, role, guardian, limits, startsAt, endsAt }: Member): Standing => ({
  subject: accountId as SubjectId,
  role,
  guardian: guardian as SubjectId | undefined,
  isNarrowed:
    limits !== undefined ||
    endsAt !== undefined ||
    // A beginning that has come narrows nothing any more.
    (startsAt !== undefined && Date.parse(startsAt) > Date.now()),
})
