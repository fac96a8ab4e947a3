// What every part of the bootstrap stands on: where the repository is, how to speak, how to run a child.
import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** An end we foresaw: its message is all a person needs, so no stack is printed. */
export class Refusal extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** Runs a program without a shell, both its outputs on our stderr, and resolves with its exit code. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, ...options, stdio: ['ignore', 2, 2] })
    const forward = (signal) => child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    let stoppedBy
    const handlers = signals.map((signal) => [
      signal,
      () => {
        stoppedBy = signal
        forward(signal)
      },
    ])
    for (const [signal, handler] of handlers) process.on(signal, handler)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler)
      if (stoppedBy !== undefined) reject(new Refusal(`Stopped by ${stoppedBy}.`))
      else resolve(code ?? `signal ${signal}`)
    })
  })
}

/** Seconds with one decimal since a performance.now() reading. */
export function secondsSince(startMs) {
  return ((performance.now() - startMs) / 1000).toFixed(1)
}
