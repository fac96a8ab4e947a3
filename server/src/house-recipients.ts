import type { Config } from './config.ts'
import type { Connections } from './devices/devices.ts'
import type { Notifications } from './notifications/notifications.ts'
import type { NameRecipients } from './rights/rights.ts'

interface RecipientParts {
  readonly config: Pick<Config, 'smtp' | 'sms'>
  readonly connections: Pick<Connections, 'list'>
  readonly notifications: Pick<Notifications, 'list'>
}

/** Who receives something, by the name of the host it goes to: a kind of recipient is no answer to whoever asks. // pp.4.4.a */
export function namedRecipients({ config, connections, notifications }: RecipientParts): NameRecipients {
  const { smtp, sms } = config
  const hostOf = (url: string) => new URL(url).hostname
  const ours = [
    ...(smtp === undefined ? [] : [{ recipient: 'mail-service', name: hostOf(smtp.url) } as const]),
    ...(sms === undefined
      ? []
      : [
          {
            recipient: 'sms-service',
            name: sms.service.kind === 'webhook' ? hostOf(sms.service.url) : 'api.twilio.com',
          } as const,
        ]),
  ]
  return async (subject, homes) => {
    const services = (await notifications.list(subject, undefined)).map(({ service }) => service)
    const brokers = homes
      .filter(({ sees }) => sees('connection.read'))
      .flatMap(({ home }) => connections.list(home).map(({ name }) => name))
    return [
      ...ours,
      ...[...new Set(services)].map((name) => ({ recipient: 'push-service', name }) as const),
      ...[...new Set(brokers)].map((name) => ({ recipient: 'linked-broker', name }) as const),
    ]
  }
}
