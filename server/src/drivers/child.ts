import { Socket } from 'node:net'
import { createPort, type FromDriver, type Port } from '@eaves/driver-kit'
import { holdingTimers } from '../timers.ts'
import { findDrivers } from './find.ts'
import { createLineReader, maxLineBytes, ping, pong } from './lines.ts'
import { createRest, sleepFor } from './rest.ts'

const coreFd = 3
/** A line longer than this is cut between messages; far below what the core takes. */
const splitLength = 8 * 1024 * 1024
/** A core that has not read this much will not read it any more: end, and let it start anew. */
const maxUnreadBytes = 256 * 1024 * 1024
const maxFaults = 100
const faultWindowMs = 10_000

/** Runs the drivers of `root` behind file descriptor 3 until the core says stop or is gone; `isAhead`: there is time to prepare them. */
export async function runDrivers(root: string, isAhead: boolean): Promise<void> {
  const core = new Socket({ fd: coreFd, readable: true, writable: true })
  // The core has died: nobody could use or end this process any more.
  for (const event of ['end', 'close', 'error'] as const) core.once(event, () => process.exit(0))
  // A terminal or service manager signals the whole group; the core decides when this process ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

  const { drivers, faults } = await findDrivers(root)
  const rest = createRest(() => performance.now(), sleepFor)
  const port = createPort({
    drivers,
    send: (batch) => {
      write(core, batch)
      for (const message of batch) rest.note(message.t === 'r' ? message.v.length / 2 : 1)
      // What was sent is worked on there meanwhile.
      rest.end()
    },
    now: () => Date.now(),
    setTimer: holdingTimers.after,
    // While much comes: after the sockets that were ready together have been read, so that they share one write.
    defer: (run) => void (rest.isBusy() ? setImmediate(run) : queueMicrotask(run)),
    onStopped: () => void setImmediate(() => core.end(() => process.exit(0))),
  })
  catchFaults(port)
  for (const fault of faults) port.fault(fault)
  port.start()
  const reader = createLineReader(
    maxLineBytes,
    (line) => receive(port, core, line),
    () => process.exit(1),
  )
  core.on('data', (chunk: Buffer) => reader.feed(chunk))
  if (isAhead) for (const driver of drivers) await driver.prepare?.()
}

function receive(port: Port, core: Socket, line: string): void {
  if (line === ping) return void core.write(pong + '\n')
  try {
    port.receive(JSON.parse(line))
  } catch (error) {
    port.fault(error)
  }
}

function write(core: Socket, batch: readonly FromDriver[]): void {
  const line = JSON.stringify(batch)
  if (line.length > splitLength && batch.length > 1) {
    const half = batch.length >> 1
    write(core, batch.slice(0, half))
    return write(core, batch.slice(half))
  }
  core.write(line + '\n')
  if (core.writableLength > maxUnreadBytes) process.exit(1)
}

/** A driver's throw from a callback of its own ends nothing, unless they come without end. */
function catchFaults(port: Port): void {
  let count = 0
  let since = 0
  const note = (error: unknown): void => {
    const now = Date.now()
    if (now - since > faultWindowMs) {
      since = now
      count = 0
    }
    if (++count > maxFaults) process.exit(1)
    // The same driver in the same state throws the same again: one line a window is enough.
    if (count === 1) port.fault(error)
  }
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
}
