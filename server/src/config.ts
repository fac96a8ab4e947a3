import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { operatingRoles, type OperatingRole } from '@eaves/model'
import { mayVouch, mdnsName, trustedProxy } from './config-lan.ts'
import { policySettings, policyWish, type PolicyWish } from './config-policy.ts'
import {
  aliveConfig,
  messageSettings,
  pushConfig,
  smsConfig,
  type AliveConfig,
  type PushConfig,
  type SmsConfig,
} from './config-messages.ts'
import type { LogLevel } from './log.ts'
import { StartError } from './start-error.ts'

/** Every setting: a line of help each. Settings whose feature is not built are refused by name, never ignored. */
export const settings = {
  EAVES_CONFIG: { help: 'JSON file with any of these as keys (default <EAVES_DATA>/config.json)' },
  EAVES_DATA: { help: 'folder of the data (default ./data)' },
  EAVES_KEY_FILE: {
    help: 'key-encryption key (default <EAVES_DATA>.key/kek, beside the data folder); made at the first start',
  },
  EAVES_PORT: { help: 'port of the app and API (default 8420)' },
  EAVES_HOST: {
    help: 'address to listen on (default 127.0.0.1; 0.0.0.0 = all); beyond loopback it speaks TLS: with EAVES_TLS_CERT and EAVES_TLS_KEY, behind EAVES_TRUSTED_PROXY, or with a certificate authority that the hub makes itself',
  },
  EAVES_TLS_CERT: { help: 'certificate chain file (PEM)' },
  EAVES_TLS_KEY: { help: 'private key file (PEM)' },
  EAVES_MDNS_NAME: {
    help: 'name by which phones find the hub when it listens beyond loopback (default eaves.local; off = none)',
  },
  EAVES_TRUSTED_PROXY: {
    help: 'addresses or networks (10.0.0.2, 10.0.0.0/24) of a TLS proxy in front, comma-separated; only what it says of a request is believed, and only it and this machine are answered',
  },
  EAVES_PROXY_HOSTS: {
    help: 'names (with their port unless it is 443) by which people call the server through EAVES_TRUSTED_PROXY, comma-separated',
  },
  EAVES_MQTT_PORT: {
    help: 'port of the embedded MQTT broker (default 1883 or the next free one, then kept; 0 = off)',
  },
  EAVES_MQTT_HOST: {
    help: 'address of the embedded MQTT broker (default 127.0.0.1); beyond loopback it speaks TLS with EAVES_TLS_CERT and EAVES_TLS_KEY',
  },
  EAVES_MQTT_PLAIN: {
    help: 'on-my-lan: confirms that the embedded broker speaks unencrypted MQTT beyond loopback; anyone in that network can read along',
  },
  EAVES_MQTT_URL: { help: 'the household’s own MQTT broker, for the first home' },
  EAVES_MQTT_URL_PASSWORD_FILE: { help: 'file with the password for EAVES_MQTT_URL' },
  EAVES_DATABASE_URL: { help: 'PostgreSQL instead of SQLite' },
  EAVES_DATABASE_URL_PASSWORD_FILE: { help: 'file with the password for EAVES_DATABASE_URL' },
  EAVES_ROLE: { help: 'household (default) or hosted' },
  EAVES_OPERATOR_FILE: { help: 'operator.json, needed in hosted (default <EAVES_DATA>/operator.json)' },
  EAVES_RECIPIENTS_FILE: {
    help: 'recipients.json, who may get something and under which agreement (default <EAVES_DATA>/recipients.json); without it nobody',
  },
  EAVES_OUTBOX_DIR: {
    help: 'folder where e-mail and text messages are put as files (default <EAVES_DATA>.outbox) until a service for them is set',
  },
  EAVES_BACKUP_DIR: {
    help: 'folder where a backup of the data is put each day, with EAVES_VAULT_BACKUP_DIR; the newest fourteen are kept',
  },
  EAVES_VAULT_BACKUP_DIR: {
    help: 'folder for the backup of the vault, apart from EAVES_BACKUP_DIR; each is removed after seven days',
  },
  EAVES_SMTP_URL: { help: 'smtp:// or smtps:// server for e-mail' },
  EAVES_SMTP_URL_PASSWORD_FILE: { help: 'file with the password for EAVES_SMTP_URL' },
  EAVES_SMTP_FROM: { help: 'sender address of e-mail' },
  ...messageSettings,
  ...policySettings,
  EAVES_LOG: { help: 'debug, info (default), warn, error or silent' },
  EAVES_VAULT_URL: { notBuilt: 'another vault than the SQLite file in the data folder' },
  EAVES_NATS_URL: { notBuilt: 'NATS' },
} as const satisfies Record<string, { readonly help: string } | { readonly notBuilt: string }>
type Name = keyof typeof settings

