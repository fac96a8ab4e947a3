// Catches two accounts for one mailbox, codes sent to a lookalike, and addresses that smuggle headers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasCode } from '@eaves/model'
import { clause } from '@eaves/policy'
import { readEmail, readPhone } from './identifiers.ts'

test('spellings of one mailbox share a look-up and keep what was typed', () => {
  clause('pp.2.1.1')
  for (const typed of ['ada@example.org', ' Ada@EXAMPLE.org ', 'ada+home@example.org', 'ａｄａ@example.org'])
    assert.equal(readEmail(typed).lookup, 'ada@example.org')
  assert.equal(readEmail('Ada+Home@Example.org').original, 'Ada+Home@Example.org')
  assert.equal(readEmail('jo@bücher.example').lookup, 'jo@xn--bcher-kva.example')
})

test('a Cyrillic lookalike is another mailbox', () => {
  assert.notEqual(readEmail('аda@example.org').lookup, readEmail('ada@example.org').lookup)
})

test('what cannot be an address is refused by the name of the field', () => {
  for (const typed of [
    '',
    'ada',
    '@example.org',
    'ada@',
    'ada@example',
    'a b@example.org',
    'ada@example.org\r\nBcc: x@example.org',
    'ada@exam\r\n\r\nple.org',
    'ada@exam\u00adple.org',
    'a@example\u0000.org',
    'a@b@example.org',
    '+tag@example.org',
    'ada@exa mple.org',
    'ada@-x.org',
    '"a"@example.org',
    `${'a'.repeat(65)}@example.org`,
    'a\u200bda@example.org',
  ]) {
    assert.throws(
      () => readEmail(typed),
      (error) => hasCode(error, 'input.invalid') && error.errors?.[0]?.path === 'identifier.email',
      JSON.stringify(typed),
    )
  }
})

test('a phone number needs its country code and must ring a person', async () => {
  assert.equal((await readPhone('+49 1512 3456789')).lookup, '+4915123456789')
  assert.equal((await readPhone('0086 138 0013 8000')).lookup, '+8613800138000')
  for (const typed of ['01512 3456789', '+49 1', '+1 900 555 0123', 'ring me'])
    await assert.rejects(
      readPhone(typed),
      (error) => hasCode(error, 'input.invalid') && error.errors?.[0]?.path === 'identifier.phone',
      typed,
    )
})
