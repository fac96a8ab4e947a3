// What tests of a copy share: asking for one, fetching it, and reading the ZIP.
import assert from 'node:assert/strict'
import { assertOk, type FamilyHouse, type Someone } from './family-house.ts'
import { cookieName } from './in-house.ts'
import { unzip } from './unzip.ts'

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
