import { DriverError, type DeviceCommand, type DriverConnection, type DriverContext } from '@eaves/driver-kit'
import type { ConnectionConfig } from './config.ts'
import type { Dialect, DialectDeps } from './dialect.ts'
import { openDiscovery } from './discovery/discovery.ts'
import type { Outgoing } from './draft.ts'
import type { LinkStatus, MqttLink } from './link.ts'
import { Roster } from './roster.ts'
import { planFilters } from './subscriptions.ts'
import { TopicTable, type Incoming } from './topics.ts'
import { openZigbee2mqtt, sourceOf } from './zigbee2mqtt/bridge.ts'

const planAfterMs = 10
/** Devices count as all there when nothing new was announced for this long. */
const settledMs = 700
const longestFindMs = 20_000

/** One connection of a home: a link, the two dialects that announce devices over it, and their roster. */
export function openConnection(
  config: ConnectionConfig,
  context: DriverContext,
  link: MqttLink,
): DriverConnection {
  const roster = new Roster(context, config.bases.map(sourceOf))
  const topics: TopicTable = new TopicTable((message) => discovery.take(message), context.kept)
  let isLinked = false
  let isClosed = false
  let isFaultLogged = false
  let isDown = false
  let filters: ReadonlySet<string> = new Set()
  let plan: { cancel: () => void } | undefined
  let subscribing: Promise<void> = Promise.resolve()
  /** Subscriptions that the broker has not answered. */
  let unanswered = 0
  const finder = createFinder(context, roster)

  const deps: DialectDeps = {
    context,
    topics,
    roster,
    isLinked: () => isLinked,
    found: finder.found,
    send: (message) => void link.publish(message).catch(() => undefined),
    publish: (message) => link.publish(message),
    changed: () => {
      if (isLinked && !isClosed)
        plan ??= context.setTimer(planAfterMs, () => {
          plan = undefined
          subscribeMore()
        })
    },
    listening: () => {
      plan?.cancel()
      plan = undefined
      if (isLinked && !isClosed) subscribeMore()
      return subscribing
    },
  }
  const discovery = openDiscovery(config.prefix, deps)
  const bridges = config.bases.map((base) =>
    openZigbee2mqtt(base, config.bases.length === 1 ? 'Zigbee2MQTT' : `Zigbee2MQTT (${base})`, deps),
  )
  const dialects: readonly Dialect[] = [...bridges, discovery]

  const receive = (message: Incoming): void => {
    try {
      // What the broker kept is no word from the device.
      if (message.retained) context.kept(() => topics.dispatch(message))
      else topics.dispatch(message)
    } catch (error) {
      // One message must not end the connection; the first is told, without what it said.
      if (!isFaultLogged)
        context.log('error', 'message fault', { reason: error instanceof Error ? error.name : 'unknown' })
      isFaultLogged = true
    }
  }
  const subscribe = async (): Promise<void> => {
    unanswered++
    const wanted = planFilters(
      dialects.flatMap((dialect) => dialect.wildcards()),
      topics.topics(),
    )
    const added = [...wanted].filter((filter) => !filters.has(filter))
    const dropped = [...filters].filter((filter) => !wanted.has(filter))
    filters = wanted
    try {
      const refused = await link.subscribe(added)
      if (refused.length > 0) context.log('warn', 'subscription refused', { count: refused.length })
      link.unsubscribe(dropped)
    } catch {
      // The link went meanwhile; when it is back all is subscribed anew.
      filters = new Set()
    } finally {
      unanswered--
    }
  }
  // What was asked for before still has to be granted before all of it stands.
  const subscribeMore = (): void => {
    subscribing = Promise.all([subscribing, subscribe()]).then(() => undefined)
  }
  const onStatus = (status: LinkStatus): void => {
    if (isClosed) return
    // A link that was lost stays "offline" through all tries to get it back.
    if (status.state === 'connecting') return isDown ? undefined : connecting(context)
    if (status.state === 'offline') {
      isLinked = false
      isDown = true
      finder.stop()
      roster.reachability(false)
      for (const dialect of dialects) dialect.unlinked?.()
      return offline(context, status.fault.code)
    }
    void online()
  }
  const online = async (): Promise<void> => {
    isLinked = true
    isDown = false
    filters = new Set()
    context.step('reach', 'done')
    context.step('sign-in', 'done')
    context.step('listen', 'running')
    context.state('online')
    roster.reachability(true)
    subscribing = subscribe()
    await subscribing
    if (!isLinked || isClosed) return
    context.step('listen', 'done')
    finder.start()
    for (const dialect of dialects) dialect.linked()
  }

  link.onMessage(receive)
  link.onStatus(onStatus)
  link.open()
  return {
    command: (nativeId, command) => {
      // Its report is the proof of a command: the device's topics are listened to before anything is sent.
      if (plan !== undefined) void deps.listening()
      const go = (): Promise<void> => send(link, roster, isLinked, nativeId, command)
      return unanswered === 0 ? go() : subscribing.then(go)
    },
    act: async (request) => {
      for (const dialect of dialects) {
        const acting = dialect.act?.(request)
        if (acting !== undefined) return acting
      }
      throw new DriverError('unsupported')
    },
    close: async () => {
      isClosed = true
      isLinked = false
      plan?.cancel()
      finder.stop()
      for (const dialect of dialects) dialect.close()
      roster.clear()
      topics.clear()
      await link.close()
    },
  }
}

async function send(
  link: MqttLink,
  roster: Roster,
  isLinked: boolean,
  nativeId: string,
  command: DeviceCommand,
): Promise<void> {
  if (!isLinked) throw new DriverError('unreachable', 'The broker cannot be reached.')
  const messages: readonly Outgoing[] = roster.write(nativeId, command)
  const [only] = messages
  if (only !== undefined && messages.length === 1) return link.publish(only)
  for (const message of messages) await link.publish(message)
}

function connecting(context: DriverContext): void {
  context.state('connecting')
  context.step('reach', 'running')
}
function offline(
  context: DriverContext,
  code: 'connection.unreachable' | 'connection.unauthorized' | 'connection.tls',
): void {
  if (code === 'connection.unauthorized') {
    context.step('reach', 'done')
    context.step('sign-in', 'failed', { code })
  } else context.step('reach', 'failed', { code })
  context.state(code === 'connection.unreachable' ? 'offline' : 'failed', { code })
}

/** The step of finding devices: it ends when announcements have ceased, with a note when there were none. */
function createFinder(context: DriverContext, roster: Roster) {
  let timer: { cancel: () => void } | undefined
  let startedAt = 0
  let lastAt = 0
  const check = (): void => {
    const now = context.now()
    const waited = now - Math.max(lastAt, startedAt)
    if (waited < settledMs && now - startedAt < longestFindMs) {
      timer = context.setTimer(settledMs - waited, check)
      return
    }
    timer = undefined
    if (roster.size === 0) context.step('find', 'done', { code: 'connection.empty' })
    else context.step('find', 'done')
  }
  return {
    start: () => {
      startedAt = context.now()
      context.step('find', 'running')
      timer?.cancel()
      timer = context.setTimer(settledMs, check)
    },
    found: () => {
      lastAt = context.now()
    },
    stop: () => {
      timer?.cancel()
      timer = undefined
    },
  }
}
