// Catches a claim code that can be guessed at without end, and a server that two can claim at once, against the real program.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { actsOn } from './owner-by-http.ts'
import { api, household, until, type Api } from './server.ts'

describe('an unclaimed server', () => {
  test('the tenth wrong code kills the code; a hundred claims at once make one owner', async () => {
    const house = household()
    try {
      const server = await house.start()
      const http: Api = api(server.base)
      const first = await until(() => server.claimCode(), 'the claim code on the console')
      const check = async (code: string) => (await http.call('POST', '/api/claim/check', { code })).status
      for (let i = 0; i < 9; i++) assert.equal(await check(`wrong-${i}`), 401)
      assert.equal(server.claimCode(), first)
      assert.equal(await check(first), 204)
      assert.equal(await check('wrong-9'), 401)
      const second = await until(
        () => server.claimCode() !== first && server.claimCode(),
        'a new code on the console',
      )
      assert.deepEqual([await check(first), await check(second)], [401, 204])
      const acts = await actsOn(server)
      const claims = await Promise.all(
        Array.from({ length: 100 }, (_n, i) =>
          http.call('POST', '/api/claim', { code: second, identifier: { email: `p${i}@example.org` }, acts }),
        ),
      )
      const winners = claims.filter(({ status }) => status === 201)
      assert.equal(winners.length, 1)
      assert.deepEqual(
        [...new Set(claims.filter(({ status }) => status !== 201).map(({ body }) => body.code))],
        ['claim.claimed'],
      )
      assert.ok(claims.every(({ status, text }) => status === 201 || !text.includes('accountId')))
      const cookie = winners[0]!.headers.get('set-cookie')!.split(';')[0]!
      const me = (await (await fetch(`${server.base}/api/me`, { headers: { cookie } })).json()) as {
        accountId: string
      }
      assert.equal(me.accountId, winners[0]!.body.accountId)
    } finally {
      await house.dispose()
    }
  })
})
