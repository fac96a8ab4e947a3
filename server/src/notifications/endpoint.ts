import { createPublicKey } from 'node:crypto'
import type { PushTarget } from './data.ts'

/** Hosts under which the makers of browsers run their push services. */
export const usualPushHosts = [
  'fcm.googleapis.com',
  'push.services.mozilla.com',
  'push.apple.com',
  'notify.windows.com',
] as const

/** Whether this may be where a browser takes notices: a push service that is known, over HTTPS at its own port. // T11 */
export function isPushService(endpoint: string, further: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password, hash } = new URL(endpoint)
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '' || hash !== '') return false
  return [...usualPushHosts, ...further].some((host) => hostname === host || hostname.endsWith(`.${host}`))
}

export const serviceOf = (endpoint: string): string => new URL(endpoint).hostname

/** Whether the keys are what a browser gives: a point on the curve, and 16 bytes. */
export function areKeys({ p256dh, auth }: Pick<PushTarget, 'p256dh' | 'auth'>): boolean {
  const point = Buffer.from(p256dh, 'base64url')
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false
  try {
    createPublicKey({
      key: {
        kty: 'EC',
        crv: 'P-256',
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
      format: 'jwk',
    })
    return true
  } catch {
    return false
  }
}
