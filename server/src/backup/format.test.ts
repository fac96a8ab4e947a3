// Catches a backup that was cut off, altered, put together anew or written by a newer program, and is taken for a whole one.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isAppError, newId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { keyFrom } from '../privacy/vault.ts'
import {
  BackupWriter,
  formatNumber,
  readBeginning,
  readFrames,
  Source,
  unwrapFileKey,
  type Header,
} from './format.ts'

const under = keyFrom(randomBytes(32))
const header: Header = {
  format: formatNumber,
  kind: 'data',
  instance: newId(),
  madeAt: '2026-01-05T12:00:00.000Z',
  version: '0.0.0',
  schema: { facts: 1, history: 1, vault: 1 },
  epoch: 0,
}
let folder: string
let whole: Buffer
const members = {
  first: randomBytes(700),
  second: Buffer.from('a second member'.repeat(20)),
  empty: Buffer.alloc(0),
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'eaves-format-'))
  whole = await written(header)
})
after(() => rmSync(folder, { recursive: true, force: true }))

async function written(about: Header): Promise<Buffer> {
  const path = join(folder, 'whole')
  const file = await open(path, 'w')
  const writer = await BackupWriter.begin(file, about, under)
  for (const [name, bytes] of Object.entries(members))
    await writer.member(name, bytes.length === 0 ? [] : [bytes.subarray(0, 100), bytes.subarray(100)])
  await writer.end()
  await file.close()
  return readFileSync(path)
}

async function read(bytes: Buffer, key = under): Promise<Record<string, string>> {
  const path = join(folder, 'read')
  writeFileSync(path, bytes)
  const file = await open(path, 'r')
  const found: Record<string, string> = {}
  let at = ''
  try {
    const source = new Source(file)
    const beginning = await readBeginning(source)
    await readFrames(source, beginning, unwrapFileKey(beginning, key), {
      begin: async (name) => void (found[(at = name)] = ''),
      bytes: async (chunk) => void (found[at] += Buffer.from(chunk).toString('base64')),
    })
    return found
  } finally {
    await file.close()
  }
}
const codeOf = (bytes: Buffer, key = under) =>
  read(bytes, key).then(
    () => 'taken',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )

test('what was written is read, and nothing of it stands readable in the file', async () => {
  clause('pp.5.1')
  const found = await read(whole)
  assert.deepEqual(Object.keys(found), ['first', 'second', 'empty'])
  assert.deepEqual(
    Buffer.from(found.second!.slice(0, 8), 'base64').toString(),
    members.second.subarray(0, 6).toString(),
  )
  for (const plain of ['a second member', 'second', members.first.subarray(0, 16)])
    assert.ok(!whole.includes(plain))
  assert.equal(await codeOf(whole, keyFrom(randomBytes(32))), 'backup.altered')
})

test('cut off at every place it is incomplete', async (t) => {
  clause('pp.5.1')
  for (let length = 0; length < whole.length; length++)
    assert.equal(
      await codeOf(whole.subarray(0, length)),
      length === 0 ? 'backup.not-a-backup' : 'backup.incomplete',
      String(length),
    )
  t.diagnostic(`${whole.length} places`)
})

test('with one bit turned at any byte it is not taken', async (t) => {
  clause('pp.5.1')
  for (let at = 0; at < whole.length; at++) {
    const hurt = Buffer.from(whole)
    hurt[at]! ^= 1 << (at % 8)
    const code = await codeOf(hurt)
    const isClear = at < 13 ? code === 'backup.not-a-backup' : /^backup\.(altered|incomplete)$/.test(code)
    assert.ok(isClear, `bit ${at % 8} of byte ${at}: ${code}`)
  }
  t.diagnostic(`${whole.length} places`)
})

test('frames left out, doubled, exchanged, of another file, or followed by more are not taken', async () => {
  clause('pp.5.1')
  const start = 13 + 4 + whole.readUInt32BE(13) + 32 + 60
  const framesOf = (bytes: Buffer) => {
    const frames: Buffer[] = []
    for (let at = start; at < bytes.length;) {
      const end = at + 5 + bytes.readUInt32BE(at + 1)
      frames.push(bytes.subarray(at, end))
      at = end
    }
    return frames
  }
  const frames = framesOf(whole)
  const others = framesOf(await written(header))
  assert.equal(frames.length, others.length)
  const joined = (list: readonly Buffer[]) => Buffer.concat([whole.subarray(0, start), ...list])
  for (let i = 0; i < frames.length; i++) {
    assert.equal(
      await codeOf(joined(frames.toSpliced(i, 1))),
      i === frames.length - 1 ? 'backup.incomplete' : 'backup.altered',
    )
    assert.equal(await codeOf(joined(frames.toSpliced(i, 0, frames[i]!))), 'backup.altered')
    assert.equal(await codeOf(joined(frames.with(i, others[i]!))), 'backup.altered')
    if (i > 0)
      assert.equal(
        await codeOf(joined(frames.with(i, frames[i - 1]!).with(i - 1, frames[i]!))),
        'backup.altered',
      )
  }
  assert.equal(await codeOf(Buffer.concat([whole, Buffer.from([0])])), 'backup.altered')
  assert.equal(await codeOf(Buffer.concat([whole, whole])), 'backup.altered')
})

test('another kind of file, and one that a newer program wrote, are told apart', async () => {
  assert.equal(await codeOf(Buffer.from('SQLite format 3\0 and more')), 'backup.not-a-backup')
  assert.equal(await codeOf(randomBytes(4096)), 'backup.not-a-backup')
  const newer = await written({ ...header, format: 2 as 1, version: '9.0.0' })
  await assert.rejects(read(newer), { code: 'backup.newer', message: /Eaves 9\.0\.0/ })
  assert.equal(await codeOf(await written({ ...header, instance: '../../etc' })), 'backup.altered')
})
