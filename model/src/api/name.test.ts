// Catches a name that turns, hides or breaks what stands around it, and a name refused that somebody really has.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { name } from './common.ts'

const family = '👨‍👩‍👧‍👦'

test('names that people have are taken as they are, trimmed and in one form', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['  Ada ', 'Ada'],
    ['Zoe\u0308', 'Zoë'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ["Robert'); DROP TABLE member;--", "Robert'); DROP TABLE member;--"],
    ['王秀英的卧室', '王秀英的卧室'],
    ['גרטרוד‎ 2', 'גרטרוד‎ 2'],
    ['می‌خواهم', 'می‌خواهم'],
    ['ศิริวรรณ', 'ศิริวรรณ'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇨🇳', '🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇨🇳'],
    [family.repeat(80), family.repeat(80)],
    ['x'.repeat(80), 'x'.repeat(80)],
    [`${'e\u0301'.repeat(80)}`, 'é'.repeat(80)],
  ]
  for (const [given, kept] of rows) assert.equal(name.parse(given), kept, given)
})

test('names that trick, hide or flood are refused with a code that says why', () => {
  const code = (given: unknown) => {
    const found = name.safeParse(given).error?.issues[0]
    return found?.code === 'custom' ? (found.params?.code as string) : found?.code
  }
  const rows: readonly (readonly [unknown, string])[] = [
    ['', 'too_small'],
    [' \t\n', 'too_small'],
    ['Lamp\u202egpj.exe', 'invalid_format'],
    ['\u2066Lamp\u2069', 'invalid_format'],
    ['a\u0000b', 'invalid_format'],
    ['a\u0007', 'invalid_format'],
    ['a\nb', 'invalid_format'],
    ['a\u2028b', 'invalid_format'],
    ['\ud83d', 'invalid_format'],
    ['x\udc00y', 'invalid_format'],
    ['\u200b\u200b', 'unreadable'],
    ['\u200d', 'unreadable'],
    [`Z${'\u0335'.repeat(40)}`, 'unreadable'],
    ['x'.repeat(81), 'too-big'],
    [family.repeat(81), 'too-big'],
    ['x'.repeat(10_000), 'too_big'],
    [7, 'invalid_type'],
    [null, 'invalid_type'],
  ]
  for (const [given, want] of rows) assert.equal(code(given), want, JSON.stringify(given).slice(0, 60))
})

test('a flood of signs costs no time', () => {
  const from = performance.now()
  for (const each of ['x', '\u0335', '👨‍👩‍👧‍👦', '\ud83d', ' '])
    assert.equal(name.safeParse(each.repeat(60_000)).success, false)
  assert.ok(performance.now() - from < 500)
})
