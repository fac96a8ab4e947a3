import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, createHash } from 'node:crypto'
import { isoInstant } from '../deps.ts'
import type { Vault } from '../privacy/privacy.ts'
import type { ErasureTable } from './data.ts'
import type { Progress } from './erasure.ts'
import { unrecoverableAfterMs } from './places.ts'

export interface Finished extends Progress, Pick<ErasureTable, 'id' | 'started_at'> {
  readonly keyGoneAt: number
  readonly finishedAt: number
}
const keyName = 'erasure-certificate'
const base64url = (text: string | Uint8Array) => Buffer.from(text).toString('base64url')

/** A statement that names nobody, signed with a key of this server (JWS, Ed25519); its public half stands in the header. // pp.ret.2 */
export async function certificateOf(vault: Pick<Vault, 'ownKey'>, done: Finished): Promise<string> {
  const key = createPrivateKey({
    key: Buffer.from(
      await vault.ownKey(keyName, () =>
        generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }),
      ),
    ),
    format: 'der',
    type: 'pkcs8',
  })
  const { kty, crv, x } = createPublicKey(key).export({ format: 'jwk' })
  const jwk = { crv, kty, x }
  const kid = base64url(createHash('sha256').update(JSON.stringify(jwk)).digest())
  const head = base64url(JSON.stringify({ alg: 'EdDSA', typ: 'eaves-erasure+jws', kid, jwk }))
  const body = base64url(
    JSON.stringify({
      erasure: done.id,
      startedAt: isoInstant(done.started_at),
      keyDestroyedAt: isoInstant(done.keyGoneAt),
      verifiedAt: isoInstant(done.finishedAt),
      // A copy of the vault may live this long: before it nobody can say that nothing can be read again.
      unrecoverableAt: isoInstant(done.keyGoneAt + unrecoverableAfterMs),
      homesEnded: done.homes.filter(({ goes }) => goes).length,
      places: done.places,
      notCovered: ['copies that a person keeps outside of this server', 'snapshots of a file system'],
    }),
  )
  const signed = `${head}.${body}`
  return `${signed}.${base64url(sign(null, Buffer.from(signed), key))}`
}

/** What a certificate says; undefined unless its signature is that of the key in its header, and of `kid` where one is asked for. */
export function readCertificate(text: string, kid?: string): Readonly<Record<string, unknown>> | undefined {
  const [head = '', body = '', signature = ''] = text.split('.')
  try {
    const parsed = (part: string) =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
    const header = parsed(head)
    const jwk = header.jwk as { readonly kty: string; readonly crv: string; readonly x: string }
    const own = base64url(
      createHash('sha256')
        .update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }))
        .digest(),
    )
    if (header.alg !== 'EdDSA' || header.kid !== own || (kid !== undefined && kid !== own)) return undefined
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' })
    const isGood = verify(null, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))
    return isGood ? parsed(body) : undefined
  } catch {
    return undefined
  }
}
