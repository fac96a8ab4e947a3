import type { SignInRow } from '@eaves/model/api'

/** Where a shortened address is, as far as it tells by itself; it is looked up nowhere. // pp.2.2.3 */
export function coarsePlace(address: string): SignInRow['place'] {
  if (address === '127.0.0.0' || address === '0:0:0::') return 'this-machine'
  const [a = 0, b = 0] = address.split('.').map(Number)
  const isHome =
    address.includes('.') &&
    (a === 10 || (a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32) || (a === 169 && b === 254))
  return isHome || /^(?:f[cd]|fe[89ab])/i.test(address) ? 'home-network' : 'elsewhere'
}
