import { AppError } from '@eaves/model'
import { id, pushDevice, pushKey, pushSubscribe } from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Notifications } from './notifications.ts'

const one = z.strictObject({ subscription: id })

/** Which of one's browsers get notices. */
export function notificationEntries(notifications: Notifications): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/push/key',
      summary: 'The key that a browser binds its notices to; without one this server pushes none',
      access: { kind: 'self', verb: 'self.read' },
      answer: pushKey,
      handle: async () => {
        const publicKey = notifications.publicKey()
        return publicKey === undefined ? {} : { publicKey }
      },
    }),
    entry({
      method: 'get',
      path: '/api/me/push/subscriptions',
      summary: 'Your browsers that get notices',
      access: { kind: 'self', verb: 'self.read' },
      answer: z.array(pushDevice),
      handle: ({ caller }) => notifications.list(subjectOf(caller), caller.session),
    }),
    entry({
      method: 'post',
      path: '/api/me/push/subscriptions',
      summary: 'Let this browser get notices, for as long as it is signed in',
      access: { kind: 'self', verb: 'session.manage' },
      body: pushSubscribe,
      answer: pushDevice,
      status: 201,
      handle: ({ body, caller }) => {
        if (caller.session === undefined) throw new AppError('auth.required')
        return notifications.subscribe({ subject: subjectOf(caller), session: caller.session }, body)
      },
    }),
    entry({
      method: 'delete',
      path: '/api/me/push/subscriptions/{subscription}',
      summary: 'No more notices to a browser',
      access: { kind: 'self', verb: 'session.manage' },
      params: one,
      handle: async ({ params, caller }) => {
        if (!(await notifications.end(subjectOf(caller), params.subscription)))
          throw new AppError('auth.not-found')
      },
    }),
    entry({
      method: 'post',
      path: '/api/me/push/subscriptions/{subscription}/test',
      summary: 'Send a notice to a browser to see whether it comes',
      access: { kind: 'self', verb: 'session.manage' },
      params: one,
      handle: ({ params, caller }) => notifications.test(subjectOf(caller), params.subscription),
    }),
  ]
}
