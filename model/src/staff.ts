/** What somebody who works for a hosted service is there for. `privacy` is the data protection officer and whoever helps them. */
export const staffRoles = ['support', 'privacy', 'operator'] as const
export type StaffRole = (typeof staffRoles)[number]

/** Why something of a person may be opened: they made a request, they let support in, or in an emergency. */
export const caseKinds = ['request', 'support', 'break-glass'] as const
export type CaseKind = (typeof caseKinds)[number]

/** What became of a look, or of a try. */
export const accessOutcomes = ['opened', 'read', 'answered', 'refused'] as const
export type AccessOutcome = (typeof accessOutcomes)[number]