export interface Config {
  readonly dataDir: string
  readonly keyFile: string
  readonly outboxDir: string
  readonly operatorFile: string
  /** Where backups go by themselves. */
  readonly backup: { readonly data: string; readonly vault: string } | undefined
  readonly recipientsFile: string
  readonly host: string
  readonly port: number
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  /** Who may speak for others, and the names it is called by. */
  readonly proxy: { readonly peers: readonly string[]; readonly hosts: readonly string[] } | undefined
  /** Whether the hub vouches for itself: beyond loopback, with neither certificate files nor a proxy. */
  readonly ownAuthority: boolean
  /** Where the authority's files are: beside the key file. */
  readonly authorityDir: string
  readonly mdnsName: string | undefined
  readonly mqtt: {
    readonly host: string
    readonly port: number | undefined
    readonly url: string | undefined
    /** Unencrypted beyond this machine, confirmed by a person. */
    readonly isPlain: boolean
  }
  readonly databaseUrl: string | undefined
  readonly role: OperatingRole
  readonly smtp: { readonly url: string; readonly from: string } | undefined
  readonly sms: SmsConfig | undefined
  /** Undefined where nothing may leave this machine. */
  readonly push: PushConfig | undefined
  /** Whom this server shows that it runs. */
  readonly alive?: AliveConfig | undefined
  /** What the operator wants of the publication of a new version of the texts. */
  readonly policy?: PolicyWish
  readonly log: LogLevel
}

type Source = Readonly<Record<string, string | undefined>>

/** Reads the environment and the configuration file once; the environment wins. */
export function readConfig(env: Source = process.env, cwd: string = process.cwd()): Config {
  const file = readFile(env, cwd)
  for (const source of [env, file]) for (const name of Object.keys(source)) known(name, source[name])
  const text = (name: Name): string | undefined => env[name] ?? file[name]
  const path = (name: Name, fallback: string) => resolve(cwd, text(name) ?? fallback)
  const dataDir = path('EAVES_DATA', 'data')
  const role = oneOf('EAVES_ROLE', text('EAVES_ROLE') ?? 'household', operatingRoles)
  const host = address('EAVES_HOST', text('EAVES_HOST') ?? '127.0.0.1')
  const tls = tlsFiles(text('EAVES_TLS_CERT'), text('EAVES_TLS_KEY'), cwd)
  const proxy = trustedProxy(text('EAVES_TRUSTED_PROXY'), text('EAVES_PROXY_HOSTS'))
  const keyFile = path('EAVES_KEY_FILE', `${dataDir}.key/kek`)
  const ownAuthority = !isLoopback(host) && tls === undefined && proxy === undefined // pp.5.1
  const authorityDir = `${keyFile}.tls`
  if (ownAuthority) mayVouch({ host, role, dataDir, authorityDir })
  const mqttHost = address('EAVES_MQTT_HOST', text('EAVES_MQTT_HOST') ?? '127.0.0.1')
  const isPlain = plainMqtt(text('EAVES_MQTT_PLAIN'), role)
  if (!isLoopback(mqttHost) && tls === undefined && !isPlain && text('EAVES_MQTT_PORT') !== '0')
    throw new StartError(
      `EAVES_MQTT_HOST is ${mqttHost}: beyond this machine the embedded broker speaks TLS. Set EAVES_TLS_CERT and EAVES_TLS_KEY, or confirm unencrypted MQTT in your own network with EAVES_MQTT_PLAIN=on-my-lan.`,
    ) // pp.5.1
  const url = (
    name: 'EAVES_MQTT_URL' | 'EAVES_DATABASE_URL' | 'EAVES_SMTP_URL',
    schemes: readonly string[],
  ) => joinedUrl(name, text, schemes, role, cwd)
  return {
    dataDir,
    role,
    host,
    keyFile,
    outboxDir: path('EAVES_OUTBOX_DIR', `${dataDir}.outbox`),
    operatorFile: path('EAVES_OPERATOR_FILE', `${dataDir}/operator.json`),
    backup: backupFolders(text('EAVES_BACKUP_DIR'), text('EAVES_VAULT_BACKUP_DIR'), cwd),
    recipientsFile: path('EAVES_RECIPIENTS_FILE', `${dataDir}/recipients.json`),
    port: port('EAVES_PORT', text('EAVES_PORT') ?? '8420'),
    tls,
    proxy,
    ownAuthority,
    authorityDir,
    mdnsName: mdnsName(text('EAVES_MDNS_NAME')),
    mqtt: {
      host: mqttHost,
      isPlain,
      port:
        text('EAVES_MQTT_PORT') === undefined ? undefined : port('EAVES_MQTT_PORT', text('EAVES_MQTT_PORT')!),
      url: url('EAVES_MQTT_URL', ['mqtt:', 'mqtts:', 'ws:', 'wss:']),
    },
    databaseUrl: url('EAVES_DATABASE_URL', ['postgres:', 'postgresql:']),
    smtp: smtp(url('EAVES_SMTP_URL', ['smtp:', 'smtps:']), text('EAVES_SMTP_FROM')),
    sms: smsConfig(text, role, cwd),
    push: pushConfig(text),
    alive: aliveConfig(text),
    policy: policyWish(text),
    log: oneOf('EAVES_LOG', text('EAVES_LOG') ?? 'info', [
      'debug',
      'info',
      'warn',
      'error',
      'silent',
    ] as const),
  }
}

