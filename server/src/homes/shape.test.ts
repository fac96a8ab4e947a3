// Catches a device whose announced name turns, breaks or floods the page it stands on.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readShape } from './shape.ts'

const named = (name: unknown) =>
  readShape({
    nativeId: 'x',
    name,
    kind: 'light',
    confirmable: true,
    parts: [{ id: 'main', capabilities: {}, vendor: {} }],
  })?.name

test('an announced name loses what no name has, and is cut between characters', () => {
  const rows: readonly (readonly [string, string])[] = [
    [' Lamp\u0007 ', 'Lamp'],
    ['Lamp\u202egpj', 'Lamp gpj'],
    ['\u2066Lamp\u2069', 'Lamp'],
    ['a\ud83db', 'a b'],
    [`${'x'.repeat(79)}😀`, 'x'.repeat(79)],
    ['y'.repeat(10_000), 'y'.repeat(80)],
  ]
  for (const [given, kept] of rows) assert.equal(named(given), kept)
  assert.equal(named(7), undefined)
})
