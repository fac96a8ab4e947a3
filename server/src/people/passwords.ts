import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { totalmem } from 'node:os'
import { AppError } from '@eaves/model'

/** Hashing is the dearest thing a stranger can ask for: two at a time, and no longer queue than people would wait for. */
const atOnce = 2
const longestQueue = 40
const oneGibibyte = 1024 ** 3
const tagBytes = 32

export interface Cost {
  readonly memoryKibibytes: number
  readonly passes: number
}
export const fullCost: Cost = { memoryKibibytes: 65_536, passes: 3 }
/** For hubs with less than a gibibyte of memory. */
export const smallCost: Cost = { memoryKibibytes: 19_456, passes: 2 }

export interface Passwords {
  /** The argon2id record of a password; kept sealed under the person's key, so a stolen database has nothing to guess against. */
  readonly hash: (password: string) => Promise<string>
  /** `stale` asks for a new record at today's cost. Without a record the same work is done for nobody. */
  readonly verify: (
    password: string,
    record: string | undefined,
  ) => Promise<{ readonly right: boolean; readonly stale: boolean }>
}

export function createPasswords(cost: Cost = totalmem() < oneGibibyte ? smallCost : fullCost): Passwords {
  const turn = queue()
  const decoy = record(cost, randomBytes(16), randomBytes(tagBytes))
  const hash = (password: string) =>
    turn(async () => {
      const salt = randomBytes(16)
      return record(cost, salt, await derive(password, salt, cost))
    })
  const verify = (password: string, kept: string | undefined) =>
    turn(async () => {
      const read = parse(kept ?? decoy)
      const right = timingSafeEqual(await derive(password, read.salt, read.cost), read.tag)
      return {
        right: right && kept !== undefined,
        stale: read.cost.memoryKibibytes !== cost.memoryKibibytes || read.cost.passes !== cost.passes,
      }
    })
  return { hash, verify }
}

function derive(password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const parameters = {
    message: Buffer.from(password.normalize('NFKC')),
    nonce: salt,
    parallelism: 1,
    tagLength: tagBytes,
    memory: cost.memoryKibibytes,
    passes: cost.passes,
  }
  return new Promise((resolve, reject) =>
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(Buffer.from(tag)))),
  )
}

function record(cost: Cost, salt: Buffer, tag: Buffer): string {
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
  return `$argon2id$v=19$m=${cost.memoryKibibytes},t=${cost.passes},p=1$${text(salt)}$${text(tag)}`
}

function parse(kept: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/.exec(kept)
  if (match === null) throw new Error('The password record of an account is not readable.')
  return {
    cost: { memoryKibibytes: Number(match[1]), passes: Number(match[2]) },
    salt: Buffer.from(match[3]!, 'base64'),
    tag: Buffer.from(match[4]!, 'base64'),
  }
}

function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= longestQueue) throw new AppError('server.busy', { retryAfterSeconds: 5 })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