/** The settings with another data folder, such as one that is about to be made. */
export function readConfigAt(dataDir: string, env: Source = process.env): Config {
  return readConfig({ ...env, EAVES_DATA: dataDir })
}

/** The settings of a demonstration: a folder of its own, and nothing that reaches beyond this machine. */
export function readDemoConfig(env: Source = process.env, cwd: string = process.cwd()): Config {
  const config = readConfig({ ...env, EAVES_DATA: env.EAVES_DATA ?? 'data-demo' }, cwd)
  const { host, mqtt, databaseUrl, smtp: mail, sms, role } = config
  const isOutside: readonly (readonly [Name, boolean])[] = [
    ['EAVES_HOST', !isLoopback(host)],
    ['EAVES_MQTT_HOST', !isLoopback(mqtt.host)],
    ['EAVES_MQTT_PORT', mqtt.port === 0],
    ['EAVES_MQTT_URL', mqtt.url !== undefined],
    ['EAVES_DATABASE_URL', databaseUrl !== undefined],
    ['EAVES_SMTP_URL', mail !== undefined],
    ['EAVES_SMS_WEBHOOK_URL', sms?.service.kind === 'webhook'],
    ['EAVES_SMS_TWILIO_ACCOUNT', sms?.service.kind === 'twilio'],
    ['EAVES_ROLE', role !== 'household'],
    ['EAVES_TRUSTED_PROXY', config.proxy !== undefined],
  ]
  const wrong = isOutside.find(([, is]) => is)?.[0]
  if (wrong !== undefined)
    throw new StartError(
      `A demonstration keeps to this machine and to a folder of its own, so ${wrong} cannot be set to that with --demo. Remove it and start again.`,
    )
  return { ...config, push: undefined, alive: undefined }
}

function readFile(env: Source, cwd: string): Source {
  const named = env.EAVES_CONFIG
  const path = resolve(cwd, named ?? `${env.EAVES_DATA ?? 'data'}/config.json`)
  if (!existsSync(path)) {
    if (named === undefined) return {}
    throw new StartError(
      `EAVES_CONFIG names ${path}, which does not exist. Create it or remove the variable.`,
    )
  }
  let parsed: unknown
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    throw new StartError(`The configuration file ${path} is not valid JSON. Correct it and start again.`)
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new StartError(`The configuration file ${path} must hold one JSON object.`)
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(parsed)) {
    if (!name.startsWith('EAVES_'))
      throw new StartError(
        `The configuration file has the unknown setting ${name}. See docs/reference/environment.md.`,
      )
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new StartError(`The setting ${name} in the configuration file must be a text or a number.`)
    out[name] = String(value)
  }
  return out
}

function known(name: string, value: string | undefined): void {
  if (!name.startsWith('EAVES_') || name.startsWith('EAVES_TEST_') || value === undefined) return
  if (!Object.hasOwn(settings, name))
    throw new StartError(
      `${name} is not a setting of Eaves. Correct its name or remove it; docs/reference/environment.md lists them all.`,
    )
  const setting = settings[name as Name]
  if ('notBuilt' in setting)
    throw new StartError(
      `${name} asks for ${setting.notBuilt}, which this version does not have yet. Remove it and start again.`,
    )
}

