// Catches a restriction or refusal that is recorded and changes nothing, stops too much, or deletes what was only to rest.
import assert from 'node:assert/strict'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { regions, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { onBothDialects } from '../server/src/store/testing.ts'
import { assertOk, openFamily, told, type FamilyHouse, type Someone } from './family-house.ts'

const rowsOf = async ({ house }: FamilyHouse, table: string, subject: SubjectId) =>
  ask(house.stores, { store: 'facts' }, `SELECT * FROM "${table}" WHERE subject = ?`, [subject])

/** Whom a part that works by itself finds, with a handle that it made before. */
function finder({ house }: FamilyHouse) {
  const handle = house.stores.facts.as({
    scope: { instance: true },
    actor: { kind: 'system', part: 'notices' },
    purpose: 'service.core',
  })
  return async () =>
    (await handle.selectFrom('account').select('subject').execute()).map(({ subject }) => subject)
}

onBothDialects(
  'whoever restricts is gone at once from what works by itself; nothing is deleted, the home works, and only they lift it',
  async (_at, dialect) => {
    clause('pp.4.4.c')
    clause('pp.8')
    const house = await openFamily(dialect)
    try {
      const { owner, home } = house
      const ben = await house.somebody('ben', 'adult')
      const search = async (someone: Someone) => {
        assertOk(await someone.ask('POST', '/api/search', { q: 'lamp' }))
        return (await rowsOf(house, 'search_log', someone.subject)).length
      }
      for (const someone of [owner, ben])
        assertOk(await someone.ask('PUT', '/api/me/choices/account.search-history', { given: true }))
      assert.equal(await search(owner), 1)
      const found = finder(house)
      assert.deepEqual((await found()).toSorted(), [owner.subject, ben.subject].toSorted())
      const asked = assertOk(await owner.ask('POST', '/api/me/requests', { kind: 'restriction' }), 201)
      assert.deepEqual([asked.state, asked.canEnd], ['answered', true])
      // The same handle as before, at its next query.
      assert.deepEqual(await found(), [ben.subject])
      assert.deepEqual([await search(owner), await search(ben)], [1, 1])
      await house.house.retention.run()
      assert.equal((await rowsOf(house, 'search_log', owner.subject)).length, 1)
      // Their own look and act, and everybody else's home, go on.
      assertOk(await owner.ask('GET', '/api/me/held'))
      for (const someone of [owner, ben]) {
        const { lamp } = await house.devices()
        const command = { capability: 'onOff', command: 'turnOn' }
        const answer = await someone.ask('POST', `/api/homes/${home}/devices/${lamp}/commands`, command)
        assert.equal(answer.status, 202, answer.text)
        house.clock.advance(2_000)
      }
      if (dialect === 'sqlite') {
        await house.reopen()
        assert.deepEqual(await finder(house)(), [ben.subject])
      }
      assert.equal((await ben.ask('DELETE', `/api/me/requests/${asked.id}`)).status, 404)
      assert.equal(assertOk(await owner.ask('DELETE', `/api/me/requests/${asked.id}`)).state, 'closed')
      assert.equal((await finder(house)()).length, 2)
      assert.equal(await search(owner), 2)
    } finally {
      await house.end()
    }
  },
)

test('a refused purpose stops within the request, for its person alone', async () => {
  clause('pp.4.4.b')
  clause('pp.8')
  const house = await openFamily()
  try {
    const { owner } = house
    const ben = await house.somebody('ben', 'adult')
    const lines = async (someone: Someone) => (await rowsOf(house, 'activity_log', someone.subject)).length
    const before = await lines(owner)
    const refused = assertOk(
      await owner.ask('POST', '/api/me/requests', { kind: 'objection', purpose: 'security' }),
      201,
    )
    const { session } = await house.signIn(owner.subject)
    assert.equal(await lines(owner), before)
    const row = (await rowsOf(house, 'session', owner.subject)).find(({ id }) => id === session)
    assert.equal(row!.address, null)
    const his = await lines(ben)
    await house.signIn(ben.subject)
    assert.equal(await lines(ben), his + 1)
    // What there is of it stays to be seen until it runs out.
    assert.equal((await owner.ask('GET', '/api/me/activity')).status, 200)
    assertOk(await owner.ask('DELETE', `/api/me/requests/${refused.id}`))
    await house.signIn(owner.subject)
    assert.equal(await lines(owner), before + 1)
    // No marketing exists, and the refusal stands all the same.
    const marketing = assertOk(
      await owner.ask('POST', '/api/me/requests', { kind: 'objection-marketing' }),
      201,
    )
    assert.equal(marketing.state, 'answered')
  } finally {
    await house.end()
  }
})

const operator = {
  controller: { name: 'Hearth Cooperative', address: '12 Mill Lane, Cork, Ireland' },
  privacyContact: 'privacy@hearth.test',
  complaintChannel: 'complaints@hearth.test',
  dataProtectionOfficer: { name: 'The data protection officer', contact: 'dpo@hearth.test' },
  euRepresentative: { notRequired: 'established in the European Union' },
  affiliatesUrl: 'https://hearth.test/affiliates',
}

test('every right is there in every region and in both operating roles', async () => {
  clause('pp.1.3')
  clause('pp.8')
  const dir = mkdtempSync(join(tmpdir(), 'eaves-operator-'))
  const file = join(dir, 'operator.json')
  writeFileSync(file, JSON.stringify(operator))
  try {
    const roles: readonly Readonly<Record<string, string>>[] = [
      {},
      { EAVES_ROLE: 'hosted', EAVES_OPERATOR_FILE: file },
    ]
    for (const env of roles) {
      const house = await openFamily('sqlite', undefined, { env })
      try {
        for (const region of regions) {
          const person = await house.somebody(`of-${region.toLowerCase()}`, 'adult')
          await ask(
            house.house.stores,
            { store: 'facts' },
            'UPDATE account SET region = ? WHERE subject = ?',
            [region, person.subject],
          )
          assertOk(await person.ask('GET', '/api/me/held'))
          for (const body of [
            { kind: 'access' },
            { kind: 'portability' },
            { kind: 'objection', purpose: 'security' },
            { kind: 'objection', purpose: 'account.search-history' },
            { kind: 'objection-marketing' },
            { kind: 'restriction' },
            { kind: 'erasure' },
          ]) {
            const made = await person.ask('POST', '/api/me/requests', body)
            assert.equal(made.status, 201, `${region} ${JSON.stringify(body)}: ${told(made)}`)
            const days = (Date.parse(made.json.dueAt) - Date.parse(made.json.receivedAt)) / 86_400_000
            assert.ok(days > 14 && days < 47, `${region}: ${days}`)
          }
          await house.house.rights.run()
          const list = assertOk(await person.ask('GET', '/api/me/requests')) as {
            kind: string
            state: string
          }[]
          for (const { kind, state } of list)
            assert.equal(state, kind === 'erasure' ? 'planned' : 'answered', `${region} ${kind}`)
        }
      } finally {
        await house.end()
      }
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})
