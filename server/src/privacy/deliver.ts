import { createHmac, randomBytes } from 'node:crypto'
import type { SubjectId } from '@eaves/model'
import type { Clock } from '../deps.ts'
import type { DisclosureOutcomeTable } from './data.ts'
import { NothingLeft, type Egress, type Posted } from './egress-post.ts'
import type { Registered } from './recipients.ts'
import type { Vault } from './vault.ts'

export interface DeliverDeps {
  readonly clock: Clock
  readonly vault: Pick<Vault, 'ownKey'>
  readonly egress: Pick<Egress, 'post'>
}
export interface Parcel {
  readonly id: string
  readonly kind: 'report' | 'deletion'
  readonly body: string
  readonly signal?: AbortSignal
}
/** How a sending ended, as the ledger keeps it. */
export type Delivered = Pick<DisclosureOutcomeTable, 'outcome' | 'answer' | 'bytes' | 'digest'>

/** Sends one thing to a recipient, signed, once; whatever written line says that it goes stands before. // pp.3.1 */
export async function deliver(
  { clock, vault, egress }: DeliverDeps,
  { url, secret }: NonNullable<Registered['endpoint']>,
  { body, kind, signal }: Parcel,
): Promise<Delivered> {
  const key = await vault.ownKey('disclosure', () => randomBytes(32))
  const seconds = Math.floor(clock.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  let outcome: Delivered['outcome']
  let answer: Delivered['answer'] = null
  try {
    const posted = await egress.post({
      url,
      namedBy: 'operator',
      headers: { 'content-type': 'application/json', 'eaves-signature': `t=${seconds},v1=${signature}` },
      body,
      signal,
    })
    outcome = posted.status >= 200 && posted.status < 300 ? 'sent' : 'refused'
    answer = outcome === 'sent' && kind === 'deletion' ? answerIn(posted) : null
  } catch (error) {
    outcome = leftNothing(error) ? 'failed' : 'unknown'
  }
  return {
    outcome,
    answer,
    bytes: outcome === 'failed' ? 0 : Buffer.byteLength(body),
    digest: createHmac('sha256', key).update(body).digest('base64url'),
  }
}

/** What a recipient may answer to a request to delete; anything else says only that it arrived. */
function answerIn({ text }: Posted): Delivered['answer'] {
  try {
    const said = (JSON.parse(text) as { deletion?: unknown } | null)?.deletion
    return said === 'done' || said === 'refused' ? said : null
  } catch {
    return null
  }
}

const beforeAnyByte = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
])
/** Whether it ended before a byte could leave; in doubt it is taken to have left. */
function leftNothing(error: unknown): boolean {
  if (error instanceof NothingLeft) return true
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return beforeAnyByte.has(code) || /^(ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)
}

/** A number that one recipient alone has for a person: under a key of the vault for each, so that two of them have nothing to join by. // pp.3.1.3 */
export async function pairwise(
  vault: Pick<Vault, 'ownKey'>,
  recipient: string,
  subject: SubjectId,
): Promise<string> {
  const key = await vault.ownKey(`pairwise:${recipient}`, () => randomBytes(32))
  return createHmac('sha256', key)
    .update(JSON.stringify(['pairwise', subject]))
    .digest('hex')
    .slice(0, 32)
}
