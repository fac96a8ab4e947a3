import type { Consumed, Slot } from './consumption.ts'

/** What somebody said a meter really counted over a span; of those that say something of one hour the last holds. */
export interface Correction {
  readonly from: number
  readonly to: number
  /** null: nobody knows. */
  readonly amount: number | null
  /** What was counted when it was said. */
  readonly counted: number | null
}

/** Lays corrections over what was counted. What is said of several hours is spread over them evenly. */
export function corrected(consumed: Consumed, corrections: readonly Correction[]): Consumed {
  return corrections.reduce(laid, consumed)
}

function laid({ slots, unplaced, resets }: Consumed, correction: Correction): Consumed {
  const { from, to } = correction
  const isIn = (at: number): boolean => at >= from && at < to
  return {
    slots: slots.map((slot) => (slot.to <= from || slot.from >= to ? slot : slotBy(slot, correction))),
    unplaced: unplaced.filter((each) => each.from < from || each.to > to),
    resets: resets.filter(({ at }) => !isIn(at)),
  }
}

function slotBy(slot: Slot, { from, to, amount, counted }: Correction): Slot {
  const overlap = Math.min(to, slot.to) - Math.max(from, slot.from)
  const part = overlap / (to - from)
  if (overlap === slot.to - slot.from)
    return amount === null
      ? { from: slot.from, to: slot.to, amount: undefined, known: 0 }
      : { ...slot, amount: amount * part, known: 1 }
  // Of a day whose hours are no longer kept, what they said is put right by the difference.
  if (slot.amount === undefined || amount === null) return slot
  return { ...slot, amount: Math.max(0, slot.amount + (amount - (counted ?? 0)) * part) }
}
