import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { OperatingRole } from '@eaves/model'
import { StartError } from './start-error.ts'

/** Settings of text messages and of notices to browsers. */
export const messageSettings = {
  EAVES_SMS_WEBHOOK_URL: {
    help: 'https:// address of a gateway of yours that takes text messages (http:// on this machine only)',
  },
  EAVES_SMS_WEBHOOK_SECRET_FILE: {
    help: 'file with the secret that signs what goes to EAVES_SMS_WEBHOOK_URL, 16 characters at least',
  },
  EAVES_SMS_TWILIO_ACCOUNT: { help: 'account SID (AC…) of Twilio, which then sends the text messages' },
  EAVES_SMS_TWILIO_TOKEN_FILE: { help: 'file with the auth token of EAVES_SMS_TWILIO_ACCOUNT' },
  EAVES_SMS_FROM: {
    help: 'sender of text messages at Twilio: a number (+49…), a name of at most 11 letters, or a messaging service (MG…)',
  },
  EAVES_SMS_COUNTRIES: {
    help: 'countries whose numbers get text messages, such as DE,AT; needed with either service, nothing goes elsewhere',
  },
  EAVES_SMS_DAILY_CEILING: {
    help: 'most segments of text messages in a day (UTC), tries included (default 100)',
  },
  EAVES_PUSH_HOSTS: {
    help: 'further push services whose addresses browsers may name, such as push.example.org (the usual ones are known)',
  },
  EAVES_PUSH_CONTACT: {
    help: 'mailto: or https: address that push services are told, to reach whoever runs this server (default: nobody’s)',
  },
  EAVES_ALIVE_URL: {
    help: 'https:// address of a watch outside (a healthcheck of your choosing) that is called to show that this server runs',
  },
  EAVES_ALIVE_MINUTES: { help: 'minutes between two calls of EAVES_ALIVE_URL, 1 to 60 (default 5)' },
} as const
type Name = keyof typeof messageSettings
type Text = (name: Name) => string | undefined

export interface SmsConfig {
  readonly service:
    | { readonly kind: 'webhook'; readonly url: string; readonly secret: string }
    | { readonly kind: 'twilio'; readonly account: string; readonly token: string; readonly from: string }
  /** ISO 3166 codes. */
  readonly countries: readonly string[]
  readonly dailyCeiling: number
}
export interface PushConfig {
  /** Hosts besides the usual push services. */
  readonly hosts: readonly string[]
  readonly contact: string | undefined
}

export interface AliveConfig {
  readonly url: string
  readonly everyMinutes: number
}

const smsNames = (Object.keys(messageSettings) as Name[]).filter((name) => name.startsWith('EAVES_SMS_'))
const defaultCeiling = 100

/** Undefined when no service is named: text messages then go into the outbox. */
export function smsConfig(text: Text, role: OperatingRole, cwd: string): SmsConfig | undefined {
  const url = text('EAVES_SMS_WEBHOOK_URL')
  const account = text('EAVES_SMS_TWILIO_ACCOUNT')
  if (url !== undefined && account !== undefined)
    throw new StartError(
      'EAVES_SMS_WEBHOOK_URL and EAVES_SMS_TWILIO_ACCOUNT are both set: text messages go one way. Remove one.',
    )
  if (url === undefined && account === undefined) {
    const lonely = smsNames.find((name) => text(name) !== undefined)
    if (lonely === undefined) return undefined
    throw new StartError(
      `${lonely} is set without EAVES_SMS_WEBHOOK_URL or EAVES_SMS_TWILIO_ACCOUNT, so no text message would leave.`,
    )
  }
  return {
    service: url === undefined ? twilio(account!, text, cwd) : webhook(url, text, role, cwd),
    countries: countries(text('EAVES_SMS_COUNTRIES')),
    dailyCeiling: ceiling(text('EAVES_SMS_DAILY_CEILING')),
  }
}

const isLoopbackName = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

function webhook(value: string, text: Text, role: OperatingRole, cwd: string): SmsConfig['service'] {
  refuse(text, ['EAVES_SMS_TWILIO_TOKEN_FILE', 'EAVES_SMS_FROM'], 'EAVES_SMS_WEBHOOK_URL')
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new StartError('EAVES_SMS_WEBHOOK_URL must start with https://.')
  if (url.username !== '' || url.password !== '')
    throw new StartError(
      'EAVES_SMS_WEBHOOK_URL holds a name or password. The signature made with EAVES_SMS_WEBHOOK_SECRET_FILE takes their place.',
    )
  const isHere = isLoopbackName(url.hostname)
  if (url.protocol === 'http:' && (!isHere || role === 'hosted'))
    throw new StartError(
      'EAVES_SMS_WEBHOOK_URL must start with https://: beyond this machine a sign-in code on the wire is a sign-in.',
    ) // pp.5.1
  const secret = secretIn('EAVES_SMS_WEBHOOK_SECRET_FILE', text, 'EAVES_SMS_WEBHOOK_URL', cwd)
  if (secret.length < 16)
    throw new StartError('EAVES_SMS_WEBHOOK_SECRET_FILE must hold a secret of at least 16 characters.')
  return { kind: 'webhook', url: url.href, secret }
}

