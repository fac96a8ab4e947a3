import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Log } from '../log.ts'
import { StartError } from '../start-error.ts'

const scope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bridge'), base: z.string() }),
  z.object({ kind: z.literal('device'), topic: z.string() }),
])
const said = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('plan'),
    rooms: z.array(z.string()),
    devices: z.array(z.object({ name: z.string(), room: z.string() })),
    voices: z.array(z.object({ name: z.string(), scope })),
  }),
  z.object({
    t: z.literal('answer'),
    ask: z.number(),
    value: z.unknown().optional(),
    error: z.string().optional(),
  }),
])
/** What the simulated house holds: its rooms, what stands in them, and what connects by itself. */
export type Plan = Extract<z.infer<typeof said>, { t: 'plan' }>
export interface Go {
  readonly broker: { readonly host: string; readonly port: number }
  readonly zone: string
  readonly offsetMs: number
  readonly access: Readonly<Record<string, { readonly username: string; readonly password: string }>>
}
export interface DemoProcessDeps {
  readonly root: string
  readonly log: Log
}

/** A small program on a machine that it shares with the server. */
const flags = ['--max-semi-space-size=1', '--max-old-space-size=128']
const planWithinMs = 15_000
const answerWithinMs = 5_000
const againAfterMs = 2_000
const endWithinMs = 2_000

/** The program that plays the outside world. Its input is its life line: it ends when that closes, however we end. */
export class DemoProcess {
  readonly #deps: DemoProcessDeps
  readonly #asks = new Map<
    number,
    (answer: { readonly value?: unknown; readonly error?: string | undefined }) => void
  >()
  #child: ChildProcess | undefined
  #go: Go | undefined
  #asked = 0
  #isStopping = false
  #again: NodeJS.Timeout | undefined
  #planned: ((plan: Plan) => void) | undefined

  constructor(deps: DemoProcessDeps) {
    this.#deps = deps
  }

  /** Starts the program and waits until it has said what the house holds. */
  start(): Promise<Plan> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new StartError('The simulated house did not start. Start the demonstration again.')),
        planWithinMs,
      )
      this.#planned = (plan) => {
        clearTimeout(late)
        resolve(plan)
      }
      this.#spawn()
    })
  }

  #spawn(): void {
    // An empty environment: a device of the house knows nothing of the server but its own access.
    const child = spawn(process.execPath, [...flags, join(this.#deps.root, 'demo/src/main.mjs')], {
      env: {},
      cwd: this.#deps.root,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child = child
    child.stdin.on('error', () => undefined)
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line))
    child.once('exit', (code, signal) => this.#ended(code, signal))
    child.once('error', () => this.#ended(null, null))
  }

  #ended(exitCode: number | null, signal: string | null): void {
    this.#child = undefined
    for (const settle of this.#asks.values()) settle({ error: 'The simulated house is starting anew.' })
    this.#asks.clear()
    if (this.#isStopping) return
    this.#deps.log.error('demo.ended', {
      ...(exitCode === null ? {} : { exitCode }),
      ...(signal === null ? {} : { signal }),
      delayMs: againAfterMs,
    })
    this.#again = setTimeout(() => {
      this.#spawn()
      if (this.#go !== undefined) this.go(this.#go)
    }, againAfterMs)
  }

  #hear(line: string): void {
    const message = said.safeParse(jsonOf(line)).data
    if (message?.t === 'plan') this.#planned?.(message)
    else if (message !== undefined) this.#asks.get(message.ask)?.(message)
    else this.#deps.log.warn('demo.line-not-understood')
  }

  go(go: Go): void {
    this.#go = go
    this.#tell({ t: 'go', ...go })
  }

  #tell(message: object): void {
    this.#child?.stdin?.write(`${JSON.stringify(message)}\n`)
  }

  /** Asks the house; throws the sentence it answers when it cannot. */
  async ask(
    request:
      | { readonly t: 'faults' }
      | { readonly t: 'fault'; readonly device: string; readonly fault: string },
  ) {
    const ask = ++this.#asked
    const answer = await new Promise<{ readonly value?: unknown; readonly error?: string | undefined }>(
      (resolve) => {
        const late = setTimeout(
          () => resolve({ error: 'The simulated house did not answer.' }),
          answerWithinMs,
        )
        this.#asks.set(ask, (given) => {
          clearTimeout(late)
          resolve(given)
        })
        this.#tell({ ...request, ask })
      },
    )
    this.#asks.delete(ask)
    if (answer.error !== undefined) throw new StartError(answer.error)
    return answer.value
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#again)
    const child = this.#child
    if (child === undefined) return
    await new Promise<void>((resolve) => {
      const late = setTimeout(() => child.kill('SIGKILL'), endWithinMs)
      child.once('exit', () => {
        clearTimeout(late)
        resolve()
      })
      child.stdin?.end()
    })
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
