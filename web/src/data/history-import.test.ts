// Catches a file that is sent although it can never be taken, or one whose letters are guessed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostTableLetters } from '@eaves/model'
import { readTable } from './history-import.ts'

test('a file is read as it is, and one that is too large or no text is named before anything is sent', async () => {
  const read = (...parts: BlobPart[]) => readTable(new File(parts, 'meter.csv'))
  assert.deepEqual(await read('\uFEFFat,value [°C]\r\n'), {
    name: 'meter.csv',
    text: 'at,value [°C]\r\n',
  })
  assert.equal(await read(new Uint8Array(mostTableLetters + 1)), 'too-large')
  assert.notEqual(await read(new Uint8Array(mostTableLetters)), 'too-large')
  // As a spreadsheet writes "Unicode text", and as an old one writes "°".
  assert.equal(await read(new Uint8Array([0xff, 0xfe, 0x61, 0])), 'not-text')
  assert.equal(await read('at,value [', new Uint8Array([0xb0]), 'C]'), 'not-text')
})
