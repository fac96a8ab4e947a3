// Catches an optional purpose that does not rest on consent, and an interest that nobody named.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { locales, purposes as purposeIds, regions } from '@eaves/model'
import { clause, isClauseId } from './clauses.ts'
import { optionalPurposes, purposes } from './purposes.ts'

test('exactly the purposes that rest on consent are optional, in every region', () => {
  clause('pp.lb.2')
  for (const id of purposeIds) {
    for (const region of regions)
      assert.equal(
        purposes[id].bases[region].kind.endsWith('consent'),
        purposes[id].optional,
        `${id} in ${region}`,
      )
  }
  assert.deepEqual(optionalPurposes, ['account.device-label', 'account.search-history'])
})

test('a legitimate interest is named and weighed, and never used in China', () => {
  clause('pp.lb.4')
  for (const id of purposeIds) {
    const { bases, interest } = purposes[id]
    const used = regions.filter((region) => bases[region].kind === 'legitimate-interest')
    assert.ok(!used.includes('CN'))
    assert.equal(used.length > 0, interest !== undefined, id)
    for (const locale of locales)
      if (interest !== undefined)
        assert.ok(interest[locale].interest !== '' && interest[locale].weighing.length > 30)
  }
})

test('each purpose says what, why and what follows from no, in each language', () => {
  for (const id of purposeIds) {
    for (const locale of locales)
      for (const text of Object.values(purposes[id].texts[locale]))
        assert.ok(text.length >= 4, `${id} ${locale}`)
    assert.deepEqual(
      purposes[id].clauses.filter((one) => !isClauseId(one)),
      [],
    )
  }
})
