// Catches a large change of what is promised that passes for a small one, and a small one that cries wolf.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { contract, type Bases } from '@eaves/model'
import { clause } from '../clauses.ts'
import { classify, type Change } from './classify.ts'
import { daysOf, promisedBy, type Promised } from './promised.ts'
import { lastPublished, publishedVersions } from './published.ts'

const bases: Bases = {
  EU: contract('a'),
  CN: contract('b'),
  US: contract('c'),
  other: contract('d'),
}
const before: Promised = {
  purposes: { 'service.core': { optional: false, bases }, searches: { optional: true, bases } },
  uses: {
    'user.contact.email': {
      'service.core': {
        mandatory: false,
        kept: { 'account.closed, shred': 'P30D' },
        recipients: ['mail-service'],
      },
    },
  },
  rights: {
    portability: { ways: ['post /api/me/requests'], proof: 'none' },
    complain: { ways: ['get /api/contact'], proof: 'none' },
  },
  control: { household: 'them', hosted: 'the operator' },
  contacts: { household: 'the claimant', hosted: 'the desk' },
  assessments: { accounts: 'low' },
}
const use = before.uses['user.contact.email']!['service.core']!
const withUse = (changed: object): Promised => ({
  ...before,
  uses: { 'user.contact.email': { 'service.core': { ...use, ...changed } } },
})
const found = (after: Promised): string[] =>
  classify(before, after).map(({ clause: id, kind, what }: Change) => `${id} ${kind} ${what}`)

test('each kind of large change is found under its clause', () => {
  clause('pp.7.4.1')
  clause('pp.7.4.2')
  clause('pp.7.4.3')
  clause('pp.7.4.4')
  clause('pp.7.4.5')
  clause('pp.7.4.6')
  const email = 'user.contact.email for service.core'
  const changes: readonly (readonly [Promised, readonly string[]])[] = [
    [
      { ...before, purposes: { ...before.purposes, marketing: { optional: true, bases } } },
      ['pp.7.4.1 purpose-added marketing'],
    ],
    [
      {
        ...before,
        purposes: {
          ...before.purposes,
          searches: { optional: true, bases: { ...bases, EU: contract('z') } },
        },
      },
      ['pp.7.4.1 basis-changed searches'],
    ],
    [
      { ...before, purposes: { ...before.purposes, searches: { optional: false, bases } } },
      ['pp.7.4.1 choice-taken searches'],
    ],
    [
      { ...before, uses: { ...before.uses, 'user.name': { 'service.core': { ...use, recipients: [] } } } },
      ['pp.7.4.1 information-added user.name for service.core'],
    ],
    [
      {
        ...before,
        uses: {
          'user.contact.email': { 'service.core': use, searches: { ...use, recipients: ['sms-service'] } },
        },
      },
      [
        'pp.7.4.1 use-added user.contact.email for searches',
        'pp.7.4.3 recipient-added sms-service: user.contact.email for searches',
      ],
    ],
    [withUse({ mandatory: true }), [`pp.7.4.1 made-mandatory ${email}`]],
    [withUse({ kept: { 'account.closed, shred': 'P2M' } }), [`pp.7.4.1 kept-longer ${email}`]],
    [withUse({ kept: { ...use.kept, 'row.created, delete': 'P1D' } }), [`pp.7.4.1 kept-longer ${email}`]],
    [{ ...before, control: { ...before.control, hosted: 'another' } }, ['pp.7.4.2 control-changed hosted']],
    [
      withUse({ recipients: ['mail-service', 'sms-service'] }),
      [`pp.7.4.3 recipient-added sms-service: ${email}`],
    ],
    [{ ...before, rights: { complain: before.rights.complain! } }, ['pp.7.4.4 right-removed portability']],
    [
      { ...before, rights: { ...before.rights, portability: { ways: [], proof: 'none' } } },
      ['pp.7.4.4 right-changed portability'],
    ],
    [
      {
        ...before,
        rights: { ...before.rights, portability: { ways: ['post /api/me/requests'], proof: 'fresh' } },
      },
      ['pp.7.4.4 right-changed portability'],
    ],
    [
      { ...before, contacts: { ...before.contacts, household: 'nobody' } },
      ['pp.7.4.5 contact-changed household'],
    ],
    [{ ...before, assessments: { accounts: 'high' } }, ['pp.7.4.6 high-risk accounts']],
    [{ ...before, assessments: { accounts: 'low', children: 'high' } }, ['pp.7.4.6 high-risk children']],
  ]
  for (const [after, expected] of changes) assert.deepEqual(found(after), expected)
})

test('what only gets narrower is no large change', () => {
  clause('pp.7.3')
  for (const after of [
    before,
    withUse({ recipients: [] }),
    withUse({ kept: { 'account.closed, shred': 'P7D' } }),
    { ...before, uses: {} },
    { ...before, rights: { ...before.rights, more: { ways: ['get /x'], proof: 'none' } } },
    { ...before, purposes: { 'service.core': { optional: false, bases } } },
  ] as const)
    assert.deepEqual(found(after), [])
})

test('what a published version promised is frozen', () => {
  clause('fm.date')
  const hashes = publishedVersions.map(({ version, promised }) => [
    version,
    createHash('sha256').update(JSON.stringify(promised)).digest('hex').slice(0, 16),
  ])
  assert.deepEqual(hashes, [
    ['2.0', 'db0ba5dbc2793b37'],
    ['2.1', '1dc4a578e1b1279d'],
    ['2.2', '8e9c88e778cc4e4e'],
  ])
  assert.deepEqual(classify(lastPublished.promised, lastPublished.promised), [])
})

test('of several tables that hold one kind of information the longest time counts', () => {
  const fact = {
    category: 'user.activity',
    purpose: 'security',
    mandatory: true,
    recipients: [],
  } as const
  const days = (keep: 'P7D' | 'P2W' | 'P1M') =>
    ({ ...fact, retention: { after: 'row.created', keep, then: 'delete' } }) as const
  const { uses } = promisedBy([days('P2W'), days('P1M'), days('P7D')])
  assert.deepEqual(uses['user.activity']!.security!.kept, { 'row.created, delete': 'P1M' })
  assert.ok(daysOf('P1M') > daysOf('P30D') && daysOf('P1Y') > daysOf('P12M') - 1 && daysOf('PT24H') === 1)
})
