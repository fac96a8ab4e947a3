// Catches an age from which a region lets somebody decide alone that is not the law's, and a purpose that slips past the lock for minors.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageBands, regions, type AgeBand, type Region } from '@eaves/model'
import { ageRules, guardianNeed, isLockedForMinors, isMinor, type GuardianNeed } from './ages.ts'
import { clause } from './clauses.ts'
import { optionalPurposes, purposes } from './purposes.ts'

const day = '2026-11-29'

test('each region asks for a guardian below its own age, and elsewhere the strictest holds', () => {
  clause('pp.6')
  const [c, n, o] = ['consent', 'notice', 'none'] as const
  const expected: Readonly<Record<Region, readonly GuardianNeed[]>> = {
    EU: [c, c, c, o, o],
    CN: [c, c, n, n, o],
    US: [c, o, o, o, o],
    other: [c, c, c, n, o],
  }
  for (const region of regions)
    assert.deepEqual(
      ageBands.map((band) => guardianNeed(region, band, day)),
      expected[region],
      region,
    )
})

test('a rule holds from its day on, and a rule to come holds then', () => {
  clause('pp.6')
  assert.equal(guardianNeed('CN', '13', '2021-10-31'), 'notice')
  assert.equal(guardianNeed('CN', '13', '2021-11-01'), 'consent')
  const later = [
    ...ageRules,
    { region: 'US', need: 'consent', below: 18, from: '2027-01-01', article: 'x' } as const,
  ]
  assert.equal(guardianNeed('US', '16-17', day, later), 'none')
  assert.equal(guardianNeed('US', '16-17', '2027-01-01', later), 'consent')
})

test('the bands cut where every age of every rule cuts, so no band holds both answers', () => {
  clause('pp.6')
  const youngest: Readonly<Record<AgeBand, number>> = {
    'under-13': 0,
    '13': 13,
    '14-15': 14,
    '16-17': 16,
    '18-plus': 18,
  }
  for (const { below } of ageRules) assert.ok(Object.values(youngest).includes(below), String(below))
})

test('every optional purpose but those that are named is locked for minors, those to come too', () => {
  clause('pp.6')
  assert.deepEqual(
    optionalPurposes.filter((purpose) => !isLockedForMinors(purpose, true)),
    ['account.device-label'],
  )
  assert.equal(isLockedForMinors('marketing.email' as never, true), true)
  for (const [purpose, { optional }] of Object.entries(purposes))
    if (!optional) assert.equal(isLockedForMinors(purpose as never, optional), false)
  assert.deepEqual(ageBands.map(isMinor), [true, true, true, true, false])
})
