import { BlockList, isIP } from 'node:net'

/** The networks of a household: nothing here is routed on the internet, so a stolen key of the hub's authority opens nothing there. */
export const ownNetworks = [
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
] as const
/** The only names that the hub's authority can vouch for. */
export const ownDomains = ['local', 'localhost'] as const

/** A list of addresses and networks as one test; what is no address is in none. */
export function networks(list: readonly string[]): (address: string) => boolean {
  const block = new BlockList()
  for (const each of list) {
    const [address = '', bits] = each.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) block.addAddress(address, family)
    else block.addSubnet(address, Number(bits), family)
  }
  return (text) => {
    const address = plainAddress(text)
    const version = isIP(address)
    return version !== 0 && block.check(address, version === 6 ? 'ipv6' : 'ipv4')
  }
}

/** An IPv4 address that a dual-stack socket shows as IPv6 is the IPv4 address. */
export const plainAddress = (address: string): string =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address

export const isOwnNetwork = networks(ownNetworks)
export const isThisMachine = networks(['127.0.0.0/8', '::1'])
