// Catches a replay that mixes up the order of samples where pages end or instants coincide, and one that keeps the home waiting.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Cell } from '../homes/homes.ts'
import { Queue, Series, type Point, type ReadPoints } from './samples.ts'
import { VirtualClock } from './virtual-clock.ts'

const cellOf = (device: string) => ({ path: 'p', group: { device: { id: device } } }) as unknown as Cell
const readFrom =
  (points: ReadonlyMap<string, readonly Point[]>): ReadPoints =>
  async ({ device, from, to, limit }) => {
    const all = (points.get(device) ?? []).filter(([at]) => at >= from && at < to)
    return { points: all.slice(0, limit), truncated: all.length > limit }
  }
const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom('on', 'off'), fc.boolean())
const series = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 30 }), value), { selector: ([at]) => at })
const sorted = (points: readonly Point[]) => points.toSorted((a, b) => a[0] - b[0])

test('the samples of many values come in the order of their instants, whatever the length of a page', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(series, { maxLength: 12 }),
      fc.integer({ min: 1, max: 7 }),
      async (lists, page) => {
        const points = new Map(lists.map((list, i) => [String(i), sorted(list)]))
        const all = [...points.keys()].map((device) => new Series(cellOf(device), 0, page))
        const read = readFrom(points)
        for (const each of all) await each.feed(read, 1_000)
        const queue = new Queue(all)
        const told: unknown[] = []
        while (Number.isFinite(queue.next)) {
          const { next: at, first } = queue
          told.push([at, first.cell.group.device.id, first.take()])
          if (first.isHungry) await first.feed(read, 1_000)
          queue.settle()
        }
        const expected = [...points].flatMap(([device, list]) => list.map(([at, v]) => [at, device, v]))
        // Sorting is stable: of the same instant the first series stands first.
        assert.deepEqual(
          told,
          expected.toSorted((a, b) => (a[0] as number) - (b[0] as number)),
        )
      },
    ),
    { numRuns: 200, seed: 20261130 },
  )
})

test('a clock that is moved a little at a time runs the same, each at its own instant', () => {
  const runs = (most: number) => {
    const clock = new VirtualClock(0)
    const ran: number[] = []
    const tick = () => {
      ran.push(clock.now())
      clock.after(7, tick)
    }
    clock.after(7, tick)
    let parts = 1
    while (!clock.moveTo(100, true, most)) {
      assert.equal(clock.now(), ran.at(-1))
      parts++
    }
    assert.equal(clock.now(), 100)
    return { ran, parts }
  }
  const whole = runs(Number.POSITIVE_INFINITY)
  assert.deepEqual([whole.parts, runs(3)], [1, { ran: whole.ran, parts: 5 }])
})
