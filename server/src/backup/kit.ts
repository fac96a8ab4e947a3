import { AppError } from '@eaves/model'
import { expand, extract, hmac, type Key } from '../privacy/vault.ts'

/** Without the letters that are read as digits or as each other. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const readAs: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', U: 'V' }
const groups = 10
const perGroup = 4
/** Random bytes behind a kit: its groups hold ten times twenty bits. */
export const kitBytes = (groups * perGroup * 5) / 8

/** The kit as the product keeps it: a key, never the words. */
export interface Kit {
  readonly key: Uint8Array
  /** Which kit this is; tells nothing of the key. */
  readonly mark: string
}

/** The words of a kit: ten groups of five characters, the last of each a check of the four before it and of its place. */
export function kitText(random: Uint8Array): string {
  let bits = 0n
  for (const byte of random) bits = (bits << 8n) | BigInt(byte)
  const values = Array.from({ length: groups * perGroup }, (_, i) =>
    Number((bits >> BigInt(5 * (groups * perGroup - 1 - i))) & 31n),
  )
  return Array.from({ length: groups }, (_, group) => {
    const own = values.slice(group * perGroup, (group + 1) * perGroup)
    return [...own, checkOf(own, group)].map((value) => alphabet[value]).join('')
  }).join('-')
}

/** Reads what somebody typed; a slip is named by its group, so that one looks there and nowhere else. */
export function readKit(typed: string): Kit {
  const letters = Array.from(typed.normalize('NFKC').toUpperCase())
    .filter((letter) => !/[\s\-–—_.,:]/u.test(letter))
    .map((letter) => readAs[letter] ?? letter)
  const named = splitByHand(typed)
  const wrong: number[] = []
  const values: number[] = []
  for (let group = 0; group < groups; group++) {
    const own = (named?.[group] ?? letters.slice(group * 5, group * 5 + 5)).map((each) =>
      alphabet.indexOf(each),
    )
    if (own.length !== 5 || own.includes(-1) || checkOf(own.slice(0, perGroup), group) !== own[perGroup])
      wrong.push(group + 1)
    values.push(...own.slice(0, perGroup))
  }
  if (wrong.length > 0 || (named === undefined && letters.length !== groups * 5))
    throw new AppError('backup.kit-typo', {
      detail:
        letters.length === groups * 5 || named !== undefined
          ? `Look at ${wrong.length === 1 ? 'group' : 'groups'} ${wrong.join(', ')}.`
          : `A kit has ${groups} groups of 5 characters; this has ${letters.length} characters, not ${groups * 5}.`,
      errors: wrong.map((group) => ({ path: `kit.${group}`, code: 'typo' })),
    })
  return kitOf(values)
}

/** Ten groups as they were typed, when they were typed apart: one that lost a letter shifts no other. */
function splitByHand(typed: string): string[][] | undefined {
  const parts = typed
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s\-–—_.,:]+/u)
    .filter((part) => part !== '')
  if (parts.length !== groups) return undefined
  return parts.map((part) => Array.from(part).map((letter) => readAs[letter] ?? letter))
}

function kitOf(values: readonly number[]): Kit {
  let bits = 0n
  for (const value of values) bits = (bits << 5n) | BigInt(value)
  const secret = Buffer.from(bits.toString(16).padStart(kitBytes * 2, '0'), 'hex')
  const key = hmac(expand(extract(secret), 'recovery kit'), 'key')
  return { key, mark: markOf(key) }
}

export function markOf(key: Uint8Array): string {
  const bytes = hmac(extract(key), 'mark')
  return [...bytes.subarray(0, 8)].map((byte) => alphabet[byte & 31]).join('')
}
export const kitKey = (key: Uint8Array): Key => expand(extract(key), 'vault backup')

// A weighted sum in the field of 32 elements: any one wrong letter, any two exchanged and any group in another's place come out.
function checkOf(values: readonly number[], group: number): number {
  return values.reduce((sum, value, i) => sum ^ times(value, power(i + 1)), group + 1)
}
function times(a: number, b: number): number {
  let product = 0
  for (let x = a, y = b; y > 0; y >>= 1) {
    if (y & 1) product ^= x
    x <<= 1
    if (x & 32) x ^= 0b100101
  }
  return product
}
function power(n: number): number {
  let value = 1
  for (let i = 0; i < n; i++) value = times(value, 2)
  return value
}
