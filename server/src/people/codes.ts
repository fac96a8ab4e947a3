import { AppError, newId, type SubjectId } from '@eaves/model'
import type { AccountDeps } from './accounts.ts'
import type { FlowActs, FlowIdentifier, SignInFlowTable } from './data.ts'
import { hashOf, isSame, sixDigits } from './secrets.ts'
import { addFlow, asSignIn, countTry, takeFlow } from './store.ts'

export const codeLifeMs = 5 * 60 * 1000
export const mostTries = 5

export type CodeDeps = Pick<AccountDeps, 'facts' | 'clock' | 'random'>
export interface NewCode {
  readonly subject: SubjectId
  readonly kind: 'email' | 'phone'
  /** What is kept of the address: the address, or filler of its length. */
  readonly kept: string
  /** What the code opens and for whom; a code made for one thing opens no other. */
  readonly purpose: string
  readonly known: boolean
  readonly acts?: FlowActs | undefined
}
export interface TakenCode {
  readonly row: SignInFlowTable
  readonly kept: FlowIdentifier
}

/** Makes a code of six digits and the flow it is bound to; only a hash is kept. // T13 */
export async function makeCode(
  { facts, clock, random }: CodeDeps,
  { subject, kind, kept, purpose, known, acts }: NewCode,
): Promise<{ readonly flow: string; readonly code: string }> {
  const code = sixDigits(random)
  const id = newId(random)
  const handle = asSignIn(facts, 'service.core')
  const identifier = await handle.sealFor({ subject }, 'sign_in_flow', 'identifier', id, { [kind]: kept })
  const sealedActs =
    acts === undefined ? null : await handle.sealFor({ subject }, 'sign_in_flow', 'acts', id, acts)
  const now = clock.now()
  await addFlow(handle, {
    subject,
    id,
    code_hash: codeHash(purpose, id, kept, code),
    tries: 0,
    identifier,
    known: known ? 1 : 0,
    acts: sealedActs,
    created_at: now,
    expires_at: now + codeLifeMs,
  })
  return { flow: id, code }
}

/** Takes the flow if this is its code; five tries, counted before anything is compared, then it is dead. `isOpen` may refuse a flow that leads nowhere. // T13 */
export async function takeCode(
  { facts, clock }: CodeDeps,
  given: { readonly flow: string; readonly code: string },
  purpose: string,
  isOpen: (row: SignInFlowTable) => boolean,
  onWrong: (row: SignInFlowTable) => void = () => undefined,
): Promise<TakenCode> {
  const handle = asSignIn(facts, 'service.core')
  const row = await countTry(handle, given.flow, clock.now())
  if (row === undefined || row.tries > mostTries) throw new AppError('auth.code-wrong')
  const kept = await handle.openFor(
    { subject: row.subject },
    'sign_in_flow',
    'identifier',
    row.id,
    row.identifier,
  )
  const right = isSame(
    codeHash(purpose, row.id, kept.email ?? kept.phone ?? '', given.code.replaceAll(/\D/g, '')),
    row.code_hash,
  )
  if (!right) onWrong(row)
  if (!right || !isOpen(row) || !(await takeFlow(handle, row.id))) throw new AppError('auth.code-wrong')
  return { row, kept }
}

/** Bound to its purpose, to the flow, and to an address that only the vault opens: the row alone gives nothing to try codes against. */
function codeHash(purpose: string, flow: string, identifier: string, code: string): string {
  return hashOf(`${purpose}\n${flow}\n${identifier}\n${code}`)
}
