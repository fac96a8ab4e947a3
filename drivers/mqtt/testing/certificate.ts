import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Certificate {
  readonly cert: string
  readonly key: string
}
export interface Authority extends Certificate {
  /** A certificate for loopback, signed by it. */
  readonly sign: (name: string) => Certificate
}

const days = '2'
const openssl = (...args: readonly string[]): void => {
  execFileSync('openssl', args, { stdio: 'ignore' })
}

/** An authority of a test's own, made on the spot: no key of ours stands in the repository. */
export function makeAuthority(name = 'Test authority'): Authority {
  const root = inFolder((dir) => selfSigned(dir, name))
  return { ...root, sign: (holder) => inFolder((dir) => signed(dir, root, holder)) }
}

function inFolder(make: (dir: string) => Certificate): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-certificate-'))
  try {
    return make(dir)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

function selfSigned(dir: string, name: string): Certificate {
  const [key, cert] = [join(dir, 'key'), join(dir, 'cert')]
  openssl('req', '-x509', ...newKey, '-keyout', key, '-out', cert, '-days', days, '-subj', `/CN=${name}`)
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}
function signed(dir: string, root: Certificate, name: string): Certificate {
  const at = (file: string): string => join(dir, file)
  writeFileSync(at('ca'), root.cert)
  writeFileSync(at('ca-key'), root.key)
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n')
  openssl('req', ...newKey, '-keyout', at('key'), '-out', at('request'), '-subj', `/CN=${name}`)
  const authority = ['-CA', at('ca'), '-CAkey', at('ca-key'), '-CAcreateserial', '-extfile', at('names')]
  openssl('x509', '-req', '-in', at('request'), ...authority, '-out', at('cert'), '-days', days)
  return { cert: readFileSync(at('cert'), 'utf8'), key: readFileSync(at('key'), 'utf8') }
}
