import type { Log } from '../log.ts'
import { Announcer } from './mdns.ts'
import { heldNames, links, vouchedNames } from './names.ts'
import { OwnCertificates } from './own.ts'
import { isThisMachine } from './ranges.ts'
import { fileCertificates, type Certificates } from './served.ts'

export { guidePages, type PlainFile } from './guide.ts'
export { listeningAddresses } from './names.ts'
export { isOwnNetwork, isThisMachine, networks, plainAddress } from './ranges.ts'
export { reachOf } from './reach.ts'
export type { Authority, Certificates } from './served.ts'

export interface SecureConfig {
  readonly host: string
  readonly tls: { readonly cert: string; readonly key: string } | undefined
  readonly ownAuthority: boolean
  readonly authorityDir: string
  readonly mdnsName: string | undefined
}

/** What makes a listener reachable beyond this machine: its certificates and its name. */
export interface Secured {
  readonly certificates: Certificates | undefined
  /** The name announced in the house; undefined while none is. */
  readonly mdnsName: () => string | undefined
  readonly stop: () => Promise<void>
}

const lookEveryMs = 60_000
interface Deps {
  readonly now: () => number
  readonly log: Log
}

/** Certificates for what the configuration asks for, and the name in the house once it was found free. */
export async function secure(config: SecureConfig, deps: Deps): Promise<Secured> {
  if (config.tls !== undefined) {
    const files = fileCertificates(config.tls)
    const { mdnsName: wished, host } = config
    if (wished === undefined || isThisMachine(host) || !files.covers(wished)) return standing(files)
    let name: string | undefined
    const announcer = await announce(host, wished, deps.log, (found) => (name = found))
    return { certificates: files, mdnsName: () => name, stop: () => announcer.stop() }
  }
  return config.ownAuthority ? own(config, deps) : standing(undefined)
}

const standing = (certificates: Certificates | undefined): Secured => ({
  certificates,
  mdnsName: () => undefined,
  stop: async () => undefined,
})

async function own({ host, authorityDir, mdnsName: wished }: SecureConfig, deps: Deps): Promise<Secured> {
  // Until the asking is done the wished name stands, so that a start without a rival makes one certificate.
  const held = heldNames(wished)
  const certificates = new OwnCertificates({
    ...deps,
    folder: authorityDir,
    names: () => vouchedNames(host, held.vouched()),
  })
  await certificates.start()
  const announcer =
    wished === undefined
      ? undefined
      : await announce(host, wished, deps.log, (found) => {
          held.found(found)
          void certificates.refresh()
        })
  return {
    certificates,
    mdnsName: held.announced,
    async stop() {
      certificates.stop()
      await announcer?.stop()
    },
  }
}

interface Announced {
  readonly stop: () => Promise<void>
}
async function announce(
  host: string,
  name: string,
  log: Log,
  named: (name: string | undefined) => void,
): Promise<Announced> {
  const { default: open } = await import('multicast-dns')
  const announcer = new Announcer({
    name,
    log,
    named,
    links: () => links(host),
    open: ({ via }) => open({ interface: via, bind: '0.0.0.0', loopback: true }),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref()),
  })
  void announcer.start()
  const timer = setInterval(() => announcer.refresh(), lookEveryMs)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return announcer.stop()
    },
  }
}
