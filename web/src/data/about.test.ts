// Catches a floor area that is read as another number than the one typed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readArea } from './about.ts'

test('a floor area is read with a point or a comma, and nothing else is guessed', () => {
  for (const [text, value] of [
    ['84', 84],
    [' 84.5 ', 84.5],
    ['84,5', 84.5],
    ['1', 1],
    ['100000', 100_000],
    ['0', undefined],
    ['0.9', undefined],
    ['100000.1', undefined],
    ['84.55', undefined],
    ['1.000,5', undefined],
    ['1e3', undefined],
    ['-5', undefined],
    ['84 m²', undefined],
    ['', undefined],
  ] as const)
    assert.equal(readArea(text), value, text)
})
