// Catches a way out that a browser opens: the certificates that come with a new passkey name an address, and the server asks it for a list of revoked ones.
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createHash, webcrypto } from 'node:crypto'
import { createServer } from 'node:http'
import { test } from 'node:test'
import {
  CRLDistributionPointsExtension,
  Extension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509'
import { hasCode } from '@eaves/model'
import type { PasskeyAttestation } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import { openTestStores } from '../store/testing.ts'
import { fakeAuthenticator, type Authenticator } from './testing-authenticator.ts'
import { here, openPeople, site } from './testing.ts'

const es256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const times = { notBefore: new Date(Date.now() - 86_400_000), notAfter: new Date(Date.now() + 86_400_000) }

/** A chain of somebody's own making: the key of the passkey, with an address at which to ask whether it still holds. */
async function chainFor(device: Authenticator, challenge: Buffer, url: string): Promise<X509Certificate[]> {
  const signing = await webcrypto.subtle.generateKey(es256, true, ['sign', 'verify'])
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Anybody',
    keys: signing,
    signingAlgorithm: es256,
    ...times,
  })
  const spki = device.publicKey.export({ type: 'spki', format: 'der' })
  // KeyDescription: versions and levels, the challenge, and two empty lists.
  const described = Buffer.concat([
    Buffer.from('30340201030a01010201040a01010420', 'hex'),
    challenge,
    Buffer.from('040030003000', 'hex'),
  ])
  const leaf = await X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=Key',
    issuer: root.subject,
    publicKey: await webcrypto.subtle.importKey('spki', spki, es256, true, ['verify']),
    signingKey: signing.privateKey,
    signingAlgorithm: es256,
    ...times,
    extensions: [
      new CRLDistributionPointsExtension([url]),
      new Extension('1.3.6.1.4.1.11129.2.1.17', false, described),
    ],
  })
  return [leaf, root]
}

const word = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
function bytes(data: Uint8Array): Buffer {
  const head = Buffer.alloc(3)
  head.writeUInt8(0x59)
  head.writeUInt16BE(data.length, 1)
  return Buffer.concat([head, data])
}

async function attested(device: Authenticator, plain: PasskeyAttestation, url: string) {
  const challenge = createHash('sha256')
    .update(Buffer.from(plain.response.clientDataJSON, 'base64url'))
    .digest()
  const chain = await chainFor(device, challenge, url)
  const before = Buffer.from(plain.response.attestationObject, 'base64url')
  const authData = before.subarray(before.indexOf('authData') + 'authData'.length)
  const object = Buffer.concat([
    Buffer.from([0xa3]),
    word('fmt'),
    word('android-key'),
    word('attStmt'),
    Buffer.from([0xa3]),
    word('alg'),
    Buffer.from([0x26]),
    word('sig'),
    bytes(Buffer.alloc(70)),
    word('x5c'),
    Buffer.from([0x80 + chain.length]),
    ...chain.map((each) => bytes(new Uint8Array(each.rawData))),
    word('authData'),
    authData,
  ])
  return { ...plain, response: { ...plain.response, attestationObject: object.toString('base64url') } }
}

test('a passkey that comes with certificates is refused, and no address in them is asked', async () => {
  clause('pp.3.1')
  let asked = 0
  const server = createServer((_request, response) => {
    asked += 1
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/revoked`
  const at = await openTestStores('sqlite')
  try {
    const t = await openPeople(at)
    const { subject, secret } = await t.claimed()
    const session = (await t.people.authenticate({ cookie: secret }))!.session!
    const prover = { subject, session, address: here.address }
    const device = fakeAuthenticator(site)
    const { flow, ...rest } = await t.people.passkeys.requestAdd(prover, site)
    const response = await attested(device, device.create({ flow, ...rest }), url)
    await assert.rejects(
      t.people.passkeys.add(prover, { flow, response, name: 'My phone' }, site),
      (error: unknown) => hasCode(error, 'auth.passkey-wrong'),
    )
    assert.equal(asked, 0)
    assert.deepEqual(await t.people.passkeys.list(subject), [])
  } finally {
    await at.end()
    await new Promise((resolve) => server.close(resolve))
  }
})
