import { z } from 'zod'
import { mutableKinds, noticeKinds } from '../notices.ts'
import { answerId, noticeAnswer } from './automation-asks.ts'
import { id, instant } from './common.ts'

export const inboxNotice = z.object({
  id,
  kind: z.enum(noticeKinds),
  at: instant,
  home: id.optional(),
  automation: id.optional(),
  /** Of an automation that failed: the run, while it is kept. */
  run: id.optional(),
  /** The devices that it is about, as far as one sees them still. */
  devices: z.array(z.object({ id, name: z.string() })),
  /** How many it is about, or how often it came within a short while. */
  times: z.number().int(),
  isSeen: z.boolean(),
  /** Of what a home tells by itself: since when all is well again. */
  overAt: instant.optional(),
  /** What the author of an automation wrote. */
  text: z.string().optional(),
  /** What was asked with it, and what became of that. */
  question: z
    .object({
      id,
      answers: z.array(noticeAnswer),
      /** Whether it can still be answered. */
      isOpen: z.boolean(),
      answer: z
        .object({
          id: answerId,
          at: instant,
          isMine: z.boolean(),
          /** Who answered, while they belong to the home. */
          by: id.optional(),
          name: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
})
export const questionAnswer = z.strictObject({ answer: answerId })
export const inboxQuery = z.strictObject({ before: id.optional() })
export const inboxPage = z.object({
  notices: z.array(inboxNotice),
  unread: z.number().int(),
  /** The next `before`. */
  next: id.optional(),
})
export const inboxUnread = z.object({ unread: z.number().int() })
/** Everything up to this instant; with a kind or a home only that. */
export const inboxSeen = z.strictObject({
  upTo: instant,
  kind: z.enum(noticeKinds).optional(),
  home: id.optional(),
})

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const noticeRules = z.strictObject({
  /** These stand in the inbox and go to no browser. */
  inboxOnly: z.array(z.enum(mutableKinds)).max(mutableKinds.length),
  /** By the clock of the home: what can wait goes to no browser meanwhile. */
  quiet: z.strictObject({ from: wallTime, to: wallTime }).optional(),
  /** Whether a danger waits for the end of the quiet hours too. */
  dangersWait: z.boolean(),
})
export type InboxNotice = z.infer<typeof inboxNotice>
export type InboxSeen = z.infer<typeof inboxSeen>
export type InboxPage = z.infer<typeof inboxPage>
export type NoticeRules = z.infer<typeof noticeRules>
