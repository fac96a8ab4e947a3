import './plain-forms.ts'
import type { Reach } from '@eaves/model/api'
import { readConfig, readDemoConfig, type Config } from './config.ts'
import type { Demo } from './demo/demo.ts'
import { demoPorts, demoWish, keepFoldersApart } from './demo/wish.ts'
import { openControl } from './control.ts'
import { openHouse, type House } from './house.ts'
import type { HouseOptions } from './house-options.ts'
import type { Listener } from './http/listener.ts'
import { createLog } from './log.ts'
import { options } from './options.ts'
import { answerRetention } from './retention-verb.ts'
import { answerStaff } from './staff/verb.ts'

const stopWithinMs = 4500

/** Starts the server and runs until SIGTERM or SIGINT. `more`: what a test puts in place of a part of the house. */
export async function serve(
  args: readonly string[],
  more: Pick<HouseOptions, 'onErasureStep'> = {},
): Promise<undefined> {
  const wish = demoWish(options(args, { demo: 'flag', time: 'value' }))
  const config = wish === undefined ? readConfig() : await demoPorts(readDemoConfig())
  const log = createLog(config.log, (line) => process.stderr.write(`${line}\n`))
  let base: string | undefined
  let code: string | undefined
  const say = () => {
    if (base !== undefined && code !== undefined)
      process.stdout.write(`Claim this home: ${base}/claim#${code}\n`)
  }
  const house = await openHouse({
    ...more,
    config,
    log,
    announceClaim: (fresh) => {
      code = fresh
      say()
    },
  })
  const opened: Opened = {}
  const stop = stopper(house, opened)
  try {
    await keepFoldersApart(house.stores, wish !== undefined)
    await house.start()
    // Read once the drivers run: until their devices come, this process has time.
    const { openListener } = await import('./listening.ts')
    const listener = (opened.listener = await openListener(house, config, log, (reach) => {
      if (config.log !== 'silent')
        process.stderr.write(
          'This hub has another certificate authority now: each phone must be told of it.\n',
        )
      sayReach(reach, config.log)
    }))
    base = listener.origins.base
    if (wish !== undefined)
      opened.demo = await (await import('./demo/demo.ts')).startDemo({ house, log, wish, base })
    opened.control = await openControl(
      config.dataDir,
      house,
      async (asked) =>
        endOf(asked) ??
        (await house.backups.answer(asked)) ??
        (await answerRetention(house, asked)) ??
        (await answerStaff(house.staff?.accounts, asked)) ??
        (await opened.demo?.answer(asked)),
    )
  } catch (error) {
    await stop()
    throw error
  }
  endOnSignal(stop) // before the ready line: whoever reads it may end the server at once
  process.stdout.write(`Eaves is ready at ${base}\n`)
  sayReach(house.reach(), config.log)
  sayOutbox(config)
  if (!house.people.isClaimed()) say()
  if (opened.demo !== undefined) process.stdout.write(`Open the demo: ${opened.demo.link()}\n`)
  return undefined
}

/** What leaves this machine only as files, for want of a service to send it. */
function sayOutbox({ smtp, sms, outboxDir, log }: Config): void {
  if (log === 'silent') return
  if (smtp === undefined)
    process.stderr.write(`E-mail is put as files into ${outboxDir} until a mail server is set.\n`)
  if (sms === undefined)
    process.stderr.write(
      `Text messages are put as files into ${outboxDir} until a service for them is set.\n`,
    )
}

/** How phones get in, and what to compare there; on the console, which nobody in the network can change. */
function sayReach({ kind, start, fingerprint }: Reach, level: Config['log']): void {
  if (kind !== 'own-authority' || level === 'silent') return
  process.stderr.write(
    `On a phone open ${start[0] ?? 'the address of this hub'}\nFingerprint of this hub’s certificate authority, to compare there (SHA-256):\n  ${fingerprint}\n`,
  )
}

interface Opened {
  listener?: Listener
  control?: { readonly stop: () => void }
  demo?: Demo
}

function stopper(house: House, opened: Readonly<Opened>): () => Promise<void> {
  let stopping: Promise<void> | undefined
  return () =>
    (stopping ??= (async () => {
      opened.control?.stop()
      await opened.demo?.stop()
      await opened.listener?.stop()
      await house.stop()
    })())
}

/** The command line asks the server to end, as a signal does: it is about to remove what the server stands on. */
function endOf(asked: unknown): object | undefined {
  if (typeof asked !== 'object' || asked === null || !('end' in asked)) return undefined
  setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50)
  return { made: 'ending' }
}

function endOnSignal(stop: () => Promise<void>): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      setTimeout(() => process.exit(1), stopWithinMs).unref()
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
}
