import assert from 'node:assert/strict'
import { crc32, inflateRawSync } from 'node:zlib'

/** What is in a ZIP, by its own list; throws where a length or checksum is wrong. */
export function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [crc, packed, size] = [16, 20, 24].map((offset) => bytes.readUInt32LE(at + offset))
    const length = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + length)
    const local = bytes.readUInt32LE(at + 42)
    const start = local + 30 + bytes.readUInt16LE(local + 26)
    const text = inflateRawSync(bytes.subarray(start, start + packed!))
    assert.equal(text.length, size)
    assert.equal(crc32(text), crc)
    files.set(name, text.toString('utf8'))
    at += 46 + length
  }
  return files
}
