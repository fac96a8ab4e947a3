import type { SubjectId } from '@eaves/model'
import type { Reach } from '@eaves/model/api'
import type { Config } from './config.ts'
import type { House } from './house.ts'
import { listen, type Listener } from './http/listener.ts'
import type { Origins } from './http/origin.ts'
import type { Log } from './log.ts'
import { StartError } from './start-error.ts'
import { guidePages, reachOf, secure, type Secured } from './tls/tls.ts'

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
