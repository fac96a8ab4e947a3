// Catches a yes that outlives the recipient it was given to, or the contract it was given under, and a no that is refused because the register no longer names somebody.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { dayMs, maker } from './testing.ts'
import { open, purpose, refused, type Here } from './testing/open-sharing.ts'

const use = 'device.use'
const region = 'user.location.imprecise'
const eventsOf = async (t: Here) =>
  (await t.privacy.sharingReceipt(t.subject, 'acme', purpose))!.events.map(({ event_type }) => event_type)

onBothDialects(
  'a yes ends when its recipient leaves the register, and does not come back with it',
  async (at) => {
    clause('pp.3.1.1')
    const acme = maker('acme', 'https://acme.test/')
    const recipients = [acme]
    const t = await open(at, recipients)
    const { sharing } = t.privacy
    await sharing.start()
    await t.say(true, [use, region])
    recipients.length = 0
    await sharing.start()
    await sharing.start()
    recipients.push(acme)
    await sharing.start()
    await t.run()
    assert.equal(t.out.bodies.length, 0)
    assert.deepEqual(await eventsOf(t), ['shown', 'given', 'superseded'])
    await t.say(true)
    await t.run()
    assert.equal(t.out.bodies.length, 1)
    // Nor when it stays and loses the purpose for a while.
    recipients[0] = { ...acme, purposes: [], endpoint: undefined }
    await sharing.start()
    recipients[0] = acme
    await sharing.start()
    t.clock.advance(dayMs)
    await t.run()
    assert.equal(t.out.bodies.length, 1)
  },
)

onBothDialects('a no works whatever the register says of the recipient', async (at) => {
  clause('pp.4.4.e')
  const acme = maker('acme', 'https://acme.test/')
  const recipients = [acme]
  const t = await open(at, recipients)
  const { sharing } = t.privacy
  const say = (given: boolean, id = 'acme', category: typeof use | typeof region = use) =>
    sharing.choose(
      t.subject,
      id,
      { purpose, locale: 'en', noticeSha256: '0'.repeat(64), choices: [{ category, given }] },
      { surface: 'app', gpc: false },
    )
  await t.say(true, [use, region])
  // A kind of information that it takes no longer.
  recipients[0] = { ...acme, fields: ['devices.count'] }
  await say(false, 'acme', region)
  await t.privacy.sharing.daily()
  recipients.length = 0
  const row = await say(false)
  assert.deepEqual(
    [row.notice, row.choices.length, row.choices.some(({ given }) => given)],
    [undefined, 2, false],
  )
  await say(false)
  await assert.rejects(say(true), refused('auth.not-found'))
  await assert.rejects(say(false, 'nobody'), refused('auth.not-found'))
  recipients.push(acme)
  await t.run()
  assert.equal(t.out.bodies.length, 0)
  assert.deepEqual(await eventsOf(t), ['shown', 'given', 'shown', 'withdrawn', 'superseded', 'refused'])
})

onBothDialects('a yes rests under another contract or safeguard until it is renewed', async (at) => {
  clause('pp.3.1.1')
  clause('pp.3.1.a')
  const acme = maker('acme', 'https://acme.test/', {
    region: 'US',
    mechanism: { kind: 'scc', sha256: 'c'.repeat(64) },
  })
  const recipients = [acme]
  const t = await open(at, recipients)
  await t.say(true)
  const { agreement } = acme
  // An end that comes sooner takes nothing from whoever said yes.
  recipients[0] = { ...acme, agreement: { ...agreement!, expiresAt: Date.UTC(2029, 0, 1) } }
  await t.run()
  assert.equal(t.out.bodies.length, 1)
  for (const more of [
    { agreement: { ...agreement!, sha256: 'b'.repeat(64) } },
    { mechanism: { kind: 'scc', sha256: 'd'.repeat(64) } as const },
  ]) {
    recipients[0] = { ...recipients[0], ...more }
    t.clock.advance(dayMs)
    const before: number = t.out.bodies.length
    await t.run()
    assert.equal(t.out.bodies.length, before)
    assert.equal((await t.mine()).recipients[0]!.sharing[0]!.choices[2]!.state, 'superseded')
    await t.say(true)
    await t.run()
    assert.equal(t.out.bodies.length, before + 1)
  }
})
