import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Log, stackOf } from '../log.ts'
import { StartError } from '../start-error.ts'
import type { Pair } from './certificates.ts'
import { authorityOf, carried, covers, type Authority, type Certificates } from './served.ts'

const dayMs = 24 * 60 * 60_000
const renewBeforeMs = 30 * dayMs
const lookEveryMs = 60_000
/** An authority is made anew this long before it ends: phones must be told. */
const authorityBeforeMs = 365 * dayMs
/** Before this nobody ran this program: a clock that says so has not been set yet, and judges no authority. */
const noClockBeforeMs = Date.UTC(2026, 0, 1)

export interface OwnDeps {
  readonly folder: string
  /** What the certificate is to stand for, as it is now. */
  readonly names: () => readonly string[]
  readonly now: () => number
  readonly log: Log
}

/** The certificates of a hub that vouches for itself: its own authority, and a server certificate that renews itself. // pp.5.1 */
export class OwnCertificates implements Certificates {
  readonly #deps: OwnDeps
  readonly #listeners = new Set<() => void>()
  #authority: Pair | undefined
  #known: Authority | undefined
  #pair: Pair | undefined
  #served: X509Certificate | undefined
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(deps: OwnDeps) {
    this.#deps = deps
  }

  async start(): Promise<void> {
    const { folder, now } = this.#deps
    makeFolder(folder)
    const stored = readPair(folder, 'ca') ?? (await unfinished(folder, now()))
    this.#trust(stored ?? keep(folder, 'ca', (await makers()).makeAuthority(now())))
    const served = readPair(folder, 'server')
    if (served !== undefined) this.#take(served)
    await this.#renewIfDue()
    this.#timer = setInterval(() => void this.refresh(), lookEveryMs)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Looks whether the names have changed or the certificate nears its end, and makes another then. */
  refresh(): Promise<void> {
    return (this.#looking = this.#looking
      .then(() => this.#renewIfDue())
      .catch((error: unknown) => this.#deps.log.error('tls.not-renewed', { stack: stackOf(error) })))
  }

  get authority(): Authority {
    if (this.#known === undefined) throw new Error('The certificates are not open.')
    return this.#known
  }
  pair(): Pair {
    if (this.#pair === undefined) throw new Error('The certificates are not open.')
    return this.#pair
  }
  covers(name: string): boolean {
    return this.#served !== undefined && covers(this.#served, name)
  }
  names(): readonly string[] {
    return this.#served === undefined ? [] : carried(this.#served)
  }
  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  #trust(authority: Pair): void {
    this.#authority = authority
    this.#known = authorityOf(authority.cert)
  }

  /**
   * Another authority where this one is near its end, or was made by a clock that ran ahead. The old one stands aside:
   * should the clock have been wrong now, it comes back, and no phone has to be told twice.
   */
  async #judgeAuthority(): Promise<void> {
    const { folder, now, log } = this.#deps
    if (now() < noClockBeforeMs || isGood(this.#authority!, now())) return
    const aside = pairsAside(folder).find((pair) => isGood(pair, now()))
    const next = aside ?? (await makers()).makeAuthority(now())
    putAside(folder, this.#authority!)
    this.#trust(keep(folder, 'ca', next))
    // What it is called stands on the console, where the fingerprint is.
    log.warn(aside === undefined ? 'tls.authority-replaced' : 'tls.authority-restored')
  }

  async #renewIfDue(): Promise<void> {
    const { folder, names, now, log } = this.#deps
    await this.#judgeAuthority()
    const wanted = names()
    if (!this.#isDue(wanted)) return
    this.#take(keep(folder, 'server', (await makers()).issue(this.#authority!, wanted, now())))
    log.info('tls.renewed', { count: wanted.length })
    for (const listener of this.#listeners) listener()
  }

  #isDue(names: readonly string[]): boolean {
    const served = this.#served
    if (served === undefined || !served.checkIssued(new X509Certificate(this.#authority!.cert))) return true
    const now = this.#deps.now()
    if (now > served.validToDate.getTime() - renewBeforeMs || now < served.validFromDate.getTime())
      return true
    return carried(served).length !== names.length || !names.every((name) => covers(served, name))
  }

  #take(pair: Pair): void {
    this.#served = new X509Certificate(pair.cert)
    // With its authority beside it, a client that knows the authority by an older copy still finds the way.
    this.#pair = { key: pair.key, cert: pair.cert + this.#authority!.cert }
  }
}

/** Loaded when something is to be made: a start with everything in place does without. */
const makers = () => import('./certificates.ts')

function isGood({ cert }: Pair, nowMs: number): boolean {
  const { validFromDate, validToDate } = new X509Certificate(cert)
  return validFromDate.getTime() <= nowMs && nowMs < validToDate.getTime() - authorityBeforeMs
}

type Kind = 'ca' | 'server' | `ca-${string}`
const files = (folder: string, kind: Kind) => ({
  cert: join(folder, `${kind}.crt`),
  key: join(folder, `${kind}.key`),
})

function readPair(folder: string, kind: Kind): Pair | undefined {
  const { cert, key } = files(folder, kind)
  if (!existsSync(key) && (kind === 'server' || !existsSync(cert))) return undefined
  if (kind === 'ca' && !existsSync(cert)) return undefined
  if (!existsSync(key))
    throw new StartError(
      `The key of the hub’s certificate authority, ${key}, is missing. Put it back. Or remove ${folder}: then another authority is made, and each phone must be told of it.`,
    )
  refuseReadable(key)
  try {
    const pair = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
    if (new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key))) return pair
  } catch {
    // Said below: what cannot be read is not what was written.
  }
  if (kind === 'server') return undefined
  throw new StartError(
    `The files of the hub’s certificate authority in ${folder} do not belong together. Put back the right ones. Or remove ${folder}: then another authority is made, and each phone must be told of it.`,
  )
}

/** A key that came without its certificate, as when the power went in between: the same authority, certified again. */
async function unfinished(folder: string, nowMs: number): Promise<Pair | undefined> {
  const { key } = files(folder, 'ca')
  if (!existsSync(key)) return undefined
  refuseReadable(key)
  let secret: KeyObject
  try {
    secret = createPrivateKey(readFileSync(key, 'utf8'))
  } catch {
    throw new StartError(
      `The key of the hub’s certificate authority, ${key}, cannot be read. Put back the right one. Or remove ${folder}: then another authority is made, and each phone must be told of it.`,
    )
  }
  return keep(folder, 'ca', (await makers()).makeAuthority(nowMs, secret))
}

const asideName = /^(ca-[0-9a-f]{16})\.crt$/
/** Authorities that another has taken the place of; one without its key or with another’s is none. */
function pairsAside(folder: string): readonly Pair[] {
  return readdirSync(folder).flatMap((name) => {
    const kind = asideName.exec(name)?.[1] as Kind | undefined
    if (kind === undefined) return []
    const { cert, key } = files(folder, kind)
    try {
      const pair = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
      return new X509Certificate(pair.cert).checkPrivateKey(createPrivateKey(pair.key)) ? [pair] : []
    } catch {
      return []
    }
  })
}
/** A copy, so that at no moment the folder holds half of an authority and nothing of the rest. */
function putAside(folder: string, pair: Pair): void {
  const id = new X509Certificate(pair.cert).fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase()
  keep(folder, `ca-${id}`, pair)
}

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** The key first: a certificate never stands without it, and a pair that is being replaced goes before. */
function keep(folder: string, kind: Kind, pair: Pair): Pair {
  const paths = files(folder, kind)
  rmSync(paths.cert, { force: true })
  replaceFile(paths.key, pair.key)
  replaceFile(paths.cert, pair.cert)
  return pair
}
function replaceFile(path: string, text: string): void {
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(fresh, path)
}

// Windows has no such bits; there the folder's own rights protect it.
function refuseReadable(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0)
    throw new StartError(`The key ${path} can be read by others on this machine. Run: chmod 600 ${path}`)
}
