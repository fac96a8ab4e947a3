import { createECDH } from 'node:crypto'
import type { Egress, Posted } from './egress-post.ts'

/** Where a browser takes notices and what only it can read them with. */
export interface PushAddress {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
}
export interface PushNote {
  readonly payload: string
  readonly urgency: 'normal' | 'high'
  readonly keepSeconds: number
  readonly signal: AbortSignal
}
export interface PushOut {
  /** What browsers bind their subscription to. */
  readonly publicKey: string
  readonly send: (address: PushAddress, note: PushNote) => Promise<Posted>
}

/** The private half of the key by which push services know this server. */
export function newPushKey(): Uint8Array {
  const curve = createECDH('prime256v1')
  curve.generateKeys()
  return padded(curve.getPrivateKey())
}

/** Sends to the push service of a browser, encrypted so that the service cannot read it. // pp.3.1 pp.5.1 T11 */
export function pushOut(egress: Egress, key: Uint8Array, contact: string): PushOut {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(key)
  const vapidDetails = {
    subject: contact,
    publicKey: curve.getPublicKey('base64url'),
    privateKey: Buffer.from(key).toString('base64url'),
  }
  return {
    publicKey: vapidDetails.publicKey,
    send: async ({ endpoint, p256dh, auth }, { payload, urgency, keepSeconds, signal }) => {
      const { default: webPush } = await import('web-push')
      const { headers, body } = webPush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        payload,
        {
          vapidDetails,
          urgency,
          TTL: keepSeconds,
          contentEncoding: 'aes128gcm',
        },
      )
      return egress.post({ url: endpoint, namedBy: 'client', headers, body, signal })
    },
  }
}

// A key whose first bytes are zero comes without them.
function padded(key: Buffer): Uint8Array {
  return Buffer.concat([Buffer.alloc(32 - key.length), key])
}
