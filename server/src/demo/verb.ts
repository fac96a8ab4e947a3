import { z } from 'zod'
import { readDemoConfig } from '../config.ts'
import { askControl } from '../control.ts'
import { StartError } from '../start-error.ts'

const faultList = z.array(z.object({ device: z.string(), fault: z.string() }))
const usage =
  'eaves demo link | eaves demo faults | eaves demo fault DEVICE none|offline|slow|stuck|low-battery, each with --json if you like.'

/** `eaves demo`: speaks with the demonstration that runs, through the socket only its owner may open. */
export async function demo(args: readonly string[]): Promise<number> {
  const words = args.filter((arg) => arg !== '--json')
  const asJson = words.length < args.length
  const request = requestOf(words)
  const { dataDir } = readDemoConfig()
  const asked = await askControl(dataDir, { demo: request })
  if (asked === undefined)
    throw new StartError(`No demonstration runs on ${dataDir}. Start one: npm start -- --demo`)
  if (asked.problem !== undefined) throw new StartError(asked.problem)
  process.stdout.write(`${asJson ? JSON.stringify(asked.made) : inWords(asked.made)}\n`)
  return 0
}

function requestOf([verb, device, fault, ...rest]: readonly string[]) {
  if (rest.length === 0 && verb === 'fault' && device !== undefined && fault !== undefined)
    return { t: 'fault', device, fault } as const
  if (device === undefined && (verb === 'link' || verb === 'faults')) return { t: verb } as const
  throw new StartError(`Say what: ${usage}`)
}

function inWords(made: unknown): string {
  if (typeof made === 'string') return made
  const list = faultList.safeParse(made)
  return list.success
    ? list.data.map(({ device, fault }) => `${fault.padEnd(12)} ${device}`).join('\n')
    : 'Done.'
}
