import { z } from 'zod'
import { root, type House } from '../house.ts'
import type { Log } from '../log.ts'
import { StartError } from '../start-error.ts'
import type { DemoWish } from './wish.ts'
import { countAYear } from './energy.ts'
import { furnish, giveAccess, placeDevices } from './furnish.ts'
import { DemoProcess } from './process.ts'

const brokerWithinMs = 15_000
const dayMinutes = 24 * 60

export interface Demo {
  /** A fresh link that signs in once, within ten minutes. */
  readonly link: () => string
  /** Answers the command line; undefined when it is not spoken to. */
  readonly answer: (asked: unknown) => Promise<object | undefined>
  readonly stop: () => Promise<void>
}

export interface StartDemo {
  readonly house: House
  readonly log: Log
  readonly wish: DemoWish
  readonly base: string
}

/** Starts the simulated house and moves it in; what it announces arrives by itself from then on. */
export async function startDemo({ house, log, wish, base }: StartDemo): Promise<Demo> {
  const outside = new DemoProcess({ root, log })
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  try {
    const plan = await outside.start()
    const furnished = await furnish(house, plan, zone)
    await brokerListening(house)
    const access = await giveAccess(house, furnished, plan)
    const unplace = placeDevices(house, furnished, plan, log)
    const counting = countAYear(house, furnished, log)
    outside.go({ ...access, zone, offsetMs: offsetMs(wish, zone, Date.now()) })
    const name = base.replace('//127.0.0.1:', '//localhost:')
    const link = () => `${name}/sign-in#${house.people.consoleLink.issue(furnished.subject)}`
    return {
      link,
      answer: answerer(outside, link),
      stop: async () => {
        unplace()
        await counting.stop()
        await outside.stop()
      },
    }
  } catch (error) {
    await outside.stop()
    throw error
  }
}

/** How far the clock of the house is from ours, so that it begins at the minute wished for. */
export function offsetMs({ minute }: DemoWish, zone: string, now: number): number {
  if (minute === undefined) return 0
  const [hours = 0, minutes = 0] = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(now)
    .split(':')
    .map(Number)
  // Of both ways round the clock the shorter, so that the day is the same or the next to it.
  const ahead = (minute - hours * 60 - minutes + dayMinutes) % dayMinutes
  return (ahead > dayMinutes / 2 ? ahead - dayMinutes : ahead) * 60_000
}

async function brokerListening({ credentials }: House): Promise<void> {
  await new Promise<void>((resolve) => {
    const late = setTimeout(resolve, brokerWithinMs)
    const look = (): void => {
      if (credentials.broker().state !== 'listening') return
      clearTimeout(late)
      resolve()
    }
    credentials.onBroker(look)
    look()
  })
  if (credentials.broker().state !== 'listening')
    throw new StartError('The built-in broker did not start, so the simulated devices cannot connect.')
}

const request = z.object({
  demo: z.discriminatedUnion('t', [
    z.object({ t: z.literal('link') }),
    z.object({ t: z.literal('faults') }),
    z.object({ t: z.literal('fault'), device: z.string(), fault: z.string() }),
  ]),
})

function answerer(outside: DemoProcess, link: () => string): Demo['answer'] {
  return async (asked) => {
    const read = request.safeParse(asked)
    if (!read.success) return undefined
    const { demo } = read.data
    try {
      return { made: demo.t === 'link' ? link() : await outside.ask(demo) }
    } catch (error) {
      if (!(error instanceof StartError)) throw error
      return { problem: error.message }
    }
  }
}
