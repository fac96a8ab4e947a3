import { subscribe, unsubscribe } from 'node:diagnostics_channel'

/** Node's own notices of a socket, and the modules one of which a manifest must name for it. */
const kinds: Readonly<Record<string, readonly string[] | 'any'>> = {
  'net.client.socket': 'any',
  'udp.socket': ['node:dgram'],
  'http.client.request.start': ['node:http', 'node:https'],
  'http.server.request.start': ['node:http', 'node:https'],
}

/** Watches which sockets a driver opens while a test runs; those of the test's own peer are left out. */
export function watchSockets(): {
  readonly undeclared: (declared: readonly string[]) => string[]
  readonly end: () => void
} {
  const opened = new Map<string, string>()
  const listeners = Object.keys(kinds).map((channel) => {
    const hear = (): void => {
      const frame = callerOf(new Error('opened').stack ?? '')
      if (frame !== undefined && !isPeer(frame)) opened.set(channel, frame)
    }
    subscribe(channel, hear)
    return (): boolean => unsubscribe(channel, hear)
  })
  return {
    undeclared: (declared) =>
      [...opened]
        .filter(([channel]) => {
          const modules = kinds[channel]!
          return modules === 'any'
            ? declared.length === 0
            : !modules.some((module) => declared.includes(module))
        })
        .map(([channel, frame]) => `${channel} at ${frame}`),
    end: () => listeners.forEach((off) => off()),
  }
}

/** The nearest frame that is neither Node's nor a library's: whoever had the socket opened. */
function callerOf(stack: string): string | undefined {
  return stack
    .split('\n')
    .slice(1)
    .map((line) => /\(?((?:file:\/\/)?\/[^\s()]+)\)?$/.exec(line)?.[1])
    .find(
      (frame) =>
        frame !== undefined && !frame.includes('/node_modules/') && !frame.includes('testing/sockets.ts'),
    )
}
const isPeer = (frame: string): boolean => /\/testing\/|\.test\.ts/.test(frame)
