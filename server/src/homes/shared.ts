import type { PartShape } from '@eaves/model'

/** Equal things of many devices, kept once: a house has many devices and few models. */
export interface Shared<T> {
  readonly of: (key: string, make: () => T) => T
}

/** Beyond `most` different ones all is forgotten and gathered anew, which costs memory and harms nothing. */
export function createShared<T>(most: number): Shared<T> {
  const kept = new Map<string, T>()
  return {
    of(key, make) {
      const known = kept.get(key)
      if (known !== undefined) return known
      if (kept.size >= most) kept.clear()
      const made = make()
      kept.set(key, made)
      return made
    },
  }
}

const shapes = createShared<readonly PartShape[]>(500)
const slots = createShared<readonly (readonly [string, string, string])[]>(500)
const texts = createShared<string>(20_000)

/** The parts of a shape, the same object for all devices that have the same. */
export const sharedParts = (parts: readonly PartShape[]): readonly PartShape[] =>
  shapes.of(JSON.stringify(parts), () => parts)
/** The names of a device's slots, likewise. */
export const sharedSlots = (
  names: readonly (readonly [string, string, string])[],
): readonly (readonly [string, string, string])[] => slots.of(JSON.stringify(names), () => names)
/** A text that many devices have, one string for all. */
export const sharedText = (text: string): string => texts.of(text, () => text)
