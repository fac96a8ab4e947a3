import { AppError } from '@eaves/model'
import {
  id,
  inboxPage,
  inboxQuery,
  inboxSeen,
  inboxUnread,
  noticeRules,
  pushDevice,
  pushKey,
  pushSubscribe,
  questionAnswer,
} from '@eaves/model/api'
import { z } from 'zod'
import { entry, subjectOf, type Entry } from '../http/entry.ts'
import type { Notifications } from './notifications.ts'

const one = z.strictObject({ subscription: id })
const asked = z.strictObject({ question: id })

/** What one was told, and how one wants to be told. */
function inboxEntries({ inbox, questions, rules, setRules }: Notifications): Entry[] {
  return [
    entry({
      method: 'get',
      path: '/api/me/inbox',
      summary: 'What you were told in the last thirty days, newest first',
      access: { kind: 'self', verb: 'self.read' },
      query: inboxQuery,
      answer: inboxPage,
      handle: ({ query, caller }) => inbox.list(subjectOf(caller), query.before),
    }),
    entry({
      method: 'get',
      path: '/api/me/inbox/unread',
      summary: 'How much of it you have not seen, a hundred at most',
      access: { kind: 'self', verb: 'self.read' },
      answer: inboxUnread,
      handle: async ({ caller }) => ({ unread: await inbox.unread(subjectOf(caller)) }),
    }),
    entry({
      method: 'post',
      path: '/api/me/inbox/seen',
      summary: 'You have seen everything up to an instant, or what you were told of one kind',
      access: { kind: 'self', verb: 'self.edit' },
      body: inboxSeen,
      handle: ({ body, caller }) => inbox.seen(subjectOf(caller), body),
    }),
    entry({
      method: 'post',
      path: '/api/me/inbox/questions/{question}/answer',
      summary: 'Answer what an automation asked you; the first answer of all who were asked counts',
      access: { kind: 'self', verb: 'self.edit' },
      params: asked,
      body: questionAnswer,
      handle: ({ params, body, caller }) => questions.answer(subjectOf(caller), params.question, body.answer),
    }),
    entry({
      method: 'get',
      path: '/api/me/notification-rules',
      summary: 'What goes to your browsers, and when',
      access: { kind: 'self', verb: 'self.read' },
      answer: noticeRules,
      handle: ({ caller }) => rules(subjectOf(caller)),
    }),
    entry({
      method: 'put',
      path: '/api/me/notification-rules',
      summary: 'Choose what goes to your browsers, and when',
      access: { kind: 'self', verb: 'self.edit' },
      body: noticeRules,
      handle: ({ body, caller }) => setRules(subjectOf(caller), body),
    }),
  ]
}

/** Which of one's browsers get notices, what they were told, and how. */
export function notificationEntries(notifications: Notifications): Entry[] {
  return [
    ...inboxEntries(notifications),
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
