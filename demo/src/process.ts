import { createInterface } from 'node:readline'
import { Demonstration, planOf, type Go } from './demonstration.ts'
import { faults, type Fault } from './thing.ts'

/** What the program that started this one may say, a JSON line each. */
export type ToDemo =
  | ({ readonly t: 'go' } & Go)
  | { readonly t: 'fault'; readonly ask: number; readonly device: string; readonly fault: string }
  | { readonly t: 'faults'; readonly ask: number }

const stopWithinMs = 1500

/** Says what the house holds, and lives in it from the word `go` until its input closes. */
export function runDemonstration(): void {
  let demonstration: Demonstration | undefined
  const say = (message: unknown) => process.stdout.write(`${JSON.stringify(message)}\n`)
  const answer = (ask: number, work: () => unknown) => {
    try {
      say({ t: 'answer', ask, value: work() ?? null })
    } catch (error) {
      say({ t: 'answer', ask, error: error instanceof Error ? error.message : String(error) })
    }
  }
  const hear = (message: ToDemo): void => {
    if (message.t === 'go') {
      demonstration = new Demonstration(message)
      demonstration.start()
    } else if (message.t === 'fault')
      answer(message.ask, () => demonstration?.setFault(message.device, faultOf(message.fault)))
    else
      answer(message.ask, () =>
        demonstration?.things().map((thing) => ({ device: thing.body.name(), fault: thing.fault })),
      )
  }
  const end = (): void => {
    // Whoever started this has ended, perhaps without a word: nobody could end it any more.
    setTimeout(() => process.exit(1), stopWithinMs).unref()
    void (demonstration?.stop() ?? Promise.resolve()).finally(() => process.exit(0))
  }
  // A terminal signals the whole group; whoever started this decides when it ends.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.stdout.on('error', () => process.exit(1))
  createInterface({ input: process.stdin })
    .on('line', (line) => hear(JSON.parse(line) as ToDemo))
    .on('close', end)
  say({ t: 'plan', ...planOf() })
}

function faultOf(word: string): Fault {
  if (!(faults as readonly string[]).includes(word))
    throw new Error(`"${word}" is no fault. Choose one of ${faults.join(', ')}.`)
  return word as Fault
}
