import { createServer, type Server, type Socket } from 'node:net'
import {
  DriverError,
  type BrokerContext,
  type BrokerCredential,
  type EmbeddedBroker,
} from '@eaves/driver-kit'
import type { LinkStatus, MqttLink } from '../link.ts'
import type { Incoming } from '../topics.ts'
import { Credentials } from './access.ts'
import { answerDoor, refusals, refuse } from './door.ts'
import { GuardedConnection } from './guarded-connection.ts'
import { HomeBroker, mostClients } from './home-broker.ts'

const mostSockets = 1000

/** Where the embedded broker and the links of the homes that use it meet, in one process. */
export interface BrokerHub {
  readonly broker: (context: BrokerContext) => EmbeddedBroker
  readonly openLink: (home: string) => MqttLink
}

export function createBrokerHub(): BrokerHub {
  const credentials = new Credentials()
  const homes = new Map<string, HomeBroker>()
  const linked = new Map<string, number>()
  const watchers = new Set<(isListening: boolean) => void>()
  let context: BrokerContext | undefined
  let server: Server | undefined
  let isListening = false

  const homeBroker = async (home: string): Promise<HomeBroker> => {
    const broker =
      homes.get(home) ??
      new HomeBroker({ home, credentials, client: (id, connected) => context?.client(id, connected) })
    homes.set(home, broker)
    await broker.start()
    return broker
  }
  const tell = (listening: boolean): void => {
    isListening = listening
    for (const watcher of watchers) watcher(listening)
  }
  const admit = async (socket: Socket, credential: BrokerCredential, first: Buffer): Promise<void> => {
    try {
      const home = await homeBroker(credential.home)
      if (socket.destroyed || !credentials.holds(credential)) return void socket.destroy()
      if (home.clients >= mostClients) return refuse(socket, refusals.busy)
      const exceeded = (): void => context?.log('warn', 'broker packet refused', {})
      home.admit(credential, new GuardedConnection(socket, first, () => context?.now() ?? 0, exceeded))
    } catch {
      socket.destroy()
    }
  }
  const close = async (): Promise<void> => {
    const open = server
    server = undefined
    tell(false)
    if (open === undefined) return
    for (const socket of socketsOf(open)) socket.destroy()
    await new Promise<void>((resolve) => open.close(() => resolve()))
  }
  const drop = async (): Promise<void> => {
    const all = [...homes.values()]
    homes.clear()
    for (const home of all) await home.stop()
  }
  return {
    broker: (given) => {
      context = given
      return {
        listen: async (at) => {
          await close()
          if (at === null) return given.state('off')
          const opened = await openServer(at, (socket) =>
            answerDoor(socket, credentials, (credential, first) => void admit(socket, credential, first)),
          )
          if (typeof opened === 'string') return given.state('failed', { detail: opened })
          server = opened
          const address = opened.address()
          given.state('listening', {
            port: typeof address === 'object' && address !== null ? address.port : at.port,
          })
          tell(true)
        },
        credentials: (list) => {
          for (const gone of credentials.replace(list)) homes.get(gone.home)?.revoke(gone.id)
          const wanted = new Set(list.map((one) => one.home))
          for (const [home, broker] of homes) {
            if (wanted.has(home) || linked.has(home)) continue
            homes.delete(home)
            void broker.stop()
          }
        },
        stop: async () => {
          await close()
          await drop()
        },
      }
    },
    openLink: (home) => openHomeLink(home, { homeBroker, watchers, linked, isListening: () => isListening }),
  }
}

const open = new WeakMap<Server, Set<Socket>>()
const socketsOf = (server: Server): Iterable<Socket> => open.get(server) ?? []

/** Opens the listener; the name of what went wrong when it cannot. */
function openServer(
  at: { readonly host: string; readonly port: number },
  answer: (socket: Socket) => void,
): Promise<Server | string> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    if (sockets.size >= mostSockets) return void socket.destroy()
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    answer(socket)
  })
  open.set(server, sockets)
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.name))
    server.listen(at.port, at.host, () => {
      server.removeAllListeners('error')
      server.on('error', () => undefined)
      resolve(server)
    })
  })
}

interface HomeLinkDeps {
  readonly homeBroker: (home: string) => Promise<HomeBroker>
  readonly watchers: Set<(isListening: boolean) => void>
  readonly linked: Map<string, number>
  readonly isListening: () => boolean
}

/** A home's driver on the embedded broker, without a socket. */
function openHomeLink(home: string, { homeBroker, watchers, linked, isListening }: HomeLinkDeps): MqttLink {
  let receive: (message: Incoming) => void = () => undefined
  let status: (status: LinkStatus) => void = () => undefined
  let isOpen = false
  const ends = new Map<string, () => void>()
  const endAll = (): void => {
    for (const end of ends.values()) end()
    ends.clear()
  }
  const watch = (listening: boolean): void => {
    endAll()
    if (!listening) return status({ state: 'offline', fault: { code: 'connection.unreachable' } })
    void homeBroker(home).then(
      () => {
        if (isOpen && isListening()) status({ state: 'online' })
      },
      () => status({ state: 'offline', fault: { code: 'connection.unreachable' } }),
    )
  }
  return {
    open: () => {
      isOpen = true
      linked.set(home, (linked.get(home) ?? 0) + 1)
      watchers.add(watch)
      status({ state: 'connecting' })
      if (isListening()) watch(true)
    },
    publish: async (message) => {
      if (!isOpen || !isListening())
        throw new DriverError('unreachable', 'The embedded broker is switched off.')
      await (await homeBroker(home)).publish(message)
    },
    subscribe: async (filters) => {
      const broker = await homeBroker(home)
      for (const filter of filters) {
        if (ends.has(filter)) continue
        const end = await broker.subscribe(filter, (message) => receive(message))
        if (isOpen) ends.set(filter, end)
        else end()
      }
      return []
    },
    unsubscribe: (filters) => {
      for (const filter of filters) {
        ends.get(filter)?.()
        ends.delete(filter)
      }
    },
    onMessage: (handler) => void (receive = handler),
    onStatus: (handler) => void (status = handler),
    close: async () => {
      if (!isOpen) return
      isOpen = false
      watchers.delete(watch)
      endAll()
      const rest = (linked.get(home) ?? 1) - 1
      if (rest > 0) linked.set(home, rest)
      else linked.delete(home)
    },
  }
}
