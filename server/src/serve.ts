import type { SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import { readConfig, readDemoConfig, type Config } from './config.ts'
import type { Demo } from './demo/demo.ts'
import { demoPorts, demoWish, keepFoldersApart } from './demo/wish.ts'
import { StartError } from './start-error.ts'
import { openControl } from './control.ts'
import { openHouse, type House } from './house.ts'
import type { HouseOptions } from './house-options.ts'
import { listen, type Listener } from './http/listener.ts'
import type { Origins } from './http/origin.ts'
import { createLog, type Log } from './log.ts'
import { options } from './options.ts'
import { answerRetention } from './retention-verb.ts'
import { answerStaff } from './staff/verb.ts'
import { guidePages, reachOf, secure, type Secured } from './tls/tls.ts'

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

type Reachable = Pick<Config, 'host' | 'port'> &
  Partial<Pick<Config, 'tls' | 'proxy' | 'ownAuthority' | 'authorityDir' | 'mdnsName'>>

/** The one listener of a house, told of every end of a sign-in and every change of roles. */
export async function openListener(
  house: House,
  config: Reachable,
  log: Log,
  otherAuthority: (reach: Reach) => void = () => undefined,
): Promise<Listener> {
  const { host, tls, proxy, ownAuthority = false, authorityDir = '', mdnsName } = config
  const secured = await secure({ host, tls, ownAuthority, authorityDir, mdnsName }, { now: Date.now, log })
  try {
    const listener = await openSecured(house, config, secured)
    house.setReach(() =>
      reachOf({
        host,
        port: listener.port,
        certificates: secured.certificates,
        mdnsName: secured.mdnsName(),
        proxyHosts: proxy?.hosts,
      }),
    )
    let { fingerprint } = house.reach()
    secured.certificates?.onChange(() => {
      const reach = house.reach()
      if (reach.fingerprint === fingerprint) return
      fingerprint = reach.fingerprint
      otherAuthority(reach)
    })
    return {
      ...listener,
      stop: async () => {
        await secured.stop()
        await listener.stop()
      },
    }
  } catch (error) {
    await secured.stop()
    throw error
  }
}

async function openSecured(
  house: House,
  { host, port: wished, proxy }: Reachable,
  { certificates }: Secured,
): Promise<Listener> {
  let origins: Origins | undefined
  const named = () => {
    if (origins === undefined) throw new StartError('The server is not listening yet.')
    return origins
  }
  let app: ReturnType<House['app']> | undefined
  const listener = await listen(
    {
      host,
      port: wished,
      certificates,
      proxy,
      ...(certificates?.authority === undefined
        ? {}
        : {
            plainPages: guidePages(
              () => certificates.authority!,
              () => house.reach().app,
            ),
          }),
      live: house.live,
      fetch: (request, env) => app!.fetch(request, env),
    },
    (found, port) => {
      origins = found
      const isSecure = certificates !== undefined || proxy !== undefined
      app = house.app(named, { name: isSecure ? '__Host-eaves' : `eaves-${port}`, secure: isSecure })
    },
  )
  house.people.onRevoked((ended) => listener.live.forEach((connection) => connection.revoked(ended)))
  const refresh = (subject: SubjectId) => {
    // A wall panel acts under a keeper's agreement, so what changes about the keeper concerns it.
    const concerned = new Set([subject, ...house.panels.coveredBy(subject)])
    listener.live.forEach((connection) => {
      // Who cannot be looked up now sees nothing more.
      if (connection.subject !== undefined && concerned.has(connection.subject))
        connection.refresh().catch(() => connection.end(1011, 'try again'))
    })
  }
  house.homes.onRolesChanged(refresh)
  house.privacy.onAgreementChanged(refresh) // sa.1
  return listener
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
