import type { Rights } from '../../devices/rights.ts'

export type Sum = 'use' | 'look' | 'some' | 'none'
/** Several devices in one word: all used, all seen, none seen, or a mixture. */
export function sumOf(rights: readonly Pick<Rights, 'may'>[]): Sum {
  const seen = rights.filter(({ may }) => may('see')).length
  const used = rights.filter(({ may }) => may('control')).length
  if (seen === 0) return 'none'
  if (used === rights.length) return 'use'
  return used === 0 && seen === rights.length ? 'look' : 'some'
}
