// Catches a register that lets in a recipient without a name, an address without TLS, a field outside the closed list, or an agreement stretched over more than it covered.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { onBothDialects, quietLog } from '../store/testing.ts'
import { readRecipients, type ReadRegister } from './recipients.ts'
import { createRegister } from './register.ts'
import { maker } from './testing.ts'

const good = {
  id: 'acme',
  name: 'Acme Lighting GmbH',
  kind: 'manufacturer',
  contact: 'privacy@acme.test',
  policyUrl: 'https://acme.test/privacy',
  region: 'EU',
  agreement: { sha256: 'a'.repeat(64), signedAt: '2026-01-01', expiresAt: '2027-01-01' },
  purposes: ['sharing.manufacturer-quality'],
  fields: ['regions', 'devices.model'],
  endpoint: 'https://reports.acme.test/eaves',
  secretFile: 'acme.secret',
  brands: ['Acme'],
}
const read = (over: object, more: readonly object[] = []): ReadRegister =>
  readRecipients(JSON.stringify({ recipients: [{ ...good, ...over }, ...more] }), (path) =>
    path === 'acme.secret' ? 'sixteen letters and more' : path === 'short' ? 'short' : undefined,
  )
const faults = (over: object, more?: readonly object[]): string => {
  const found = read(over, more)
  return 'faults' in found ? found.faults.join('; ') : ''
}

test('without a file nobody is registered, and a whole entry is taken as it stands', () => {
  assert.deepEqual(
    readRecipients(undefined, () => undefined),
    { recipients: [] },
  )
  const found = read({})
  assert.ok('recipients' in found)
  assert.deepEqual(found.recipients[0]?.endpoint, {
    url: good.endpoint,
    secret: 'sixteen letters and more',
  })
  assert.equal('secretFile' in found.recipients[0], false)
})

test('whoever is registered has a name of their own', () => {
  clause('pp.3.1.p')
  for (const name of [
    'partner',
    'Our trusted partners',
    'third-party',
    'Service provider',
    '合作伙伴',
    '第三方',
    'tbd',
    '',
  ])
    assert.match(faults({ name }), /^acme: name/, name)
  for (const name of ['Partner & Söhne KG', 'Vendor Systems Ltd', '小米科技有限责任公司', 'Acme'])
    assert.equal(faults({ name }), '', name)
})

test('each entry that is not right is named, and one wrong entry lets nobody in', () => {
  clause('pp.3.1.4')
  const cases: readonly (readonly [object, RegExp])[] = [
    [{ fields: ['regions', 'owner.email'] }, /acme: fields: owner\.email is nothing that can be sent/],
    [{ purposes: ['marketing'] }, /acme: purposes: marketing is no purpose/],
    [{ purposes: ['service.core'] }, /acme: purposes: service\.core is no purpose/],
    [{ kind: 'partner' }, /acme: purposes: .* for manufacturers alone/],
    [{ endpoint: 'http://reports.acme.test/' }, /acme: endpoint: must be an https/],
    [{ endpoint: 'https://a:b@reports.acme.test/' }, /acme: endpoint: holds a name or password/],
    [{ endpoint: undefined }, /acme: endpoint/],
    [{ secretFile: undefined }, /acme: secretFile/],
    [{ secretFile: 'gone' }, /acme: secretFile: gone cannot be read/],
    [{ secretFile: 'short' }, /acme: secretFile: must hold/],
    [{ secret: 'in the file' }, /acme: has no place for secret/],
    [{ policyUrl: 'http://acme.test' }, /acme: policyUrl/],
    [{ region: 'Mars' }, /acme: region/],
    [{ agreement: { ...good.agreement, sha256: 'x' } }, /acme: agreement\.sha256|acme: agreement sha256/],
    [{ agreement: { ...good.agreement, expiresAt: '2025-01-01' } }, /acme: agreement: ends before/],
    [{ brands: [] }, /acme: brands/],
    [{ fields: [] }, /acme: fields: none/],
    [{ id: 'A c' }, /A c: id/],
  ]
  for (const [over, expected] of cases) assert.match(faults(over), expected)
  assert.match(faults({}, [good]), /acme: stands there twice/)
  assert.match(faults({}, [{ ...good, id: 'other', name: 'partner' }]), /^other: name/)
  assert.deepEqual(
    readRecipients('{', () => undefined),
    { faults: ['it must be {"recipients": [ … ]}'] },
  )
})

onBothDialects('an agreement covers what it covered when it was first seen, and nothing more', async (at) => {
  clause('pp.3.1.a')
  clause('pp.3.1.4')
  const { facts } = at.stores
  const { clock } = at.options
  const start = (over: object) => {
    const recipients = [maker('acme', 'https://acme.test/', { fields: ['devices.count'], ...over })]
    return createRegister({ facts, clock, log: quietLog, recipients }).start()
  }
  const { agreement } = maker('acme', '')
  const until = (day: string) => ({ ...agreement, expiresAt: Date.parse(day) })
  await start({})
  await start({})
  for (const [over, named] of [
    [{ fields: ['devices.count', 'person'] }, /acme: person is more than its agreement covered/],
    [{ name: 'Somebody Else Ltd' }, /acme stood for Acme Lighting GmbH/],
    [{ region: 'US' }, /acme: the region US is more/],
    [{ brands: ['acme', 'beta'] }, /acme: the brand beta is more/],
    [{ agreement: until('2031-01-01') }, /acme: an end on 2031-01-01 is more/],
    [{ mechanism: { kind: 'scc', sha256: 'd'.repeat(64) } }, /acme: another safeguard is more/],
  ] as const)
    await assert.rejects(start(over), named)
  // Less is always covered; after that, what was covered first still is.
  await start({ agreement: undefined, fields: ['devices.count', 'person'] })
  await start({})
  await start({ agreement: until('2029-01-01') })
  await start({ brands: [] })
  await start({})
  await start({ fields: ['devices.count', 'person'], agreement: { ...agreement, sha256: 'b'.repeat(64) } })
  // Gone and back is no way around it, nor is another agreement a way into another company's place.
  await createRegister({ facts, clock, log: quietLog, recipients: [] }).start()
  await assert.rejects(start({ fields: ['regions', 'devices.count'] }), /regions is more/)
  const another = { ...until('2035-01-01'), sha256: 'e'.repeat(64) }
  await assert.rejects(start({ name: 'Somebody Else Ltd', agreement: another }), /stood for Acme/)
  await start({ agreement: another })
})
