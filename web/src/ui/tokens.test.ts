// Catches a colour that was nudged until nobody could read it: every pair of the design table is recomputed from tokens.css.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8')
const modes = ['light', 'dark'] as const
type Mode = (typeof modes)[number]
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name!, { light: light!, dark: dark! }],
  ),
)
const hex = (name: string, mode: Mode): string => {
  const token = tokens.get(name)
  assert.ok(token, `--${name} is not in tokens.css`)
  return token[mode]
}
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((i) => parseInt(color.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x)
  return (high! + 0.05) / (low! + 0.05)
}
const tints = ['light', 'heat', 'cool', 'secure', 'energy', 'media', 'alert', 'warn']
const grounds = ['bg', 'surface', 'surface-2']

function demand(front: string, back: string, least: number): void {
  for (const mode of modes) {
    const ratio = contrast(hex(front, mode), hex(back, mode))
    assert.ok(ratio >= least, `${front} on ${back} in ${mode} is ${ratio.toFixed(2)}, needs ${least}`)
  }
}

test('text reads on every ground and every tint', () => {
  for (const back of [...grounds, ...tints.map((tint) => `${tint}-tint`)])
    for (const front of ['ink', 'muted']) demand(front, back, 4.5)
})

test('the accent reads on the page, on cards and on tints, and text reads on the accent', () => {
  for (const back of [...grounds, ...tints.map((tint) => `${tint}-tint`)]) demand('accent', back, 4.5)
  demand('on-accent', 'accent', 4.5)
})

test('each tint carries its own ink', () => {
  for (const tint of tints) demand(`${tint}-tint-ink`, `${tint}-tint`, 4.5)
})

test('control borders and tracks stand out from every ground', () => {
  for (const back of grounds) demand('control', back, 3)
})

test('failure and warning words read on the page and on cards', () => {
  for (const back of grounds) for (const tint of ['alert', 'warn']) demand(`${tint}-tint-ink`, back, 4.5)
})
