// Catches consumption that is made up, lost or counted twice: where a counter begins anew, falls silent or is swapped.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Bucket } from '../store/stores.ts'
import { Condenser } from '../history/condense.ts'
import { hourMs, hours } from '../history/grids.ts'
import { counted, integrated, type Consumed } from './consumption.ts'

const minuteMs = 60_000
const holdMs = 26 * hourMs
const cutsOf = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ from: from + i * hourMs, to: from + (i + 1) * hourMs }))
type Point = readonly [minute: number, value: number]
function bucketsOf(points: readonly Point[], until: number): readonly Bucket[] {
  const condenser = new Condenser([hours], holdMs, until)
  for (const [minute, value] of points) condenser.add(minute * minuteMs, value)
  return condenser.end().grids[0]!.buckets
}
const of = (points: readonly Point[], count: number, swaps: Parameters<typeof counted>[2] = []) =>
  counted(cutsOf(count), bucketsOf(points, count * hourMs), swaps, 2)
const amounts = ({ slots }: Consumed) => slots.map(({ amount }) => amount)
const total = ({ slots, unplaced }: Consumed): number =>
  [...slots, ...unplaced].reduce((sum, { amount }) => sum + (amount ?? 0), 0)

test('each hour has what the counter went on by in it', () => {
  assert.deepEqual(
    amounts(
      of(
        [
          [0, 10],
          [30, 11],
          [90, 13],
          [150, 13],
        ],
        4,
      ),
    ),
    [1, 2, 0, undefined],
  )
})

test('a counter that begins anew counts on from there, and says when', () => {
  const found = of(
    [
      [0, 100],
      [70, 101],
      [80, 0],
      [110, 2],
      [130, 5],
    ],
    3,
  )
  assert.deepEqual(amounts(found), [0, 3, 3])
  assert.deepEqual(found.resets, [{ at: hourMs, swap: false }])
})

test('one that comes back higher than it was within its hour is not believed to have counted both', () => {
  const found = of(
    [
      [0, 1],
      [70, 0],
      [110, 4],
    ],
    2,
  )
  assert.deepEqual(amounts(found), [0, 4])
  assert.equal(found.resets.length, 1)
})

test('a swap that is noted is counted to the last reading of the old and from the first of the new', () => {
  const swap = { at: new Date(75 * minuteMs).toISOString(), ended: 102, began: 500 }
  const found = of(
    [
      [0, 100],
      [70, 101],
      [80, 500],
      [110, 503],
      [130, 504],
    ],
    3,
    [swap],
  )
  assert.deepEqual(amounts(found), [0, 5, 1])
  assert.deepEqual(found.resets, [{ at: 75 * minuteMs, swap: true }])
})

test('what came over a silence stands beside the hours and in none of them; a trifle stays where it was told', () => {
  const found = of(
    [
      [0, 10],
      [310, 15],
      [370, 16],
    ],
    7,
  )
  assert.deepEqual(amounts(found), [0, undefined, undefined, undefined, undefined, undefined, 1])
  assert.deepEqual(found.unplaced, [{ from: hourMs, to: 6 * hourMs, amount: 5 }])
  const little = of(
    [
      [0, 10],
      [310, 10.01],
    ],
    6,
  )
  assert.deepEqual(amounts(little).slice(0, 5), [0, 0, 0, 0, 0])
  assert.ok(Math.abs(amounts(little)[5]! - 0.01) < 1e-9)
})

test('a silence that began before the span is a silence as well', () => {
  const all = bucketsOf(
    [
      [0, 10],
      [610, 20],
    ],
    12 * hourMs,
  )
  const found = counted(cutsOf(3, 10 * hourMs), all, [], 2)
  assert.deepEqual(amounts(found), [undefined, undefined, undefined])
  assert.equal(found.unplaced[0]?.amount, 10)
})

test('whatever a counter does that never goes back, the hours and what is beside them are its difference', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 5_000 })), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(steps, fc.integer({ min: 0, max: 1e6 }), (all, begin) => {
      let [minute, value] = [0, begin]
      const points: Point[] = [[0, begin]]
      for (const [after, more] of all) points.push([(minute += after), (value += more)])
      const count = Math.floor(minute / 60) + 1
      const found = of(points, count)
      assert.ok(Math.abs(total(found) - (value - begin)) < 1e-6, `${total(found)} and ${value - begin}`)
      assert.deepEqual(found.resets, [])
    }),
  )
})

test('no counter, however it jumps, makes less than nothing', () => {
  const jumps = fc.array(
    fc.tuple(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0, max: 1e9, noNaN: true })),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(jumps, (all) => {
      let minute = 0
      const points = all.map(([after, value]): Point => [(minute += after), value])
      const found = of(points, Math.floor(minute / 60) + 1)
      for (const { amount } of [...found.slots, ...found.unplaced])
        assert.ok(amount === undefined || (amount >= 0 && Number.isFinite(amount)))
    }),
  )
})

test('power adds up over the time of which it is known', () => {
  const condenser = new Condenser([hours], 2 * hourMs, 5 * hourMs)
  condenser.add(30 * minuteMs, 1_000)
  condenser.add(60 * minuteMs, 0)
  condenser.add(75 * minuteMs, 2_000)
  const { slots } = integrated(cutsOf(5), condenser.end().grids[0]!.buckets)
  assert.deepEqual(
    slots.map(({ amount, known }) => [amount, known]),
    [
      [0.5, 0.5],
      [1.5, 1],
      [2, 1],
      [0.5, 0.25],
      [undefined, 0],
    ],
  )
})
