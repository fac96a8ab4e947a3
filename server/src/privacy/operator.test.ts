// Catches a hosted service that starts without saying who answers for it.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { contactOf, controllerName } from './contact.ts'
import { readOperator } from './operator.ts'

const whole = {
  controller: { name: 'Hearth Cooperative', address: '12 Mill Lane, Cork, Ireland' },
  privacyContact: 'privacy@hearth.test',
  complaintChannel: 'complaints@hearth.test',
  dataProtectionOfficer: { name: 'The data protection officer', contact: 'dpo@hearth.test' },
  euRepresentative: { notRequired: 'established in the European Union' },
  affiliatesUrl: 'https://hearth.test/affiliates',
}

test('a whole operator.json is read and printed in the contact', () => {
  clause('fm.controller')
  clause('def.aff')
  clause('fm.contact')
  const read = readOperator(JSON.stringify(whole))
  assert.ok('operator' in read)
  const shown = contactOf(
    { role: 'hosted', claimed: true, operator: read.operator, address: undefined },
    'en',
  )
  assert.match(shown.responsible, /Hearth Cooperative/)
  assert.equal(shown.operator?.euRepresentative, 'Not required: established in the European Union')
  assert.deepEqual(
    [shown.operator.privacyContact, shown.operator.complaintChannel, shown.operator.dataProtectionOfficer],
    [whole.privacyContact, whole.complaintChannel, 'The data protection officer, dpo@hearth.test'],
  )
  // Related companies are told of, wherever they stand, and where there are none the reason is.
  assert.equal(shown.operator.affiliates, whole.affiliatesUrl)
  const none = readOperator(JSON.stringify({ ...whole, affiliatesUrl: { notRequired: 'there are none' } }))
  assert.ok('operator' in none)
  const without = contactOf(
    { role: 'hosted', claimed: true, operator: none.operator, address: undefined },
    'en',
  )
  assert.equal(without.operator?.affiliates, 'Not required: there are none')
  assert.equal(controllerName('hosted', read.operator), 'Hearth Cooperative, 12 Mill Lane, Cork, Ireland')
})

test('a name and address in Chinese are as good as any', () => {
  const controller = { name: '榆树街家居服务有限公司', address: '杭州市西湖区榆树街五号' }
  assert.ok('operator' in readOperator(JSON.stringify({ ...whole, controller })))
  for (const name of ['……', '---', '＿＿＿'])
    assert.ok('faults' in readOperator(JSON.stringify({ ...whole, controller: { ...controller, name } })))
})

test('a field that is missing, empty, unknown or a placeholder is named', () => {
  clause('fm.controller')
  const broken: [unknown, RegExp][] = [
    [{ ...whole, privacyContact: undefined }, /^privacyContact/],
    [{ ...whole, complaintChannel: '  ' }, /^complaintChannel/],
    [{ ...whole, controller: { name: 'tbd', address: 'x street 1' } }, /^controller\.name: placeholder/],
    [{ ...whole, privacyContact: 'you@example.com' }, /^privacyContact: placeholder/],
    [{ ...whole, affiliatesUrl: 'http://hearth.test' }, /^affiliatesUrl/],
    [{ ...whole, euRepresentative: { notRequired: '' } }, /^euRepresentative/],
    [{ ...whole, dataProtectionOfficer: '<name>' }, /^dataProtectionOfficer/],
    [{ ...whole, extra: 1 }, /unrecognized/],
    [[], /operator\.json/],
  ]
  for (const [json, fault] of broken) {
    const read = readOperator(JSON.stringify(json))
    assert.ok('faults' in read && read.faults.some((each) => fault.test(each)), JSON.stringify(read))
  }
  for (const text of [undefined, '', '{']) assert.ok('faults' in readOperator(text))
})

test('the operator.json of the guide is one that the start takes', () => {
  clause('fm.controller')
  const guide = readFileSync(new URL('../../../docs/guide/household-settings.md', import.meta.url), 'utf8')
  const [, example] = /```json\n([^`]*"controller"[^`]*)```/.exec(guide) ?? []
  assert.deepEqual('faults' in readOperator(example) ? readOperator(example) : [], [])
})
