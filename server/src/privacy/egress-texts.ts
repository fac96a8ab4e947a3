import { createHmac } from 'node:crypto'
import type { Clock } from '../deps.ts'
import type { Egress, Posted } from './egress-post.ts'

/** A text message as it leaves: a template with its parameters, and the words that they make. // pp.3.1 */
export interface LeavingText {
  /** The same for every try of one message, so that a gateway can drop a repeated one. */
  readonly id: string
  readonly to: string
  readonly locale: string
  readonly template: string
  readonly parameters: Readonly<Record<string, string>>
  readonly text: string
}
export type SendText = (text: LeavingText) => Promise<void>

/** The service did not take the message; `final` when trying again can change nothing. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken'
  readonly final: boolean
  /** It found fault with the message, most likely with its number. */
  readonly faulty: boolean
  constructor(final: boolean, faulty = false) {
    super('The service for text messages did not take the message.')
    this.final = final
    this.faulty = faulty
  }
}

export interface WebhookSettings {
  readonly url: string
  readonly secret: string
}
export interface TwilioSettings {
  readonly account: string
  readonly token: string
  /** A number, a sender name, or the id of a messaging service. */
  readonly from: string
}

/** Hands text messages to a gateway of the operator's own: number, locale, template and parameters, signed. */
export function webhookTexts({ url, secret }: WebhookSettings, egress: Egress, clock: Clock): SendText {
  return async ({ id, to, locale, template, parameters }) => {
    const body = JSON.stringify({ id, to, locale, template, parameters })
    const seconds = Math.floor(clock.now() / 1000)
    // The time is under the signature, so that a caught request cannot be played again later.
    const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
    taken(
      await egress.post({
        url,
        namedBy: 'operator',
        headers: {
          'content-type': 'application/json',
          'eaves-signature': `t=${seconds},v1=${signature}`,
        },
        body,
      }),
    )
  }
}

/** Twilio's Messages resource. It knows no repeated message, so each try may become one. */
export function twilioTexts(
  { account, token, from }: TwilioSettings,
  egress: Egress,
  origin = 'https://api.twilio.com',
): SendText {
  const sender = /^MG[0-9a-f]{32}$/i.test(from) ? 'MessagingServiceSid' : 'From'
  return async ({ to, text }) => {
    taken(
      await egress.post({
        url: `${origin}/2010-04-01/Accounts/${account}/Messages.json`,
        namedBy: 'operator',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}`,
        },
        body: new URLSearchParams({ To: to, [sender]: from, Body: text }).toString(),
      }),
    )
  }
}

/** A redirect is not followed and is no success. */
function taken({ status }: Posted): void {
  if (status >= 200 && status < 300) return
  throw new NotTaken(
    status >= 300 && status < 500 && status !== 408 && status !== 425 && status !== 429,
    status === 400 || status === 422,
  )
}
