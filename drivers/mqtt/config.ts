import { DriverError } from '@eaves/driver-kit'
import { isPlainTopic } from './topics.ts'

/** The configuration of one connection, checked. */
export interface ConnectionConfig {
  readonly embedded: boolean
  readonly url: string
  readonly username?: string
  readonly password?: string
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  /** Zigbee2MQTT's base topics: one for each bridge. */
  readonly bases: readonly string[]
  /** Home Assistant's discovery prefix. */
  readonly prefix: string
}

const mostBases = 16
/** It is part of the ids of groups. */
const longestBase = 128
const schemes = new Set(['mqtt:', 'mqtts:', 'ws:', 'wss:'])

/** Reads a connection's config; throws when it names no broker that could be reached. */
export function readConfig(raw: Readonly<Record<string, unknown>>): ConnectionConfig {
  const text = (key: string): string | undefined => {
    const value = raw[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const topics = {
    bases: basesOf(text('base') ?? 'zigbee2mqtt'),
    prefix: topicOf(text('prefix') ?? 'homeassistant'),
  }
  if (raw.embedded === true) return { embedded: true, url: '', ...topics }
  const url = URL.parse(text('url') ?? '')
  if (url === null || !schemes.has(url.protocol) || url.hostname === '')
    throw new DriverError(
      'rejected',
      'The address is not one of a broker: mqtt://, mqtts://, ws:// or wss:// and a host.',
    )
  const username = text('username') ?? (url.username === '' ? undefined : decoded(url.username))
  const password = text('password') ?? (url.password === '' ? undefined : decoded(url.password))
  url.username = ''
  url.password = ''
  const extras = Object.fromEntries(
    (['ca', 'cert', 'key'] as const).flatMap((key) => (text(key) === undefined ? [] : [[key, text(key)]])),
  )
  return {
    embedded: false,
    url: url.href,
    ...topics,
    ...extras,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
function basesOf(text: string): readonly string[] {
  const bases = new Set(
    text
      .split(',')
      .map((base) => base.trim())
      .filter((base) => base !== '')
      .map(topicOf),
  )
  if (bases.size > mostBases)
    throw new DriverError('rejected', `At most ${mostBases} bridges can be on one connection.`)
  return bases.size === 0 ? ['zigbee2mqtt'] : [...bases]
}
function topicOf(text: string): string {
  const topic = text.replace(/^\/+|\/+$/g, '')
  if (!isPlainTopic(topic) || topic.length > longestBase || topic.startsWith('$') || /\p{Cc}/u.test(topic))
    throw new DriverError('rejected', 'A base topic holds no wildcard and does not begin with a dollar sign.')
  return topic
}
