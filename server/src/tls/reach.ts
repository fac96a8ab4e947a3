import { isIP } from 'node:net'
import type { Reach } from '@eaves/model/api'
import { listeningAddresses, type Interfaces } from './names.ts'
import { isOwnNetwork, isThisMachine } from './ranges.ts'
import type { Certificates } from './served.ts'

export interface ReachFacts {
  readonly host: string
  readonly port: number
  readonly certificates: Certificates | undefined
  readonly mdnsName: string | undefined
  readonly proxyHosts: readonly string[] | undefined
  readonly interfaces?: Interfaces
}

/** How a phone in the house gets to the app, from the best address to the least. It tells nothing that the house's network does not. */
export function reachOf(facts: ReachFacts): Reach {
  const { host, port, certificates, mdnsName, proxyHosts } = facts
  if (proxyHosts !== undefined)
    return {
      kind: 'proxy',
      start: proxyHosts.map((each) => `https://${each}/`),
      app: proxyHosts.map((each) => `https://${each}`),
    }
  if (certificates === undefined || isThisMachine(host)) return { kind: 'loopback', start: [], app: [] }
  const addresses = listeningAddresses(host, facts.interfaces)
  const at = (scheme: string, names: readonly string[]) =>
    names.map(
      (name) =>
        `${scheme}://${isIP(name) === 6 ? `[${name}]` : name}${port === 443 && scheme === 'https' ? '' : `:${port}`}`,
    )
  const { authority } = certificates
  if (authority !== undefined) {
    const own = addresses.filter(isOwnNetwork)
    const name = mdnsName === undefined ? [] : [mdnsName]
    return {
      kind: 'own-authority',
      // The address needs nothing but the network; not every phone finds names under .local.
      start: at('http', [...own, ...name]).map((each) => `${each}/phone`),
      app: at('https', [...name, ...own]),
      fingerprint: authority.fingerprint,
    }
  }
  const named = certificates
    .names()
    .filter((each) => !each.includes('*') && each !== 'localhost' && !isThisMachine(each))
  const app = at('https', named.length === 0 ? addresses : named)
  return { kind: 'certificate', start: app.map((each) => `${each}/`), app }
}
