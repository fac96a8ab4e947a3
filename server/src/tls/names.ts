import { networkInterfaces } from 'node:os'
import { isOwnNetwork, networks } from './ranges.ts'

export type Interfaces = typeof networkInterfaces

/** A network of the house that the server listens on. */
export interface Link {
  /** The IPv4 address by which the machine sends on it. */
  readonly via: string
  /** Addresses in it that the server answers at. */
  readonly addresses: readonly string[]
  readonly holds: (address: string) => boolean
}

const linkLocal = networks(['fe80::/10', '169.254.0.0/16'])

/** The addresses at which others reach a server that listens on `host`, as they are now. */
export function listeningAddresses(
  host: string,
  interfaces: Interfaces = networkInterfaces,
): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  const all = Object.values(interfaces()).flatMap((each) => each ?? [])
  return all
    .filter(
      ({ internal, address, family }) =>
        !internal && !linkLocal(address) && (family === 'IPv4' || host === '::'),
    )
    .map(({ address }) => address)
}

/** The names of a hub in the house: what is announced may change with every stranger's packet, what it vouches for does not. */
export interface HeldNames {
  /** The name that is announced now. */
  readonly announced: () => string | undefined
  /** The wished name, and each that was announced since the start. */
  readonly vouched: () => readonly string[]
  readonly found: (name: string | undefined) => void
}
export function heldNames(wished: string | undefined): HeldNames {
  let announced = wished
  const vouched = new Set(wished === undefined ? [] : [wished])
  return {
    announced: () => announced,
    vouched: () => [...vouched],
    found: (name) => {
      announced = name
      if (name !== undefined) vouched.add(name)
    },
  }
}

/** Names and addresses that a hub with an authority of its own vouches for, the one to be shown first. */
export function vouchedNames(
  host: string,
  mdnsNames: readonly string[],
  interfaces: Interfaces = networkInterfaces,
): readonly string[] {
  const addresses = listeningAddresses(host, interfaces).filter(isOwnNetwork)
  return [...new Set([...mdnsNames, 'localhost', '127.0.0.1', '::1', ...addresses])]
}

/** The networks in which the name is announced. */
export function links(host: string, interfaces: Interfaces = networkInterfaces): readonly Link[] {
  const listening = new Set(listeningAddresses(host, interfaces))
  return Object.values(interfaces()).flatMap((each) => {
    const via = each?.find(({ family, internal }) => family === 'IPv4' && !internal)
    const addresses = (each ?? []).map(({ address }) => address).filter((address) => listening.has(address))
    if (via === undefined || via.cidr === null || addresses.length === 0) return []
    return [{ via: via.address, addresses, holds: networks([via.cidr]) }]
  })
}
