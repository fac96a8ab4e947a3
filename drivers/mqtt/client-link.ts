import type { DriverContext } from '@eaves/driver-kit'
import { DriverError } from '@eaves/driver-kit'
import type { MqttClient } from 'mqtt'
import type { ConnectionConfig } from './config.ts'
import { readLibrary } from './library.ts'
import type { LinkFault, LinkStatus, MqttLink } from './link.ts'
import { publishPacket } from './packet.ts'
import type { Incoming } from './topics.ts'

const shortestPauseMs = 1000
const longestPauseMs = 30_000
const connectWithinMs = 10_000
/** A connection that stood this long counts as a good one; a broker that lets in and throws out is tried ever more rarely. */
const steadyAfterMs = 30_000
const mostDoublings = 10

/** The household's own broker over TCP, TLS or WebSocket, with MQTT 3.1.1. */
export function openClientLink(
  config: ConnectionConfig,
  context: Pick<DriverContext, 'setTimer' | 'now'>,
  random: () => number = Math.random,
): MqttLink {
  let receive: (message: Incoming) => void = () => undefined
  let status: (status: LinkStatus) => void = () => undefined
  let client: MqttClient | undefined
  let isClosed = false
  let failures = 0
  let retry: { cancel: () => void } | undefined

  const again = (fault: LinkFault): void => {
    if (isClosed) return
    status({ state: 'offline', fault })
    const pause = Math.min(longestPauseMs, shortestPauseMs * 2 ** failures)
    failures = Math.min(failures + 1, mostDoublings)
    // Spread over half the pause, so that all homes do not come back to a broker at one moment.
    retry = context.setTimer(Math.round(pause * (0.5 + random() / 2)), () => void dial())
  }
  const dial = async (): Promise<void> => {
    status({ state: 'connecting' })
    try {
      const dialClient = await readLibrary()
      if (isClosed) return
      const dialled = dialClient(config.url, clientOptions(config))
      client = dialled
      listen(dialled)
    } catch (error) {
      again(faultOf(error))
    }
  }
  const listen = (dialled: MqttClient): void => {
    let fault: LinkFault = { code: 'connection.unreachable' }
    let since: number | undefined
    dialled.on('connect', () => {
      since = context.now()
      setNoDelay(dialled)
      if (!isClosed) status({ state: 'online' })
    })
    dialled.on('error', (error) => {
      fault = faultOf(error)
    })
    dialled.on('message', (topic, payload, packet) => receive({ topic, payload, retained: packet.retain }))
    // A new client for each try: nothing of the old session, no command that waited in it, can reach a device late.
    dialled.on('close', () => {
      if (client !== dialled) return
      client = undefined
      dialled.end(true)
      if (since !== undefined && context.now() - since >= steadyAfterMs) failures = 0
      again(fault)
    })
  }
  return {
    open: () => void dial(),
    publish: ({ topic, payload, qos, retain }) => {
      const live = client
      if (live?.connected !== true)
        return Promise.reject(new DriverError('unreachable', 'The broker cannot be reached.'))
      return new Promise((resolve, reject) => {
        const done = (error?: Error | null) =>
          error
            ? reject(new DriverError('unreachable', 'The broker did not take the message.', error))
            : resolve()
        if (qos === 0) live.stream.write(publishPacket(topic, payload, retain), done)
        else live.publish(topic, payload, { qos, retain }, done)
      })
    },
    subscribe: (filters) => subscribeAll(client, filters),
    unsubscribe: (filters) => {
      if (filters.length > 0 && client?.connected === true) client.unsubscribe([...filters], () => undefined)
    },
    onMessage: (handler) => void (receive = handler),
    onStatus: (handler) => void (status = handler),
    close: async () => {
      isClosed = true
      retry?.cancel()
      const last = client
      client = undefined
      if (last !== undefined)
        await new Promise<void>((resolve) => last.end(last.connected !== true, () => resolve()))
    },
  }
}

function subscribeAll(
  client: MqttClient | undefined,
  filters: readonly string[],
): Promise<readonly string[]> {
  if (client?.connected !== true) return Promise.reject(new DriverError('unreachable'))
  if (filters.length === 0) return Promise.resolve([])
  return new Promise((resolve, reject) => {
    client.subscribe([...filters], { qos: 1 }, (error, granted) => {
      // A refused filter comes back as an error that still lists what was granted.
      const refused = (granted ?? []).filter((grant) => grant.qos > 2).map((grant) => grant.topic)
      if (error && refused.length === 0 && client.connected !== true)
        reject(new DriverError('unreachable', undefined, error))
      else resolve(error && refused.length === 0 ? filters : refused)
    })
  })
}

function clientOptions(config: ConnectionConfig) {
  return {
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    connectTimeout: connectWithinMs,
    keepalive: 30,
    reschedulePings: false,
    queueQoSZero: false,
    // The library tells each step of each packet to its debug log, which costs more than reading the packet.
    log: () => undefined,
    rejectUnauthorized: true,
    clientId: `eaves_${crypto.randomUUID().replaceAll('-', '').slice(0, 16)}`,
    ...(config.username === undefined ? {} : { username: config.username }),
    ...(config.password === undefined ? {} : { password: config.password }),
    ...(config.ca === undefined ? {} : { ca: config.ca }),
    ...(config.cert === undefined ? {} : { cert: config.cert }),
    ...(config.key === undefined ? {} : { key: config.key }),
  } as const
}

function setNoDelay(client: MqttClient): void {
  const stream: unknown = client.stream
  if (
    typeof stream === 'object' &&
    stream !== null &&
    'setNoDelay' in stream &&
    typeof stream.setNoDelay === 'function'
  )
    stream.setNoDelay(true)
}

const refusals = new Set([4, 5, 134, 135])
function faultOf(error: unknown): LinkFault {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (typeof code === 'number' && refusals.has(code)) return { code: 'connection.unauthorized' }
  if (
    typeof code === 'string' &&
    /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_OSSL|HOSTNAME_MISMATCH|EPROTO)/.test(code)
  )
    return { code: 'connection.tls' }
  return { code: 'connection.unreachable' }
}
