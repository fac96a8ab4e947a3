import { createServer, type RequestListener } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { Socket } from 'node:net'

const firstByteWithinMs = 15_000
/** Long enough for a small page over a slow network; nobody is served longer without TLS. */
const plainForMs = 20_000
const handshake = 0x16

/** Gives each connection of a TLS server to it, or to `plain` when it begins with anything but a handshake. Returns what closes those that are not TLS. */
export function splitByFirstByte(server: TlsServer, plain: RequestListener): () => void {
  const loose = new Set<Socket>()
  const plainServer = createServer({ maxHeaderSize: 8192, requireHostHeader: false, keepAlive: false }, plain)
  const takers = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    if (socket.destroyed) return
    loose.add(socket)
    socket.once('close', () => loose.delete(socket))
    const end = () => socket.destroy()
    socket.on('error', end)
    const late = setTimeout(end, firstByteWithinMs)
    socket.once('close', () => clearTimeout(late))
    socket.once('data', (chunk: Buffer) => {
      clearTimeout(late)
      socket.pause()
      socket.unshift(chunk)
      if (chunk[0] === handshake) {
        loose.delete(socket)
        socket.off('error', end)
        for (const take of takers) take.call(server, socket)
        return
      }
      const old = setTimeout(end, plainForMs)
      socket.once('close', () => clearTimeout(old))
      plainServer.emit('connection', socket)
      socket.resume()
    })
  })
  return () => {
    for (const socket of loose) socket.destroy()
  }
}
