import { execFileSync } from 'node:child_process'
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate {
  readonly cert: string
  readonly key: string
}
/** A certificate of a test's own for one name, made on the spot. */
export function selfSigned(name: string): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-certificate-'))
  const [key, cert] = [join(dir, 'key'), join(dir, 'cert')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const about = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  try {
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...about], {
      stdio: 'ignore',
    })
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** What a browser keeps of a subscription, and how it reads what comes: RFC 8291, written here once more to judge the sender. */
export function testBrowser(host: string, name: string = randomBytes(8).toString('hex')) {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  const read = (message: Buffer): Record<string, unknown> => {
    const salt = message.subarray(0, 16)
    const from = message.subarray(21, 21 + message.readUInt8(20))
    const sealed = message.subarray(21 + from.length)
    const about = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), from])
    const secret = hkdfSync('sha256', keys.computeSecret(from), auth, about, 32)
    const derived = (what: string, length: number) =>
      Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${what}\0`, length))
    const open = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
    open.setAuthTag(sealed.subarray(-16))
    const text = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()])
    return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString()) as Record<string, unknown>
  }
  return {
    name,
    wish: {
      endpoint: `https://${host}/wake/${name}`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') },
      locale: 'en' as 'en' | 'zh-Hans',
    },
    read,
  }
}
