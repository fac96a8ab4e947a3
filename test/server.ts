import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const root = new URL('..', import.meta.url).pathname
const main = join(root, 'server/src/main.mjs')

export interface Running {
  readonly base: string
  readonly port: number
  /** The part of the claim link after #; undefined once claimed. */
  readonly claimCode: () => string | undefined
  readonly output: () => string
  readonly process: ChildProcess
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>
}
export interface Household {
  readonly dir: string
  readonly env: Readonly<Record<string, string>>
  readonly start: (extra?: Readonly<Record<string, string>>, args?: readonly string[]) => Promise<Running>
  /** Runs a verb to its end. */
  readonly run: (
    args: readonly string[],
    extra?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>
  /** Claims it from the command line, with a first home, as the contract says. */
  readonly claim: () => Promise<Claimed>
  readonly dispose: () => Promise<void>
}
export interface Claimed {
  readonly accountId: string
  readonly homeId: string
  readonly token: string
}

/** A data folder of its own with the real program on it, each port chosen by the system. `through`: a command that starts the server, such as one that enters a network namespace. `program`: what is started in place of the real one. */
export function household(
  env: Readonly<Record<string, string>> = {},
  through: readonly string[] = [],
  program: string = main,
): Household {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-house-'))
  const base = {
    PATH: process.env.PATH ?? '',
    HOME: dir,
    EAVES_DATA: join(dir, 'data'),
    EAVES_PORT: '0',
    EAVES_MQTT_PORT: '0',
    EAVES_LOG: 'warn',
    ...env,
  }
  const running = new Set<Running>()
  const run: Household['run'] = (args, extra = {}) =>
    finished(
      spawn(process.execPath, [main, ...args], {
        cwd: dir,
        env: { ...base, ...extra },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    )
  return {
    dir,
    env: base,
    async start(extra = {}, args = []) {
      const server = await launch({ ...base, ...extra }, dir, [
        ...through,
        process.execPath,
        program,
        'serve',
        ...args,
      ])
      running.add(server)
      server.process.once('exit', () => running.delete(server))
      return server
    },
    run,
    async claim() {
      const made = await run([
        'setup',
        '--owner',
        'ada@example.org',
        '--home',
        'Elm Street',
        '--agree',
        '--json',
      ])
      if (made.code !== 0) throw new Error(`setup ended with ${made.code}: ${made.stderr}`)
      return JSON.parse(made.stdout) as Claimed
    },
    async dispose() {
      for (const server of [...running]) await server.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

async function launch(
  env: Record<string, string>,
  cwd: string,
  [program, ...args]: readonly string[],
): Promise<Running> {
  const child = spawn(program!, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<string>((resolve, reject) => {
    const look = (data: Buffer) => {
      text += data
      const found = /Eaves is ready at (https?:\/\/[\w.-]+:\d+)\n/.exec(text)
      if (found) resolve(found[1]!)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code, signal) =>
      reject(Object.assign(new Error(`the server ended with ${signal ?? code}: ${text}`), { signal })),
    )
    setTimeout(() => reject(new Error(`the server was not ready in 20 s: ${text}`)), 20_000).unref()
  })
  const base = await ready
  return {
    base,
    port: Number(new URL(base).port),
    process: child,
    output: () => text,
    claimCode: () => [...text.matchAll(/\/claim#(\S+)/g)].at(-1)?.[1],
    async kill(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

async function finished(child: ChildProcess) {
  let stdout = ''
  let stderr = ''
  child.stdout?.on('data', (data: Buffer) => (stdout += data))
  child.stderr?.on('data', (data: Buffer) => (stderr += data))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, stderr }
}

export interface Api {
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<{
    readonly status: number
    readonly body: any
    readonly headers: Headers
    readonly text: string
  }>
}
/** Calls the API as a program does. */
export function api(base: string, token?: string): Api {
  return {
    async call(method, path, body) {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      let parsed: unknown
      try {
        parsed = text === '' ? undefined : JSON.parse(text)
      } catch {
        parsed = undefined
      }
      return { status: response.status, body: parsed, headers: response.headers, text }
    },
  }
}

/** Waits until the check gives something, asking every few milliseconds. */
export async function until<T>(
  check: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  ms = 5000,
): Promise<T> {
  const end = Date.now() + ms
  for (;;) {
    const value = await check()
    if (value !== undefined && value !== false) return value
    if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}
