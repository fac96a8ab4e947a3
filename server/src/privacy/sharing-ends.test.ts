// Catches a report about somebody who is being erased, a request to delete that is lost, a count or a name that says what was not so, and a yes stretched over more than it was given to.
import assert from 'node:assert/strict'
import { clause } from '@eaves/policy'
import { ask } from '../rights/testing.ts'
import { onBothDialects, quietLog } from '../store/testing.ts'
import type { Post } from './egress-post.ts'
import type { Registered } from './recipients.ts'
import { createRegister } from './register.ts'
import { dayMs, maker } from './testing.ts'
import { open, purpose, refused } from './testing/open-sharing.ts'

const number = 'user.device.device_id'
const use = 'device.use'
const answered = (status: number, text = '') => ({ status, text, retryAfterSeconds: undefined })

onBothDialects('nothing leaves about an account that is closed, though its erasure broke off', async (at) => {
  clause('pp.4.4.a')
  clause('pp.3.1')
  const t = await open(at)
  await t.say(true)
  await t.privacy.sharing.daily()
  await ask(at.stores, { store: 'facts' }, 'UPDATE account SET closed_at = 1 WHERE subject = ?', [t.subject])
  await t.run()
  assert.equal(t.out.bodies.length, 0)
})

onBothDialects(
  'a request to delete goes whatever the text promises now, and one that reaches nobody is told as that',
  async (at) => {
    clause('pp.3.1.3')
    const recipients: Registered[] = [maker('acme', 'https://acme.test/')]
    let isPromised = true
    let status = 204
    let tries = 0
    const t = await open(at, recipients, {
      isPromised: () => isPromised,
      egress: {
        post: async () => {
          tries += 1
          if (status === 0) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
          return answered(status)
        },
      },
    })
    const { sharing } = t.privacy
    const acme = async () => (await t.mine()).recipients[0]!
    await t.say(true, [number])
    assert.equal((await acme()).canAsk, false)
    await t.run()
    assert.equal((await acme()).canAsk, true)
    isPromised = false
    await sharing.askDeletion(t.subject, 'acme')
    await sharing.drain()
    assert.deepEqual([(await acme()).deletion?.state, (await acme()).canAsk], ['asked', false])
    t.clock.advance(31 * dayMs)
    await sharing.drain()
    assert.deepEqual([(await acme()).deletion?.state, (await acme()).canAsk], ['silent', true])
    // Unplugged for a while, then for good.
    const [known] = recipients
    await sharing.askDeletion(t.subject, 'acme')
    recipients.length = 0
    await sharing.drain()
    assert.equal((await acme()).deletion?.state, 'waiting')
    recipients.push(known!)
    status = 0
    tries = 0
    for (let week = 0; week < 5; week++) {
      t.clock.advance(7 * dayMs)
      await sharing.drain()
    }
    assert.ok(tries > 1, `${tries}`)
    assert.equal((await acme()).deletion?.state, 'unreached')
    recipients[0] = { ...known!, purposes: [], endpoint: undefined }
    await assert.rejects(sharing.askDeletion(t.subject, 'acme'), refused('policy.no-endpoint'))
    assert.equal((await acme()).canAsk, false)
  },
)

onBothDialects('after an answer that all is deleted, what came later can be asked for again', async (at) => {
  clause('pp.3.1.3')
  const t = await open(at, undefined, {
    egress: { post: async () => answered(200, '{"deletion":"done"}') },
  })
  const { sharing } = t.privacy
  await t.say(true, [number])
  await t.run()
  // What is said in answer to a report is about no request to delete.
  const answers = await ask(at.stores, { store: 'facts' }, 'SELECT answer FROM disclosure_outcome')
  assert.deepEqual(
    answers.map(({ answer }) => answer),
    [null],
  )
  await sharing.askDeletion(t.subject, 'acme')
  await sharing.drain()
  const acme = async () => (await t.mine()).recipients[0]!
  assert.deepEqual([(await acme()).deletion?.state, (await acme()).canAsk], ['done', false])
  t.clock.advance(dayMs)
  await t.run()
  assert.deepEqual([(await acme()).deletion?.state, (await acme()).canAsk], ['done', true])
})

