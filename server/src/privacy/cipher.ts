import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  randomBytes,
  type CipherGCMOptions,
  type KeyObject,
} from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16
// The length of the tag is named, so that no shorter one is ever taken.
const options: CipherGCMOptions = { authTagLength: tagBytes }

/** The bytes were altered, moved, or belong to another key. */
export class SealBroken extends Error {
  constructor() {
    super('A sealed value could not be opened.')
    this.name = 'SealBroken'
  }
}

/** A key as node:crypto takes it fastest: raw bytes cost five times as much at each use. */
export type Key = KeyObject
export const keyFrom = (bytes: Uint8Array): Key => createSecretKey(bytes)

/** AES-256-GCM: nonce, ciphertext and tag as one piece. */
export function encrypt(key: Key, aad: string, plain: string | Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, options)
  cipher.setAAD(Buffer.from(aad))
  const head = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  const tail = cipher.final()
  return Buffer.concat([nonce, head, tail, cipher.getAuthTag()])
}

/** Nothing is handed out before the tag has been checked. // fm.security */
export function decrypt(key: Key, aad: string, sealed: Uint8Array): Buffer {
  if (sealed.byteLength < nonceBytes + tagBytes) throw new SealBroken()
  try {
    const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), options)
    decipher.setAAD(Buffer.from(aad))
    decipher.setAuthTag(sealed.subarray(sealed.byteLength - tagBytes))
    const head = decipher.update(sealed.subarray(nonceBytes, sealed.byteLength - tagBytes))
    return Buffer.concat([head, decipher.final()])
  } catch {
    throw new SealBroken()
  }
}

export function hmac(key: Key, text: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** HKDF-Extract (RFC 5869) with an empty salt. */
export function extract(key: Uint8Array): Key {
  return keyFrom(hmac(keyFrom(new Uint8Array(32)), key))
}

/** HKDF-Expand (RFC 5869) for one block of 32 bytes: the key of one cell. */
export function expand(prk: Key, info: string): Key {
  return keyFrom(hmac(prk, `${info}\u0001`))
}
