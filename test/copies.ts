// What tests of a copy share: asking for one, fetching it, and reading the ZIP.
import assert from 'node:assert/strict'
import { inflateRawSync, crc32 } from 'node:zlib'
import { assertOk, type FamilyHouse, type Someone } from './family-house.ts'
import { cookieName } from './in-house.ts'

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

export async function bytesAt(
  { house, origins }: FamilyHouse,
  someone: Someone,
  link: string,
): Promise<Response> {
  const { secret } = await house.people.sessions.open(someone.subject, { address: '192.0.2.0' })
  return house
    .app(() => origins, { name: cookieName, secure: false })
    .request(`http://127.0.0.1:8420${link}`, {
      headers: { host: '127.0.0.1:8420', cookie: `${cookieName}=${secret}` },
    })
}

export async function copyOf(house: FamilyHouse, someone: Someone, kind: 'access' | 'portability') {
  const asked = assertOk(await someone.ask('POST', '/api/me/requests', { kind }), 201)
  assert.equal(asked.state, 'planned')
  assert.ok(asked.plan.includes('facts.account') && asked.plan.includes('vault.blind'))
  await house.house.rights.run()
  const done = assertOk(await someone.ask('GET', `/api/me/requests/${asked.id}`))
  assert.equal(done.state, 'answered')
  assert.ok(done.steps.some((each: any) => each.place === 'facts.account' && each.result === 'verified'))
  const { link } = assertOk(await someone.ask('POST', `/api/me/requests/${asked.id}/links`), 201)
  const answer = await bytesAt(house, someone, link)
  assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'application/zip'])
  return { id: asked.id as string, link, files: unzip(Buffer.from(await answer.arrayBuffer())) }
}
