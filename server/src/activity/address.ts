import { isIP } from 'node:net'

/** The address in one spelling, an IPv4 address that came over IPv6 as itself; undefined when it is none, whatever a peer or proxy claims. */
export function wholeAddress(text: string): string | undefined {
  const [bare = ''] = text.split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1]
  const address = mapped ?? bare
  return isIP(address) === 0 ? undefined : address.toLowerCase()
}

/** /24 of an IPv4 address, /48 of an IPv6 one. // pp.2.2.3 */
export function truncated(address: string): string {
  const v4 = /(?:^|:)(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(address)
  if (v4) return `${v4[1]}.${v4[2]}.${v4[3]}.0`
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const whole =
    tail === undefined
      ? groups
      : [
          ...groups,
          ...Array<string>(Math.max(0, 8 - groups.length - tail.split(':').length)).fill('0'),
          ...tail.split(':'),
        ]
  return `${whole
    .slice(0, 3)
    .map((g) => (g === '' ? '0' : g))
    .join(':')}::`
}
