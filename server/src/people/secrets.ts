import { createHash, timingSafeEqual } from 'node:crypto'
import { base32 } from '@eaves/model'

/** Fills the bytes with random ones; tests pass their own. */
export type Random = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array
export const systemRandom: Random = (bytes) => crypto.getRandomValues(bytes)

export const tokenPrefix = 'eaves_pat_'
/** Largest multiple of a million below 2^32: above it a remainder would favour the low codes. */
const fairBelow = 4_294_000_000

/** A secret of so many random bytes as lower-case base32. */
export function secretText(random: Random, bytes: number): string {
  return base32(random(new Uint8Array(bytes)))
}

/** Six digits, every one of the million as likely as any other. */
export function sixDigits(random: Random): string {
  for (;;) {
    const drawn = new DataView(random(new Uint8Array(4)).slice().buffer).getUint32(0)
    if (drawn < fairBelow) return String(drawn % 1_000_000).padStart(6, '0')
  }
}

/** What is kept of a secret that nobody could guess: its SHA-256. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Compares without telling by its time how much was right. */
export function isSame(given: string, kept: string): boolean {
  return timingSafeEqual(
    createHash('sha256').update(given).digest(),
    createHash('sha256').update(kept).digest(),
  )
}

/** A code in groups of four, as people read and type it. */
export function grouped(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? ''
}

/** What somebody typed, without groups and case, and with the digits that base32 does not have read as the letters they resemble. */
export function typedCode(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('0', 'o')
    .replaceAll('1', 'l')
    .replaceAll('8', 'b')
}
