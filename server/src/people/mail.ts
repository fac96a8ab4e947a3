import { setTimeout as wait } from 'node:timers/promises'
import type { Locale } from '@eaves/model'
import type { Log } from '../log.ts'

export interface Message {
  readonly to: { readonly kind: 'email' | 'phone'; readonly address: string }
  readonly locale: Locale
  readonly subject: string
  readonly text: string
}
/** A way out for messages: the outbox folder, or an SMTP server. */
export interface Sender {
  readonly send: (message: Message) => Promise<void>
}

export interface Mail {
  /** Takes the message and returns at once, so that no answer's time says whether anything was sent. */
  readonly post: (message: Message) => void
  /** Resolves when everything taken so far is sent or given up. */
  readonly settled: () => Promise<void>
}

export interface MailDeps {
  readonly email: Sender
  /** Text messages go to the outbox; there is no provider. */
  readonly phone: Sender
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
      } catch {
        const delayMs = retryAfterMs[attempt]
        if (delayMs === undefined) return log.error('a message could not be sent', { attempt: attempt + 1 })
        log.warn('a message could not be sent yet', { attempt: attempt + 1, delayMs })
        await wait(delayMs, undefined, { ref: false })
      }
    }
  }
  return {
    post: (message) => {
      const turn = deliver(message)
      last = Promise.allSettled([last, turn]).then(() => undefined)
    },
    settled: () => last,
  }
}
