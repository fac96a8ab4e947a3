import { setTimeout as wait } from 'node:timers/promises'
import type { Locale } from '@eaves/model'
import type { Log } from '../log.ts'
import type { MailText } from './mail-text.ts'

/** Words for an e-mail, and the template that says the same in a text message; without one no phone gets it. */
export interface Message extends MailText {
  readonly to: { readonly kind: 'email' | 'phone'; readonly address: string }
  readonly locale: Locale
  /** Who asked for it, as text messages are counted: a shortened network address, or a person where somebody writes to others. */
  readonly askedFrom?: string | undefined
}
/** A way out for messages: the outbox folder, an SMTP server, a service for text messages. */
export interface Sender {
  readonly send: (message: Message) => Promise<void>
}
/** What a sender throws when trying again would change nothing. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable'
}

export interface Mail {
  /** Takes the message and returns at once, so that no answer's time says whether anything was sent. */
  readonly post: (message: Message) => void
  /** Notes that a code sent to this address was entered: where few are, text messages stop. // T13 */
  readonly entered: (to: Message['to']) => void
  /** Resolves when everything taken so far is sent or given up. */
  readonly settled: () => Promise<void>
}

export interface MailDeps {
  readonly email: Sender
  readonly phone: Sender & { readonly entered?: (number: string) => Promise<void> }
  readonly log: Log
  /** Waits before a second and third try; codes live minutes, so later ones are of no use. */
  readonly retryAfterMs?: readonly number[]
}

/** Sends in the background, in order, trying again a few times. */
export function createMail({ email, phone, log, retryAfterMs = [2_000, 15_000] }: MailDeps): Mail {
  let last: Promise<void> = Promise.resolve()
  const deliver = async (message: Message) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await (message.to.kind === 'email' ? email : phone).send(message)
      } catch (error) {
        if (error instanceof Undeliverable)
          return log.warn('a message was not sent', { attempt: attempt + 1 })
        const delayMs = retryAfterMs[attempt]
        if (delayMs === undefined) return log.error('a message could not be sent', { attempt: attempt + 1 })
        log.warn('a message could not be sent yet', { attempt: attempt + 1, delayMs })
        await wait(delayMs, undefined, { ref: false })
      }
    }
  }
  const follow = (turn: Promise<unknown>) => {
    last = Promise.allSettled([last, turn]).then(() => undefined)
  }
  return {
    post: (message) => follow(deliver(message)),
    entered: ({ kind, address }) => {
      if (kind === 'phone' && phone.entered !== undefined) follow(phone.entered(address))
    },
    settled: () => last,
  }
}
