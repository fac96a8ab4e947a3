// Catches a receipt that is taken for genuine though it was altered, signed by somebody else, or is another paper.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { openPeople } from './people/testing.ts'
import { createSigner } from './privacy/signing.ts'
import { onBothDialects } from './store/testing.ts'
import { verifyReceipt } from './verify-receipt.ts'

const purpose = 'account.device-label'

onBothDialects('a receipt is checked from files alone, and every alteration shows', async (at) => {
  clause('pp.4.4.e')
  const t = await openPeople(at)
  const { subject } = await t.claimed()
  await t.privacy.setChoice(subject, purpose, true, 'app')
  const given = (await t.privacy.receipt(subject, purpose))!
  await t.privacy.setChoice(subject, purpose, false, 'app')
  const withdrawn = (await t.privacy.receipt(subject, purpose))!
  const contact = await t.privacy.contact('en', true, false)
  const folder = mkdtempSync(join(tmpdir(), 'eaves-receipt-'))
  const file = (name: string, content: unknown) => {
    const path = join(folder, name)
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    return path
  }
  const judge = async (content: unknown, keys: unknown = contact) => {
    const said: string[] = []
    const args = [file('receipt.json', content), '--keys', file('keys.json', keys), '--json']
    const code = await verifyReceipt(args, (text) => said.push(text))
    const { valid, fault, state } = JSON.parse(said.join('')) as Record<string, unknown>
    assert.equal(code, valid === true ? 0 : 1)
    return valid === true ? state : fault
  }
  assert.equal(await judge(given), 'given')
  assert.equal(await judge(withdrawn), 'not-given')
  assert.deepEqual(
    given.events.map(({ event_type: type }) => type),
    ['shown', 'refused', 'given'],
  )
  const [head, body, signature] = given.jws.split('.') as [string, string, string]
  const other = createSigner({ ownKey: async (_name, make) => make() })
  const stranger = await other.sign('eaves-receipt', JSON.parse(Buffer.from(body, 'base64url').toString()))
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = encoded({ alg: 'none', typ: 'eaves-receipt', kid: contact.keys[0]!.kid })
  const asErasure = encoded({ alg: 'EdDSA', typ: 'eaves-erasure', kid: contact.keys[0]!.kid })
  for (const [what, content, fault] of [
    ['another state', { ...given, state: 'not-given' }, 'differs'],
    ['the signature of an earlier state', { ...withdrawn, jws: given.jws }, 'differs'],
    ['another body', { ...given, jws: `${head}.${withdrawn.jws.split('.')[1]}.${signature}` }, 'altered'],
    ['no method', { ...given, jws: `${unsigned}.${body}.` }, 'not-signed'],
    ['another kind of paper', { ...given, jws: `${asErasure}.${body}.${signature}` }, 'wrong-type'],
    ['a stranger’s key', { ...given, jws: stranger }, 'unknown-key'],
    ['a field beside it', { ...given, more: true }, 'not-a-receipt'],
    ['a field inside it', { ...given, processing: { ...given.processing, sold_to: 'a broker' } }, 'differs'],
    ['half of it', { header: given.header }, 'not-a-receipt'],
  ] as const)
    assert.equal(await judge(content), fault, what)
  const [key] = contact.keys
  const [theirs] = await other.keys()
  assert.equal(
    await judge({ ...given, jws: stranger }, { keys: [{ ...theirs, kid: key!.kid }] }),
    'unknown-key',
  )
  rmSync(folder, { recursive: true, force: true })
})

test('without a file, without keys and with what is no JSON it says how to use it', async () => {
  for (const args of [[], ['--keys', 'x'], ['x.json'], ['/nowhere/x.json', '--keys', '/nowhere/y.json']])
    await assert.rejects(verifyReceipt(args), /Use: eaves verify-receipt/)
})
