/** A number from 0 to below 1 that belongs to these words: the same words, the same number, in every process. */
export function chance(...words: readonly (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const char of words.join('\u0000')) {
    hash ^= char.codePointAt(0)!
    hash = Math.imul(hash, 0x01000193)
  }
  // FNV alone leaves near words near each other.
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  hash ^= hash >>> 12
  hash = Math.imul(hash, 0x297a2d39)
  hash ^= hash >>> 15
  return (hash >>> 0) / 2 ** 32
}

/** Whole minutes around zero, at most `spread` to either side. */
export const jitter = (spread: number, ...words: readonly (string | number)[]): number =>
  Math.round((chance(...words) * 2 - 1) * spread)

/** A curve from 0 to 1 that wanders without a jump: one point every `everyMs`, smooth in between. */
export function drift(at: number, everyMs: number, ...words: readonly (string | number)[]): number {
  const point = Math.floor(at / everyMs)
  const way = at / everyMs - point
  const smooth = way * way * (3 - 2 * way)
  const [from, to] = [chance(point, ...words), chance(point + 1, ...words)]
  return from + (to - from) * smooth
}
