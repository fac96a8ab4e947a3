import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  type KeyObject,
} from 'node:crypto'
import { isIP } from 'node:net'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
} from '@peculiar/asn1-x509'
import { ownDomains, ownNetworks } from './ranges.ts'

/** A certificate and its private key, both PEM. */
export interface Pair {
  readonly cert: string
  readonly key: string
}

const dayMs = 24 * 60 * 60_000
/** Phones take certificates of an added authority up to 397 days; a short one costs nothing, for it renews itself. */
export const serverDays = 90
const authorityDays = 7300
const ecdsaWithSha256 = new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' })
const commonName = '2.5.4.3'

/** An authority that can vouch for servers in a household's own networks and under .local, and for nothing else. // pp.5.1 */
export function makeAuthority(nowMs: number, key: KeyObject = newKey()): Pair {
  const id = keyId(key)
  const name = named(`Eaves hub ${id.subarray(0, 4).toString('hex').toUpperCase()}`)
  const permitted = [
    ...ownDomains.map((dNSName) => new GeneralName({ dNSName })),
    ...ownNetworks.map((iPAddress) => new GeneralName({ iPAddress })),
  ]
  return signed(key, key, {
    issuer: name,
    subject: name,
    days: authorityDays,
    nowMs,
    extensions: [
      extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
      extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign)),
      extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_nameConstraints, true, constraints(permitted)),
      extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(id)),
    ],
  })
}

/** A certificate for these names and addresses, with a key of its own. */
export function issue(authority: Pair, names: readonly string[], nowMs: number): Pair {
  const key = newKey()
  const issuerKey = createPrivateKey(authority.key)
  const issuer = AsnConvert.parse(der(authority.cert), Certificate).tbsCertificate.subject
  const alternatives = names.map((name) =>
    isIP(name) === 0 ? new GeneralName({ dNSName: name }) : new GeneralName({ iPAddress: name }),
  )
  return signed(issuerKey, key, {
    issuer,
    subject: named(names[0] ?? 'Eaves'),
    days: serverDays,
    nowMs,
    extensions: [
      extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: false })),
      extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.digitalSignature)),
      extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_serverAuth])),
      extension(id_ce_subjectAltName, false, new SubjectAlternativeName(alternatives)),
      extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(key))),
      extension(
        id_ce_authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyId(issuerKey)) }),
      ),
    ],
  })
}

interface Content {
  readonly issuer: Name
  readonly subject: Name
  readonly days: number
  readonly nowMs: number
  readonly extensions: Extension[]
}

function signed(issuerKey: KeyObject, key: KeyObject, content: Content): Pair {
  const { nowMs } = content
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  const tbs = new TBSCertificate({
    version: Version.v3,
    serialNumber: serial(),
    signature: ecdsaWithSha256,
    issuer: content.issuer,
    // A day early, for phones whose clock is behind.
    validity: new Validity({
      notBefore: new Date(nowMs - dayMs),
      notAfter: new Date(nowMs + (content.days - 1) * dayMs),
    }),
    subject: content.subject,
    subjectPublicKeyInfo: AsnConvert.parse(spki, SubjectPublicKeyInfo),
    extensions: new Extensions(content.extensions),
  })
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbs)), issuerKey)
  const certificate = new Certificate({
    tbsCertificate: tbs,
    signatureAlgorithm: ecdsaWithSha256,
    signatureValue: bytes(signature),
  })
  return {
    cert: pem(Buffer.from(AsnConvert.serialize(certificate))),
    key: key.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
}

const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const bytes = (buffer: Uint8Array): ArrayBuffer => new Uint8Array(buffer).buffer
const der = (text: string): Buffer => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64')
const pem = (content: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${content.toString('base64').replace(/(.{64})(?=.)/g, '$1\n')}\n-----END CERTIFICATE-----\n`

function serial(): ArrayBuffer {
  const number = randomBytes(16)
  number[0] = (number[0]! & 0x3f) | 0x40 // positive, and of full length
  return bytes(number)
}
function keyId(key: KeyObject): Buffer {
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(spki).digest().subarray(0, 20)
}
function named(text: string): Name {
  const value = new AttributeValue({ utf8String: text })
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonName, value })])])
}
function constraints(permitted: readonly GeneralName[]): NameConstraints {
  return new NameConstraints({
    permittedSubtrees: new GeneralSubtrees(permitted.map((base) => new GeneralSubtree({ base }))),
  })
}
function extension(extnID: string, critical: boolean, value: object): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })
}
