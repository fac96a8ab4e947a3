import { AppError, type CommandRequest, type HomeId, type SubjectId } from '@eaves/model'
import type { Cause, Homes, Pins } from '../homes/homes.ts'
import { subjectOf, type Caller } from '../http/entry.ts'
import { isFreshProof, isUnasked, mustConfirm, type Principal } from '../privacy/privacy.ts'
import type { CheckedCommand } from './check.ts'
import type { OfScene } from './data.ts'

/** What somebody can show for themselves with a command; `given` when it was shown with the command that this one is part of. */
export type Proof = 'given' | { readonly pin?: string | undefined; readonly provedAt?: number | undefined }

export interface Commander {
  readonly subject: SubjectId
  readonly principal: Principal
  /** What they show for themselves, where the home wants a command confirmed. */
  readonly proof?: Proof
  /** They do not ask themselves: the run of an automation of theirs does, and leaves alone what is held. */
  readonly acting?: { readonly cause: Cause; readonly evenIfHeld: boolean }
  /** The scene that what they send is part of. */
  readonly scene?: OfScene
}

/** Who sends a command, and what they show for themselves: a session when it was last proved, a token or panel nothing but a PIN. */
export function commanderOf(caller: Caller, confirm: CommandRequest['confirm']): Commander {
  const { principal, token, provedAt } = caller
  const isSession = principal.kind === 'person' && token === undefined
  return {
    subject: subjectOf(caller),
    principal,
    proof: {
      ...(confirm === undefined ? {} : { pin: confirm.pin }),
      ...(isSession ? { provedAt } : {}),
    },
  }
}

export interface ProofDeps {
  readonly homes: Homes
  readonly pins: Pick<Pins, 'check'>
  readonly now: () => number
}

/** Throws when the home wants this command confirmed and what is shown does not do it; waits only where a PIN is compared. // pp.5.1 */
export function demandProof(
  { homes, pins, now }: ProofDeps,
  home: HomeId,
  { capability, command, safety }: CheckedCommand,
  { principal, subject, proof = {} }: Commander,
): Promise<void> | undefined {
  const role = 'roles' in principal ? principal.roles.get(home) : undefined
  if (role === undefined || !mustConfirm(homes.home(home).confirm, role, safety)) return undefined
  if (proof === 'given' || isUnasked(capability, command)) return undefined
  if (proof.pin !== undefined) return pins.check(home, subject, proof.pin)
  const { provedAt } = proof
  if (principal.kind === 'person' && provedAt !== undefined && isFreshProof(provedAt, now())) return undefined
  throw new AppError('home.confirm-required')
}
