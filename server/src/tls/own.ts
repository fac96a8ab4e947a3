import { createPrivateKey, X509Certificate } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
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
    const stored = readPair(folder, 'ca')
    const ends = stored === undefined ? 0 : new X509Certificate(stored.cert).validToDate.getTime()
    this.#authority =
      stored !== undefined && now() < ends - authorityBeforeMs
        ? stored
        : keep(folder, 'ca', (await makers()).makeAuthority(now()))
    this.#known = authorityOf(this.#authority.cert)
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

  async #renewIfDue(): Promise<void> {
    const { folder, names, now, log } = this.#deps
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

type Kind = 'ca' | 'server'
const files = (folder: string, kind: Kind) => ({
  cert: join(folder, `${kind}.crt`),
  key: join(folder, `${kind}.key`),
})

function readPair(folder: string, kind: Kind): Pair | undefined {
  const { cert, key } = files(folder, kind)
  if (!existsSync(key) && (kind === 'server' || !existsSync(cert))) return undefined
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

function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(folder, 0o700)
}

/** The key first: a certificate never stands without it. */
function keep(folder: string, kind: Kind, pair: Pair): Pair {
  const paths = files(folder, kind)
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
