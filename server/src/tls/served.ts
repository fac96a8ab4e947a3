import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { StartError } from '../start-error.ts'

/** What a phone is to trust. */
export interface Authority {
  readonly pem: string
  readonly der: Buffer
  /** SHA-256, as systems show it: pairs of hex digits with colons. */
  readonly fingerprint: string
  readonly name: string
}

/** The certificate a listener serves, and what it vouches for. */
export interface Certificates {
  pair(): { readonly cert: string; readonly key: string }
  /** Whether the certificate stands for this name or address. */
  covers(name: string): boolean
  /** Every name and address it stands for. */
  names(): readonly string[]
  /** The hub's own authority; undefined where the certificate comes from elsewhere. */
  readonly authority: Authority | undefined
  onChange(listener: () => void): void
}

export function covers(certificate: X509Certificate, name: string): boolean {
  return isIP(name) === 0
    ? certificate.checkHost(name, { subject: 'never' }) !== undefined
    : certificate.checkIP(name) !== undefined
}

/** Names that hold anything but the characters of names and addresses are shown nowhere. */
export function carried(certificate: X509Certificate): readonly string[] {
  return (certificate.subjectAltName ?? '')
    .split(', ')
    .flatMap((each) => /^(?:DNS|IP Address):([\w.:*-]+)$/.exec(each)?.[1] ?? [])
}

export function authorityOf(pem: string): Authority {
  const certificate = new X509Certificate(pem)
  return {
    pem,
    der: certificate.raw,
    fingerprint: certificate.fingerprint256,
    name: /CN=(.+)/.exec(certificate.subject)?.[1] ?? 'Eaves hub',
  }
}

/** Certificate files of the person who runs the hub. */
export function fileCertificates(paths: { readonly cert: string; readonly key: string }): Certificates {
  const cert = readPem('EAVES_TLS_CERT', paths.cert)
  const key = readPem('EAVES_TLS_KEY', paths.key)
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('not its key')
  } catch {
    throw new StartError(
      `EAVES_TLS_CERT (${paths.cert}) and EAVES_TLS_KEY (${paths.key}) hold no certificate with its key.`,
    )
  }
  return {
    pair: () => ({ cert, key }),
    covers: (name) => covers(certificate, name),
    names: () => carried(certificate),
    authority: undefined,
    onChange: () => undefined,
  }
}

function readPem(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new StartError(`${name} names ${path}, which cannot be read.`)
  }
}