function oneOf<T extends string>(name: Name, value: string, allowed: readonly T[]): T {
  if (!(allowed as readonly string[]).includes(value))
    throw new StartError(`${name} is "${value}" but must be one of ${allowed.join(', ')}.`)
  return value as T
}

function port(name: Name, value: string): number {
  const number = Number(value)
  if (!/^\d{1,5}$/.test(value) || number > 65535)
    throw new StartError(`${name} is "${value}" but must be a port from 0 to 65535.`)
  return number
}

function address(name: Name, value: string): string {
  if (value !== 'localhost' && isIP(value) === 0)
    throw new StartError(`${name} is "${value}" but must be an IP address to listen on, such as 127.0.0.1.`)
  return value === 'localhost' ? '127.0.0.1' : value
}

export const isLoopback = (host: string): boolean => host === '::1' || host.startsWith('127.')

function plainMqtt(value: string | undefined, role: OperatingRole): boolean {
  if (value === undefined) return false
  oneOf('EAVES_MQTT_PLAIN', value, ['on-my-lan'])
  if (role === 'hosted')
    throw new StartError('EAVES_MQTT_PLAIN is for a household’s own network; in hosted MQTT speaks TLS.')
  return true
}

function tlsFiles(cert: string | undefined, key: string | undefined, cwd: string): Config['tls'] {
  if ((cert === undefined) !== (key === undefined))
    throw new StartError('EAVES_TLS_CERT and EAVES_TLS_KEY belong together: set both or neither.')
  if (cert === undefined || key === undefined) return undefined
  for (const [name, path] of [
    ['EAVES_TLS_CERT', cert],
    ['EAVES_TLS_KEY', key],
  ] as const)
    if (!existsSync(resolve(cwd, path))) throw new StartError(`${name} names ${path}, which does not exist.`)
  return { cert: resolve(cwd, cert), key: resolve(cwd, key) }
}

function joinedUrl(
  name: 'EAVES_MQTT_URL' | 'EAVES_DATABASE_URL' | 'EAVES_SMTP_URL',
  text: (name: Name) => string | undefined,
  schemes: readonly string[],
  role: OperatingRole,
  cwd: string,
): string | undefined {
  const value = text(name)
  const passwordFile = text(`${name}_PASSWORD_FILE`)
  if (value === undefined) {
    if (passwordFile !== undefined) throw new StartError(`${name}_PASSWORD_FILE is set without ${name}.`)
    return undefined
  }
  let url: URL
  try {
    url = new URL(value)
  } catch {
    throw new StartError(
      `${name} is not a URL. It must start with ${schemes.map((s) => `${s}//`).join(' or ')}.`,
    )
  }
  if (!schemes.includes(url.protocol))
    throw new StartError(`${name} must start with ${schemes.map((s) => `${s}//`).join(' or ')}.`)
  if (url.password !== '' && role === 'hosted')
    throw new StartError(
      `${name} holds a password. In hosted put it in a file named by ${name}_PASSWORD_FILE.`,
    )
  if (passwordFile === undefined) return value
  let password: string
  try {
    password = readFileSync(resolve(cwd, passwordFile), 'utf8').replace(/\r?\n$/, '')
  } catch {
    throw new StartError(`${name}_PASSWORD_FILE names ${passwordFile}, which cannot be read.`)
  }
  url.password = encodeURIComponent(password)
  return url.href
}

function backupFolders(data: string | undefined, vault: string | undefined, cwd: string): Config['backup'] {
  if (data === undefined && vault === undefined) return undefined
  if (data === undefined || vault === undefined)
    throw new StartError(
      'EAVES_BACKUP_DIR and EAVES_VAULT_BACKUP_DIR belong together: the data and what opens it, in two folders. Set both or neither.',
    )
  return { data: resolve(cwd, data), vault: resolve(cwd, vault) }
}

function smtp(url: string | undefined, from: string | undefined): Config['smtp'] {
  if (url === undefined) return undefined
  if (from === undefined)
    throw new StartError('EAVES_SMTP_URL needs EAVES_SMTP_FROM, the address that e-mail comes from.')
  return { url, from }
}
