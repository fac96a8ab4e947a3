import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import type { PasskeyAsked, PasskeyAssertion, PasskeyAttestation } from '@eaves/model/api'
import type { Site } from '../http/entry.ts'

export interface Behaviour {
  /** What the browser says of the page, if not the truth. */
  readonly origin?: string
  readonly host?: string
  readonly challenge?: string
  readonly type?: string
  readonly verified?: boolean
  readonly counter?: number
  readonly synced?: boolean
  readonly userHandle?: string
}
export interface Authenticator {
  readonly id: string
  readonly publicKey: KeyObject
  readonly create: (asked: PasskeyAsked, how?: Behaviour) => PasskeyAttestation
  readonly get: (asked: PasskeyAsked, how?: Behaviour) => PasskeyAssertion
}

const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64url')
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()

/** An authenticator of one passkey, in software, that does as it is told. */
export function fakeAuthenticator(site: Site): Authenticator {
  const id = randomBytes(32)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  let handle = ''
  let counter = 0
  const clientData = (asked: PasskeyAsked, type: string, how: Behaviour) =>
    Buffer.from(
      JSON.stringify({
        type: how.type ?? type,
        challenge: how.challenge ?? asked.options.challenge,
        origin: how.origin ?? site.origin,
        crossOrigin: false,
      }),
    )
  const authData = (how: Behaviour, attested?: Buffer) => {
    const flags =
      1 | ((how.verified ?? true) ? 4 : 0) | ((how.synced ?? false) ? 24 : 0) | (attested ? 64 : 0)
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(how.counter ?? counter, 1)
    return Buffer.concat([sha256(how.host ?? site.host), head, attested ?? Buffer.alloc(0)])
  }
  return {
    id: b64(id),
    publicKey,
    create: (asked, how = {}) => {
      handle = (asked.options.user as { id: string }).id
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)])
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        response: {
          clientDataJSON: b64(clientData(asked, 'webauthn.create', how)),
          attestationObject: b64(attestation(authData(how, attested))),
          transports: ['internal'],
        },
      }
    },
    get: (asked, how = {}) => {
      if (counter > 0 && how.counter === undefined) counter += 1
      const data = authData(how)
      const client = clientData(asked, 'webauthn.get', how)
      counter = how.counter ?? counter
      return {
        id: b64(id),
        rawId: b64(id),
        type: 'public-key',
        response: {
          clientDataJSON: b64(client),
          authenticatorData: b64(data),
          signature: b64(sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)),
          userHandle: how.userHandle ?? handle,
        },
      }
    },
  }
}

/** CBOR of {1: 2, 3: -7, -1: 1, -2: x, -3: y}: an ES256 key. */
function coseKey(key: KeyObject): Buffer {
  const { x, y } = key.export({ format: 'jwk' })
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ])
}

/** CBOR of {"fmt": "none", "attStmt": {}, "authData": …}. */
function attestation(authData: Buffer): Buffer {
  const word = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
  const length = Buffer.alloc(3)
  length.writeUInt8(0x59)
  length.writeUInt16BE(authData.length, 1)
  return Buffer.concat([
    Buffer.from([0xa3]),
    word('fmt'),
    word('none'),
    word('attStmt'),
    Buffer.from([0xa0]),
    word('authData'),
    length,
    authData,
  ])
}
