import { isIP } from 'node:net'
import { relative, isAbsolute } from 'node:path'
import type { OperatingRole } from '@eaves/model'
import { StartError } from './start-error.ts'
import { isOwnNetwork } from './tls/ranges.ts'

const isName = (text: string) =>
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/.test(text)

/** The name under .local, or none. */
export function mdnsName(value: string = 'eaves.local'): string | undefined {
  const name = value.toLowerCase()
  if (name === 'off') return undefined
  if (!/^[a-z0-9]([a-z0-9-]{0,57}[a-z0-9])?\.local$/.test(name))
    throw new StartError(
      `EAVES_MDNS_NAME is "${value}" but must be one word of letters, digits and hyphens before .local, such as eaves.local, or off.`,
    )
  return name
}

/** Who stands in front, and by which names the server is called there. */
export function trustedProxy(
  peers: string | undefined,
  hosts: string | undefined,
): { readonly peers: readonly string[]; readonly hosts: readonly string[] } | undefined {
  if ((peers === undefined) !== (hosts === undefined))
    throw new StartError(
      'EAVES_TRUSTED_PROXY and EAVES_PROXY_HOSTS belong together: the address of the proxy, and the names by which people call it.',
    )
  if (peers === undefined || hosts === undefined) return undefined
  const networks = list(peers)
  for (const network of networks)
    if (!isNetwork(network))
      throw new StartError(
        `EAVES_TRUSTED_PROXY holds "${network}", which is no IP address and no network of at least 8 bits such as 10.0.0.0/24.`,
      )
  const names = list(hosts.toLowerCase())
  for (const host of names) {
    const [name = '', port] = host.split(':')
    if (!isName(name) || (port !== undefined && !/^[1-9]\d{0,4}$/.test(port)))
      throw new StartError(
        `EAVES_PROXY_HOSTS holds "${host}", which is no name such as home.example.org or home.example.org:8443.`,
      )
  }
  return { peers: networks, hosts: names.map((host) => host.replace(/:443$/, '')) }
}

function list(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim())
}

/** Everybody is no proxy: a network of fewer than 8 bits is a slip. */
function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more !== undefined) return false
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 8 && Number(bits) <= (version === 4 ? 32 : 128))
  )
}

/** A hub vouches for itself in a household's own network, with keys that stand beside the key file. */
export function mayVouch({
  host,
  role,
  dataDir,
  authorityDir,
}: {
  readonly host: string
  readonly role: OperatingRole
  readonly dataDir: string
  readonly authorityDir: string
}): void {
  if (role === 'hosted')
    throw new StartError(
      `EAVES_HOST is ${host}: in hosted, beyond this machine, set EAVES_TLS_CERT and EAVES_TLS_KEY, or EAVES_TRUSTED_PROXY.`,
    )
  if (!['0.0.0.0', '::'].includes(host) && !isOwnNetwork(host))
    throw new StartError(
      `EAVES_HOST is ${host}, which is no address of a private network, so the hub cannot vouch for itself there. Set EAVES_TLS_CERT and EAVES_TLS_KEY, or EAVES_TRUSTED_PROXY.`,
    )
  const inside = relative(dataDir, authorityDir)
  if (!inside.startsWith('..') && !isAbsolute(inside))
    throw new StartError(
      'EAVES_KEY_FILE stands inside EAVES_DATA, where copies and backups would carry the keys of the hub’s certificate authority along. Move the key file elsewhere, or set EAVES_TLS_CERT and EAVES_TLS_KEY.',
    )
}
