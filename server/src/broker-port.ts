import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { BrokerListen } from '@eaves/driver-kit'
import { isLoopback, type Config } from './config.ts'
import { StartError } from './start-error.ts'
import { instanceValue, keepInstanceValue } from './store/instance.ts'
import type { Stores } from './store/stores.ts'

const first = 1883
const last = 1982
const longestPem = 65_536

/** Where the embedded broker listens: the configured port, else 1883 or the next free one, chosen once and then kept, for devices know it. Null when it is off. */
export async function brokerListen(
  { facts }: Pick<Stores, 'facts'>,
  config: Config,
): Promise<BrokerListen | null> {
  const { host, port } = config.mqtt
  if (port === 0) return null
  const tls = certificate(config)
  return {
    host,
    port: port ?? (await keptPort(facts, host)),
    ...(tls === undefined ? {} : { tls }),
  }
}

async function keptPort(facts: Stores['facts'], host: string): Promise<number> {
  const kept = Number((await instanceValue(facts, 'mqtt-port')) ?? 0)
  if (kept > 0) return kept
  for (let port = first; port <= last; port++) {
    if (!(await isFree(host, port))) continue
    await keepInstanceValue(facts, 'mqtt-port', String(port))
    return port
  }
  throw new StartError(
    `No port from ${first} to ${last} is free for the embedded MQTT broker. Name one with EAVES_MQTT_PORT, or 0 for none.`,
  )
}

/** Beyond this machine the broker speaks TLS unless plain MQTT was confirmed. // pp.5.1 */
function certificate({ mqtt, tls }: Config): BrokerListen['tls'] {
  if (mqtt.isPlain || isLoopback(mqtt.host) || tls === undefined) return undefined
  return { cert: pem('EAVES_TLS_CERT', tls.cert), key: pem('EAVES_TLS_KEY', tls.key) }
}
function pem(name: string, path: string): string {
  const text = readFileSync(path, 'utf8')
  if (text.length > longestPem || !text.includes('-----BEGIN '))
    throw new StartError(`${name} names ${path}, which is no PEM file of at most 64 kB.`)
  return text
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/** The address that a device in the house would dial: of all addresses of this machine, the first that others reach. */
export function reachableHost(
  host: string,
  interfaces: typeof networkInterfaces = networkInterfaces,
): string {
  if (host !== '0.0.0.0' && host !== '::') return host
  const all = Object.values(interfaces()).flatMap((each) => each ?? [])
  return all.find((each) => !each.internal && each.family === 'IPv4')?.address ?? host
}

/** The port itself when it is free, else the next one above that is. */
export async function nextFreePort(host: string, from: number): Promise<number> {
  for (let port = from; port < Math.min(from + 100, 65_536); port++) if (await isFree(host, port)) return port
  throw new StartError(`No port from ${from} on is free. Stop another program, or name one with EAVES_PORT.`)
}
