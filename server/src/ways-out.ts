import type { RecipientsPage } from '@eaves/model/api'
import type { Config } from './config.ts'
import type { Clock, Log } from './deps.ts'
import { createMail, createTexts, Outbox, type Mail, type TextAlert, type Texts } from './people/people.ts'
import {
  createEgress,
  smtpSender,
  twilioTexts,
  webhookTexts,
  type Egress,
  type EgressGet,
} from './privacy/privacy.ts'
import { usualPushHosts } from './notifications/notifications.ts'
import type { Stores } from './store/stores.ts'

type Services = RecipientsPage['services']

/** Where messages go out, by host, for everybody to see; without a service they stay in files here. // pp.3.1.p */
export function servicesOf({
  smtp,
  sms,
  push,
  alive,
}: Pick<Config, 'smtp' | 'sms' | 'push' | 'alive'>): Services {
  const host = (url: string) => new URL(url).hostname
  return [
    ...(smtp === undefined ? [] : [{ kind: 'mail', host: host(smtp.url) } as const]),
    ...(sms === undefined
      ? []
      : [
          {
            kind: 'text',
            host: sms.service.kind === 'webhook' ? host(sms.service.url) : 'api.twilio.com',
          } as const,
        ]),
    ...(push === undefined
      ? []
      : [...usualPushHosts, ...push.hosts].map((each) => ({ kind: 'push', host: each }) as const)),
    // Nothing about anybody goes there: it is told all the same.
    ...(alive === undefined ? [] : [{ kind: 'alive', host: host(alive.url) } as const]),
  ]
}

/** How messages leave, as the operator set it. // pp.3.1 */
export interface WaysOut {
  readonly egress: Egress & EgressGet
  readonly mail: Mail
  readonly textAlerts: () => Promise<readonly TextAlert[]>
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}
export interface WaysOutDeps {
  readonly config: Config
  readonly log: Log
  readonly clock: Clock
  readonly vault: Stores['vault']
  /** Tests put a double of the outside here. */
  readonly egress?: Partial<Egress & EgressGet> | undefined
}

/** E-mail by SMTP and text messages by a service where one is set, else files in the outbox. */
export async function openWaysOut(deps: WaysOutDeps): Promise<WaysOut> {
  const { config, log, clock } = deps
  const egress = { ...createEgress(), ...deps.egress }
  const outbox = new Outbox(config.outboxDir, clock)
  const smtp = config.smtp === undefined ? undefined : smtpSender(config.smtp)
  const texts = await textsOf(deps, egress)
  return {
    egress,
    mail: createMail({ email: smtp ?? outbox, phone: texts ?? outbox, log }),
    textAlerts: async () => (await texts?.alerts()) ?? [],
    start: () => outbox.start(),
    stop: async () => {
      await outbox.stop()
      smtp?.close()
    },
  }
}

async function textsOf(
  { config: { sms }, log, clock, vault: { counters } }: WaysOutDeps,
  egress: Egress,
): Promise<Texts | undefined> {
  if (sms === undefined) return undefined
  const { service, countries, dailyCeiling } = sms
  const send =
    service.kind === 'webhook' ? webhookTexts(service, egress, clock) : twilioTexts(service, egress)
  return createTexts({ counters, send, countries, dailyCeiling, clock, log })
}