onBothDialects(
  'only what reached a recipient counts as received; each line says on which yes and to whom by the name of then',
  async (at) => {
    clause('pp.3.1')
    clause('pp.3.1.p')
    const recipients: Registered[] = [maker('acme', 'https://acme.test/')]
    let isUp = false
    const sent: Post[] = []
    const t = await open(at, recipients, {
      egress: {
        post: async (post) => {
          if (!isUp) throw Object.assign(new Error('down'), { code: 'ECONNREFUSED' })
          sent.push(post)
          return answered(204)
        },
      },
    })
    const { facts } = at.stores
    const { clock } = at.options
    const remember = () => createRegister({ facts, clock, log: quietLog, recipients }).start()
    await remember()
    await t.say(true, [number])
    const saidAt = (await t.mine()).recipients[0]!.sharing[0]!.choices.find(({ given }) => given)?.at
    await t.run()
    assert.deepEqual([(await t.mine()).recipients[0]?.received, (await t.mine()).received.length], [0, 1])
    isUp = true
    t.clock.advance(dayMs)
    await t.run()
    await t.privacy.sharing.askDeletion(t.subject, 'acme')
    await t.privacy.sharing.drain()
    const reports = sent.filter(({ body }) => String(body).includes('"report"')).length
    const mine = await t.mine()
    assert.ok(reports > 0)
    assert.equal(mine.recipients[0]?.received, reports)
    assert.deepEqual(mine.received.find(({ kind }) => kind === 'report')?.consentedAt, [saidAt])
    // Another company cannot take its place; gone from the register it is told by the name of then.
    const { agreement } = recipients[0]!
    recipients[0] = maker('acme', 'https://acme.test/', {
      name: 'Somebody Else Ltd',
      agreement: { ...agreement!, sha256: 'b'.repeat(64) },
    })
    await assert.rejects(remember(), /acme stood for Acme Lighting GmbH/)
    recipients.length = 0
    await remember()
    const later = await t.mine()
    assert.deepEqual(
      [later.recipients[0]?.name, ...new Set(later.received.map(({ name }) => name))],
      ['Acme Lighting GmbH', 'Acme Lighting GmbH'],
    )
  },
)

onBothDialects('a yes is to the brands that were named: one more ends it', async (at) => {
  clause('pp.3.1.1')
  clause('pp.3.1.4')
  const recipients = [maker('acme', 'https://acme.test/')]
  const t = await open(at, recipients)
  const { notice } = (await t.mine()).recipients[0]!.sharing[0]!
  assert.deepEqual(notice.recipient.brands, ['acme'])
  await t.say(true)
  await t.privacy.sharing.daily()
  recipients[0] = maker('acme', 'https://acme.test/', { brands: ['acme', 'beta'] })
  await t.run()
  assert.equal(t.out.bodies.length, 0)
  assert.equal((await t.mine()).recipients[0]!.sharing[0]!.choices[2]!.state, 'superseded')
})

onBothDialects('a safeguard of another region’s law lets nothing out of a region', async (at) => {
  clause('pp.3.1')
  const sha256 = 'c'.repeat(64)
  const abroad = (id: string, kind: 'scc' | 'pipl-38') =>
    maker(id, `https://${id}.test/`, { region: 'US', mechanism: { kind, sha256 } })
  const t = await open(at, [abroad('acme', 'pipl-38'), abroad('beta', 'scc')])
  await assert.rejects(t.say(true), refused('policy.region'))
  await t.say(true, [use], { id: 'beta' })
  await t.run()
  assert.equal(t.out.bodies.length, 1)
  await ask(at.stores, { store: 'facts' }, `UPDATE account SET region = 'CN' WHERE subject = ?`, [t.subject])
  t.clock.advance(dayMs)
  await t.run()
  assert.equal(t.out.bodies.length, 1)
  assert.equal((await t.privacy.sharingReceipt(t.subject, 'beta', purpose))?.state, 'given')
})
