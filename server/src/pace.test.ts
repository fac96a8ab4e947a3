// Catches a long table or answer that holds up a house while it is written, or comes out otherwise than in one piece.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvOf } from './csv.ts'
import { jsonOf } from './json.ts'

/** The pieces, and how often everything else had its turn meanwhile. */
async function piecesOf<T>(source: AsyncIterable<T>): Promise<{ pieces: T[]; turns: number }> {
  let [turns, isOver] = [0, false]
  const count = (): void => {
    turns++
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  const pieces: T[] = []
  for await (const each of source) pieces.push(each)
  isOver = true
  return { pieces, turns }
}
const textOf = (pieces: readonly Uint8Array[]) => Buffer.concat(pieces).toString()

test('an answer in pieces reads as the answer', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.oneof(fc.double({ noNaN: true }), fc.string(), fc.boolean()))),
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.integer({ min: 1, max: 600 }),
      async (some, rest, times) => {
        const points = Array.from({ length: times }, () => some).flat()
        const { pieces } = await piecesOf(jsonOf({ ...rest, points }, 'points'))
        assert.deepEqual(JSON.parse(textOf(pieces)), JSON.parse(JSON.stringify({ ...rest, points })))
      },
    ),
    { numRuns: 40, seed: 20261130 },
  )
})

test('a long table and a long answer leave in small pieces, and everything else has its turns', async () => {
  const rows = Array.from({ length: 60_000 }, (_, i) => [new Date(i * 1_000).toISOString(), i / 10, true])
  const table = await piecesOf(csvOf(['at', 'value', 'is'], [rows]))
  assert.ok(Math.max(...table.pieces.map(({ length }) => length)) < 20_000)
  assert.ok(table.turns > 4, String(table.turns))
  const answer = await piecesOf(jsonOf({ points: rows }, 'points'))
  assert.ok(Math.max(...answer.pieces.map(({ length }) => length)) < 40_000)
  assert.ok(answer.turns > 2, String(answer.turns))
})
