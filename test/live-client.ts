import { connect } from 'node:net'
import { WebSocket } from 'ws'

export interface LiveClient {
  readonly send: (message: unknown) => void
  /** The first message, from the beginning or yet to come, that fits. */
  readonly next: (fits: (message: any) => boolean, ms?: number) => Promise<any>
  readonly all: () => readonly any[]
  readonly closed: Promise<number>
  readonly close: () => void
}

/** A program on the live socket: sends its first messages at once, as the contract allows. */
export async function openLive(
  port: number,
  first: readonly unknown[],
  headers: Readonly<Record<string, string>> = {},
): Promise<LiveClient> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers })
  const messages: any[] = []
  const waiting = new Set<() => void>()
  socket.on('message', (data) => {
    messages.push(JSON.parse((data as Buffer).toString()))
    for (const look of waiting) look()
  })
  const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => socket.once('open', resolve).once('error', reject))
  for (const message of first) socket.send(JSON.stringify(message))
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    next: (fits, ms = 5000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look)
          reject(new Error(`no such message in ${ms} ms; got ${JSON.stringify(messages).slice(0, 2000)}`))
        }, ms)
        const look = () => {
          const found = messages.find(fits)
          if (found === undefined) return
          clearTimeout(timer)
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      }),
    all: () => messages,
    closed,
    close: () => socket.close(),
  }
}

/** Everything that came since, up to the answer to a message that is always refused. */
export const answers = async (live: LiveClient, message: unknown) => {
  const from = live.all().length
  const ref = `fence-${from}-${Math.random()}`.slice(0, 60)
  live.send(message)
  live.send({ type: 'fence', ref })
  await live.next((each) => each.ref === ref)
  return live
    .all()
    .slice(from)
    .filter((each) => each.ref !== ref)
}

/** The code with which a socket is closed that sends these at once: in one write, so that they arrive together. */
export function closing(port: number, frames: readonly (string | Buffer)[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const line = connect(port, '127.0.0.1')
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { createConnection: () => line })
    socket.on('open', () => {
      line.cork()
      for (const frame of frames) socket.send(frame)
      line.uncork()
    })
    socket.on('close', resolve)
    socket.on('error', () => undefined)
    setTimeout(() => reject(new Error('the socket stayed open')), 10_000).unref()
  })
}
