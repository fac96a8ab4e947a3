// Catches a client whose broken handshake ends the server, and one that keeps it from stopping.
import assert from 'node:assert/strict'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { test } from 'node:test'
import { listen, type Listener } from './listener.ts'
import type { LiveDeps } from './live.ts'

const nobody: LiveDeps = {
  role: 'household',
  claimed: () => true,
  watch: async () => ({ snapshot: () => '[]', stop: () => undefined }),
  command: async () => undefined,
  redeem: async () => undefined,
  refresh: async () => undefined,
}

async function handshake(listener: Listener, path: string): Promise<Socket> {
  const socket = connect({ port: listener.port, host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${listener.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  )
  return socket
}

async function withListener(run: (listener: Listener) => Promise<void>): Promise<void> {
  const listener = await listen(
    { host: '127.0.0.1', port: 0, fetch: () => new Response('x'), live: nobody },
    () => undefined,
  )
  try {
    await run(listener)
  } finally {
    await listener.stop()
  }
}

test('a client that breaks off its refused handshake ends nothing but itself', () =>
  withListener(async (listener) => {
    const faults: unknown[] = []
    const note = (error: unknown) => void faults.push(error)
    process.on('uncaughtException', note)
    try {
      for (let n = 0; n < 10; n++) (await handshake(listener, '/elsewhere')).resetAndDestroy()
      // Answers only after all of them have been handled.
      for (let n = 0; n < 3; n++) await (await fetch(`http://127.0.0.1:${listener.port}/`)).text()
    } finally {
      process.off('uncaughtException', note)
    }
    assert.deepEqual(faults, [])
  }))

test('a refused handshake is ended by the server, whether or not the client ends its side', () =>
  withListener(async (listener) => {
    const socket = await handshake(listener, '/elsewhere')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    assert.match(answer.toString(), /^HTTP\/1\.1 403 /)
    const late = setTimeout(() => socket.destroy(new Error('late')), 3000)
    await listener.stop()
    clearTimeout(late)
    assert.equal(socket.errored, null, 'the server stops by itself')
    socket.destroy()
  }))

test('what no handler answers has the headers of every answer', () =>
  withListener(async (listener) => {
    const host = `Host: 127.0.0.1:${listener.port}\r\n`
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n'
    for (const [request, status] of [
      [`GET / HTTP/1.1\r\n${host}Expect: more\r\n\r\n`, 417],
      [`GET /api/live HTTP/1.1\r\n${host}${upgrade}\r\n`, 400],
      [`GET /elsewhere HTTP/1.1\r\n${host}${upgrade}\r\n`, 403],
      [`GET /\r\n\r\n`, 400],
    ] as const) {
      const socket = connect(listener.port, '127.0.0.1')
      socket.end(request)
      const [answer] = (await once(socket, 'data')) as [Buffer]
      assert.match(answer.toString(), new RegExp(`^HTTP/1\\.1 ${status} `))
      assert.match(answer.toString(), /content-security-policy: default-src 'none'/i, request)
      socket.destroy()
    }
  }))

test('pings of a client that reads nothing pile up no answers', () =>
  withListener(async (listener) => {
    const socket = await handshake(listener, '/api/live')
    await once(socket, 'data')
    socket.pause()
    const [connection] = listener.live
    assert.ok(connection)
    const frame = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125)])
    const many = Buffer.concat(Array.from({ length: 4000 }, () => frame))
    for (let n = 0; n < 40; n++) if (!socket.write(many)) await once(socket, 'drain')
    assert.ok(connection.unsentBytes < 200_000, `${connection.unsentBytes} bytes wait`)
    socket.destroy()
  }))
