import type { SubjectId } from '@eaves/model'
import { isoInstant } from '../deps.ts'
import type { Db, Facts } from '../store/stores.ts'
import { deliver, pairwise, type Delivered, type DeliverDeps } from './deliver.ts'
import type { Register } from './register.ts'
import { rulesAt } from './sharing-consents.ts'
import { forPerson, receivedBy } from './sharing-store.ts'

/** What an erasure asks of whoever sends: recipients who can find the erased person are told to delete. // pp.4.4.a */
export interface ErasureNotices {
  /** Whoever got something by which they could find the person, by name. */
  readonly named: (subject: SubjectId) => Promise<readonly { readonly id: string; readonly name: string }[]>
  readonly hasEndpoint: (recipient: string) => boolean
  /** Says once that the person is erased: the number that this recipient alone has for them, and nothing else. */
  readonly tellErased: (
    subject: SubjectId,
    recipient: string,
    message: { readonly id: string; readonly request: string },
  ) => Promise<Delivered>
}

interface NoticeDeps extends DeliverDeps {
  readonly facts: Db<Facts>
  readonly register: Register
}

export function createErasureNotices(deps: NoticeDeps): ErasureNotices {
  const { facts, register, clock, vault } = deps
  const addressOf = (id: string) => {
    const recipient = register.find(id)
    const [purpose] = recipient?.purposes ?? []
    return recipient?.endpoint === undefined || purpose === undefined
      ? undefined
      : { purpose, endpoint: recipient.endpoint }
  }
  return {
    named: async (subject) => {
      const names = await register.names()
      return (await receivedBy(forPerson(facts, subject))).flatMap(({ recipient: id, namedAt }) =>
        namedAt === undefined ? [] : [{ id, name: names.now(id) }],
      )
    },
    hasEndpoint: (recipient) => addressOf(recipient) !== undefined,
    tellErased: async (subject, recipient, { id, request }) => {
      const address = addressOf(recipient)
      if (address === undefined) return { outcome: 'failed', answer: null, bytes: 0, digest: '' }
      const now = clock.now()
      const person = await pairwise(vault, recipient, subject)
      const body = JSON.stringify({
        id,
        kind: 'deletion',
        at: isoInstant(now),
        purpose: address.purpose,
        delete: { person, request, answerWithin: rulesAt(now).silentAfter },
      })
      return deliver(deps, address.endpoint, { id, kind: 'deletion', body })
    },
  }
}
