import { createServer } from 'node:net'
import type { Config } from './config.ts'
import { StartError } from './start-error.ts'
import { instanceValue, keepInstanceValue } from './store/instance.ts'
import type { Stores } from './store/stores.ts'

const first = 1883
const last = 1982

/** Where the embedded broker listens: the configured port, else 1883 or the next free one, chosen once and then kept, for devices know it. Null when it is off. */
export async function brokerListen(
  { facts }: Pick<Stores, 'facts'>,
  { mqtt }: Config,
): Promise<{ readonly host: string; readonly port: number } | null> {
  if (mqtt.port !== undefined) return mqtt.port === 0 ? null : { host: mqtt.host, port: mqtt.port }
  const kept = Number((await instanceValue(facts, 'mqtt-port')) ?? 0)
  if (kept > 0) return { host: mqtt.host, port: kept }
  for (let port = first; port <= last; port++) {
    if (!(await isFree(mqtt.host, port))) continue
    await keepInstanceValue(facts, 'mqtt-port', String(port))
    return { host: mqtt.host, port }
  }
  throw new StartError(
    `No port from ${first} to ${last} is free for the embedded MQTT broker. Name one with EAVES_MQTT_PORT, or 0 for none.`,
  )
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}
