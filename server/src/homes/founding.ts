import type { OperatingRole, SubjectId } from '@eaves/model'
import { may, type Relations } from '../privacy/privacy.ts'

/** Whether somebody may make a home on this server, by what they are in its homes at this moment. */
export function mayCreateHome(
  homes: { readonly relationsOf: (subject: SubjectId) => Relations },
  operatingRole: OperatingRole,
  claimant: SubjectId | undefined,
  subject: SubjectId,
): boolean {
  const person = {
    kind: 'person',
    subject,
    isClaimant: subject === claimant,
    ...homes.relationsOf(subject),
  } as const
  return may(person, 'home.create', { kind: 'self', subject }, { operatingRole }).allow
}
