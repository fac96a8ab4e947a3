// Catches a lamp whose card is tinted in another colour than its light.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { okHue, whiteOf } from './hue.ts'

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 2, `${actual} is not near ${expected}`)

test('the primaries land where OKLCH has them', () => {
  near(okHue(0, 100), 29)
  near(okHue(120, 100), 142)
  near(okHue(240, 100), 264)
})

test('warm white is orange and cold white bluish', () => {
  assert.match(whiteOf(2000), /^rgb\(255 176 97\)$/)
  assert.match(whiteOf(6500), /^rgb\(214 228 255\)$/)
})