function twilio(account: string, text: Text, cwd: string): SmsConfig['service'] {
  refuse(text, ['EAVES_SMS_WEBHOOK_SECRET_FILE'], 'EAVES_SMS_TWILIO_ACCOUNT')
  if (!/^AC[0-9a-f]{32}$/i.test(account))
    throw new StartError('EAVES_SMS_TWILIO_ACCOUNT must be an account SID: AC and 32 hexadecimal digits.')
  const from = text('EAVES_SMS_FROM')
  if (from === undefined) throw new StartError('EAVES_SMS_TWILIO_ACCOUNT needs EAVES_SMS_FROM, the sender.')
  if (!/^(\+[1-9]\d{4,14}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/i.test(from))
    throw new StartError(
      `EAVES_SMS_FROM is "${from}" but must be a number such as +4915123456789, a name of at most 11 letters, or a messaging service (MG…).`,
    )
  const token = secretIn('EAVES_SMS_TWILIO_TOKEN_FILE', text, 'EAVES_SMS_TWILIO_ACCOUNT', cwd)
  if (token === '') throw new StartError('EAVES_SMS_TWILIO_TOKEN_FILE names an empty file.')
  return { kind: 'twilio', account, token, from }
}

function refuse(text: Text, names: readonly Name[], service: Name): void {
  const lonely = names.find((name) => text(name) !== undefined)
  if (lonely !== undefined)
    throw new StartError(`${lonely} has no meaning with ${service}. Remove it and start again.`)
}

function secretIn(name: Name, text: Text, service: Name, cwd: string): string {
  const path = text(name)
  if (path === undefined) throw new StartError(`${service} needs ${name}.`)
  try {
    return readFileSync(resolve(cwd, path), 'utf8').trim()
  } catch {
    throw new StartError(`${name} names ${path}, which cannot be read.`)
  }
}

function countries(value: string | undefined): readonly string[] {
  if (value === undefined)
    throw new StartError(
      'EAVES_SMS_COUNTRIES must name the countries whose numbers get text messages, such as DE,AT.',
    ) // T13
  const codes = value.split(',').map((each) => each.trim().toUpperCase())
  const wrong = codes.find((code) => !/^[A-Z]{2}$/.test(code))
  if (wrong !== undefined)
    throw new StartError(
      `EAVES_SMS_COUNTRIES holds "${wrong}" but takes country codes of two letters, such as DE,AT.`,
    )
  return [...new Set(codes)]
}

function ceiling(value: string | undefined): number {
  if (value === undefined) return defaultCeiling
  if (!/^[1-9]\d{0,6}$/.test(value))
    throw new StartError(
      `EAVES_SMS_DAILY_CEILING is "${value}" but must be a whole number of segments, 1 to 9999999.`,
    )
  return Number(value)
}

const usualAliveMinutes = 5
/** Undefined where nobody outside watches. */
export function aliveConfig(text: Text): AliveConfig | undefined {
  const value = text('EAVES_ALIVE_URL')
  const every = text('EAVES_ALIVE_MINUTES')
  if (value === undefined) {
    if (every === undefined) return undefined
    throw new StartError('EAVES_ALIVE_MINUTES is set without EAVES_ALIVE_URL, so nothing would be called.')
  }
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isHere = url !== undefined && isLoopbackName(url.hostname)
  if (url === undefined || !(url.protocol === 'https:' || (url.protocol === 'http:' && isHere)))
    throw new StartError('EAVES_ALIVE_URL must start with https:// (http:// on this machine only).') // pp.5.1
  if (url.username !== '' || url.password !== '' || url.hash !== '')
    throw new StartError('EAVES_ALIVE_URL holds a name, a password or a part after #. Remove it.')
  if (every !== undefined && !/^([1-9]|[1-5]\d|60)$/.test(every))
    throw new StartError(`EAVES_ALIVE_MINUTES is "${every}" but must be a whole number from 1 to 60.`)
  return { url: url.href, everyMinutes: every === undefined ? usualAliveMinutes : Number(every) }
}

export function pushConfig(text: Text): PushConfig {
  const hosts = (text('EAVES_PUSH_HOSTS') ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '')
  const wrong = hosts.find(
    (host) => host.length > 253 || !/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host),
  )
  if (wrong !== undefined)
    throw new StartError(
      `EAVES_PUSH_HOSTS holds "${wrong}" but takes names of hosts, such as push.example.org, without https:// or a port.`,
    ) // T11
  const contact = text('EAVES_PUSH_CONTACT')
  if (contact !== undefined && !/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(contact))
    throw new StartError(`EAVES_PUSH_CONTACT is "${contact}" but must start with mailto: or https://.`)
  return { hosts, contact }
}
