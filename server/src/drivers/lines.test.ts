// Catches a reader that loses, joins or tears lines at chunk borders, or lets one line eat the memory.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLineReader } from './lines.ts'

test('lines come out whole however the bytes are cut', () => {
  const text = '["a"]\n["ü€😀"]\n\n["last"]\n'
  const bytes = Buffer.from(text)
  for (let size = 1; size <= bytes.length; size++) {
    const lines: string[] = []
    const reader = createLineReader(
      1000,
      (line) => lines.push(line),
      () => assert.fail(),
    )
    for (let at = 0; at < bytes.length; at += size) reader.feed(bytes.subarray(at, at + size))
    assert.deepEqual(lines, ['["a"]', '["ü€😀"]', '', '["last"]'])
  }
})

test('a line that is too long ends the reading, once, and what came before it is kept', () => {
  const lines: string[] = []
  let overflows = 0
  const reader = createLineReader(
    10,
    (line) => lines.push(line),
    () => overflows++,
  )
  reader.feed(Buffer.from('short\n12345'))
  reader.feed(Buffer.from('678901'))
  reader.feed(Buffer.from('\nafter\n'))
  assert.deepEqual(lines, ['short'])
  assert.equal(overflows, 1)
})
