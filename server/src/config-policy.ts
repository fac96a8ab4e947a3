import { StartError } from './start-error.ts'

/** Settings of publishing a new version of the texts. There is none that calls a large change small. // pp.7.3 */
export const policySettings = {
  EAVES_POLICY_EFFECTIVE: {
    help: 'day or instant (2027-01-31, UTC) at which a newly published version of the texts takes effect; not before the end of its notice, which is when it does without this',
  },
  EAVES_POLICY_RAISE: {
    help: 'on: a newly published version is announced as a large change even if none was computed',
  },
} as const
type Name = keyof typeof policySettings

export interface PolicyWish {
  readonly effectiveAt?: number | undefined
  readonly raise?: boolean | undefined
}

export function policyWish(text: (name: Name) => string | undefined): PolicyWish {
  const effective = text('EAVES_POLICY_EFFECTIVE')
  const raise = text('EAVES_POLICY_RAISE')
  if (raise !== undefined && raise !== 'on')
    throw new StartError(
      `EAVES_POLICY_RAISE is "${raise}" but can only be "on": a change can be raised, never lowered.`,
    )
  const effectiveAt = effective === undefined ? undefined : Date.parse(effective)
  if (effectiveAt !== undefined && (Number.isNaN(effectiveAt) || !/^\d{4}-\d\d-\d\d/.test(effective ?? '')))
    throw new StartError(
      `EAVES_POLICY_EFFECTIVE is "${effective}" but must be a day such as 2027-01-31 or an instant such as 2027-01-31T12:00:00Z.`,
    )
  return { effectiveAt, raise: raise === 'on' }
}
