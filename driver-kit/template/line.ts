import { connect, type Socket } from 'node:net'
import { DriverError, type DriverContext } from '@eaves/driver-kit'

const retryMs = [500, 1000, 2000, 5000, 15_000]
const longestLine = 16_384
const defaultPort = 5577

export interface LineEvents {
  readonly up: () => void
  readonly down: () => void
  readonly heard: (text: string) => void
}
export interface Line {
  /** Sends one message; throws when the line is down. */
  readonly send: (message: object) => void
  readonly close: () => Promise<void>
}

/** A TCP connection that carries a message a line and comes back by itself. */
export function openLine(context: DriverContext, events: LineEvents): Line {
  let socket: Socket | undefined
  let retry: { cancel: () => void } | undefined
  let isUp = false
  let isClosed = false
  let failures = 0

  const dial = (): void => {
    retry = undefined
    const { host, port } = addressOf(context.config)
    let held = ''
    const dialled = connect({ host, port, noDelay: true })
    socket = dialled
    dialled.setEncoding('utf8')
    dialled.on('connect', () => {
      isUp = true
      failures = 0
      events.up()
    })
    dialled.on('data', (text: string) => {
      const lines = (held + text).split('\n')
      held = lines.pop() ?? ''
      // A peer that never ends its line must not fill the memory.
      if (held.length > longestLine) return dialled.destroy()
      for (const line of lines) if (line.length <= longestLine) events.heard(line)
    })
    dialled.on('error', () => undefined)
    dialled.on('close', () => {
      if (isClosed) return
      const wasUp = isUp
      isUp = false
      if (wasUp || failures === 0) events.down()
      retry = context.setTimer(retryMs[Math.min(failures, retryMs.length - 1)]!, dial)
      failures++
    })
  }

  context.state('connecting')
  context.step('reach', 'running')
  dial()
  return {
    send: (message) => {
      if (!isUp) throw new DriverError('unreachable')
      socket?.write(`${JSON.stringify(message)}\n`)
    },
    close: async () => {
      isClosed = true
      retry?.cancel()
      socket?.destroy()
    },
  }
}

function addressOf(config: DriverContext['config']): { readonly host: string; readonly port: number } {
  const port = Number(config.port ?? defaultPort)
  if (
    typeof config.host !== 'string' ||
    config.host === '' ||
    !Number.isInteger(port) ||
    port < 1 ||
    port > 65_535
  )
    throw new DriverError('rejected', 'A lamp has a host and a port from 1 to 65535.')
  return { host: config.host, port }
}
