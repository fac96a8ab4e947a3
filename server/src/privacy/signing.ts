import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type JsonWebKey,
} from 'node:crypto'
import type { SigningKey } from '@eaves/model/api'
import { sha256 } from './catalogue.ts'
import type { Vault } from './vault.ts'

/** What a signature says it is; one is never taken for another. */
export type SignedType = 'eaves-receipt' | 'eaves-erasure'

/** Signs what people take away, so that it can be checked without this server. */
export interface Signer {
  /** A compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). */
  readonly sign: (type: SignedType, payload: object) => Promise<string>
  /** What to check it with, as JSON Web Keys. */
  readonly keys: () => Promise<readonly SigningKey[]>
}

const base64url = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64url')

/** The key is the vault's own: made at the first signature, never beside the data. */
export function createSigner(vault: Pick<Vault, 'ownKey'>): Signer {
  const own = async () => {
    const der = await vault.ownKey('signing', () =>
      generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }),
    )
    const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' })
    return { key, shown: shownKey(createPublicKey(key).export({ format: 'jwk' })) }
  }
  return {
    sign: async (type, payload) => {
      const { key, shown } = await own()
      const head = base64url(JSON.stringify({ alg: 'EdDSA', typ: type, kid: shown.kid }))
      const signed = `${head}.${base64url(JSON.stringify(payload))}`
      return `${signed}.${base64url(sign(null, Buffer.from(signed), key))}`
    },
    keys: async () => [(await own()).shown],
  }
}

/** The key's name is its thumbprint (RFC 7638, in hexadecimal), so that two servers never share one. */
function shownKey({ x }: JsonWebKey): SigningKey {
  const point = x ?? ''
  const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${point}"}`).slice(0, 32)
  return { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid, x: point }
}

export type Checked =
  | { readonly payload: unknown; readonly kid: string }
  | { readonly fault: 'not-signed' | 'wrong-type' | 'unknown-key' | 'altered' }

/** Whether one of the keys signed this as what it claims to be. Throws on nothing. */
export function checkSigned(type: SignedType, jws: string, keys: readonly SigningKey[]): Checked {
  const [head, body, signature, ...more] = jws.split('.')
  if (head === undefined || body === undefined || signature === undefined || more.length > 0)
    return { fault: 'not-signed' }
  const said = parsed(head) as { alg?: unknown; typ?: unknown; kid?: unknown } | undefined
  // The method is ours to choose, never the text's.
  if (said === undefined || said.alg !== 'EdDSA') return { fault: 'not-signed' }
  if (said.typ !== type) return { fault: 'wrong-type' }
  const key = keys.find(({ kid }) => kid === said.kid)
  if (key === undefined || shownKey(key).kid !== key.kid) return { fault: 'unknown-key' }
  const point = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.x }, format: 'jwk' })
  if (!verify(null, Buffer.from(`${head}.${body}`), point, Buffer.from(signature, 'base64url')))
    return { fault: 'altered' }
  return { payload: parsed(body), kid: key.kid }
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
