import { AppError } from '@eaves/model'
import {
  deletionAsked,
  locale,
  myRecipients,
  receipt,
  recipientId,
  recipientsPage,
  sharingChosen,
  sharingRow,
  sharingSet,
  sharingShown,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Privacy } from './privacy.ts'

const asked = z.strictObject({ locale: locale.default('en') })
const mine = z.strictObject({
  locale: locale.default('en'),
  before: z
    .string()
    .regex(/^\d{1,15}\.[a-z2-7]{26}$/)
    .optional(),
})
const recipientPath = z.strictObject({ recipient: recipientId })

/** Recipients: who they are, who got what, and the choices about each. */
export function sharingEntries({
  privacy: { sharing, sharingReceipt },
}: {
  readonly privacy: Pick<Privacy, 'sharing' | 'sharingReceipt'>
}): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/recipients',
      summary: 'Everybody who may get something from this server, by name, and where messages go out',
      access: { kind: 'public', beforeClaim: false, reason: 'who gets something is no secret' },
      query: asked,
      answer: recipientsPage, // pp.3.1.p
      handle: async ({ query }) => sharing.page(query.locale),
    }),
    entry({
      method: 'get',
      path: '/api/me/recipients',
      summary: 'Who got what about you, when, why and on which consent; and your choices about each',
      access: { kind: 'self', verb: 'self.read' },
      query: mine,
      answer: myRecipients, // pp.3.1
      handle: ({ query, caller }) => sharing.mine(subjectOf(caller), { ...query, gpc: caller.gpc === true }),
    }),
    entry({
      method: 'put',
      path: '/api/me/recipients/{recipient}',
      summary:
        'Choose what one recipient gets, each kind of information by itself; a no takes effect before anything more leaves',
      access: { kind: 'self', verb: 'self.edit' },
      params: recipientPath,
      body: sharingSet,
      answer: sharingChosen, // pp.3.1.1 pp.4.4.e
      handle: ({ params, body, caller }) =>
        sharing.choose(subjectOf(caller), params.recipient, body, {
          surface: caller.surface,
          gpc: caller.gpc === true,
        }),
    }),
    entry({
      method: 'post',
      path: '/api/me/recipients/{recipient}/shown',
      summary: 'Before the app asks by itself: says whether it may, and notes that it did',
      access: { kind: 'self', verb: 'self.edit' },
      params: recipientPath,
      body: sharingShown,
      answer: sharingRow,
      handle: ({ params, body, caller }) =>
        sharing.shown(subjectOf(caller), params.recipient, body, caller.surface),
    }),
    entry({
      method: 'get',
      path: '/api/me/recipients/{recipient}/receipt',
      summary: 'Proof of what you chose about a recipient',
      access: { kind: 'self', verb: 'self.read' },
      params: recipientPath,
      query: z.strictObject({ purpose: z.string().default('sharing.manufacturer-quality') }),
      answer: receipt, // pp.3.1.1
      handle: async ({ params, query, caller }) => {
        const found = await sharingReceipt(subjectOf(caller), params.recipient, query.purpose)
        if (found === undefined) throw new AppError('auth.not-found')
        return found
      },
    }),
    entry({
      method: 'post',
      path: '/api/me/recipients/{recipient}/deletion',
      summary:
        'Ask a recipient to delete what stands for you; its answer or silence is told with your recipients',
      access: { kind: 'self', verb: 'self.edit' },
      params: recipientPath,
      answer: deletionAsked, // pp.3.1.3
      status: 202,
      handle: ({ params, caller }) => sharing.askDeletion(subjectOf(caller), params.recipient),
    }),
  ]
}
