// Catches something about a person that leaves without a yes of their own to this recipient, this kind of information and this text; or that leaves and is written down nowhere.
import assert from 'node:assert/strict'
import { newId, type SubjectId } from '@eaves/model'
import { myRecipients, receipt, recipientsPage, sharingRow } from '@eaves/model/api'
import { clause, type SharedCategory } from '@eaves/policy'
import { onBothDialects } from '../store/testing.ts'
import { pairwise } from './deliver.ts'
import { dayMs, maker } from './testing.ts'
import { open, purpose, refused } from './testing/open-sharing.ts'

const use = 'device.use'
const region = 'user.location.imprecise'
const number = 'user.device.device_id'

onBothDialects(
  'nothing leaves until a kind of information was given to that recipient; then that kind alone, once a day, and it is told',
  async (at) => {
    clause('pp.3.1')
    clause('pp.3.1.1')
    clause('pp.3.1.3')
    const t = await open(at)
    await t.run()
    assert.equal(t.out.bodies.length, 0)
    for (const { choices, mayAsk } of (await t.mine()).recipients.flatMap(({ sharing }) => sharing)) {
      assert.deepEqual([choices.map(({ given }) => given), mayAsk], [[false, false, false], true])
    }
    await t.say(true, [use])
    await t.run()
    await t.run()
    assert.deepEqual(
      t.reports().map(({ report }) => Object.keys(report)),
      [['devices']],
    )
    const mine = await t.mine()
    assert.equal(mine.received.length, 1)
    const [row] = mine.received
    assert.deepEqual(
      [row?.name, row?.kind, row?.outcome, row?.bytes, row?.fields.length],
      ['Acme Lighting GmbH', 'report', 'sent', t.out.bodies[0]!.length, 5],
    )
    const proof = receipt.parse(await t.privacy.sharingReceipt(t.subject, 'acme', purpose))
    assert.deepEqual(row?.consents, [proof.header.record_id])
    assert.match(proof.processing.recipients[0]!, /^Acme Lighting GmbH, privacy@acme\.test, EU$/)
    assert.deepEqual(proof.processing.pii_categories.length, 1)
    assert.equal(proof.state, 'given')
    t.clock.advance(dayMs)
    await t.run()
    assert.equal(t.out.bodies.length, 2)
    assert.deepEqual(
      mine.recipients.map(({ id, received }) => [id, received]),
      [
        ['acme', 1],
        ['beta', 0],
      ],
    )
  },
)

onBothDialects(
  'what leaves is the closed schema and nothing of the careless state around it, and two makers have no number in common',
  async (at) => {
    clause('pp.3.1.3')
    clause('pp.3.1.4')
    const t = await open(at)
    const all = [region, number, use] as const
    await t.say(true, all)
    await t.say(true, all, { id: 'beta' })
    await t.run()
    const person = await pairwise(at.stores.vault, 'acme', t.subject)
    const [acme, beta] = t.reports().map(({ report }) => report)
    const devices = [
      { count: 1, unreachable: 0, commands: 'few' },
      { model: 'Lamp 3', firmware: '1.2.0', count: 2, unreachable: 1, commands: 'some' },
    ]
    const found = [acme, beta].toSorted((a) => (a?.person === person ? -1 : 1))
    assert.deepEqual(found[0], { regions: ['Europe'], person, devices: found[0]?.devices as object[] })
    const byCount = (a: { count: number }, b: { count: number }) => a.count - b.count
    const told = found[0]?.devices as typeof devices | undefined
    assert.deepEqual(told?.toSorted(byCount), devices)
    assert.match(person, /^[0-9a-f]{32}$/)
    assert.match(String(found[1]?.person), /^[0-9a-f]{32}$/)
    assert.notEqual(found[1]?.person, person)
    for (const body of t.out.bodies)
      assert.doesNotMatch(body, /\bada\b|elm street|52\.5|13\.4|0x00|00:11|bedroom|berlin|owner|nested/i)
    for (const body of t.out.bodies) assert.equal(body.includes(t.subject), false)
    // However many people, the numbers of two makers share no beginning, end or difference.
    const pairs = await Promise.all(
      Array.from({ length: 50 }, async () => {
        const subject = newId<SubjectId>()
        return Promise.all(['acme', 'beta'].map((id) => pairwise(at.stores.vault, id, subject)))
      }),
    )
    assert.equal(new Set(pairs.flatMap((pair) => pair.map((each) => each.slice(0, 8)))).size, 100)
  },
)

onBothDialects('a yes to another text, under the signal, or to whom nothing binds is none', async (at) => {
  clause('pp.3.1.1')
  clause('pp.3.1.a')
  clause('pp.4.4.d')
  const t = await open(at, [
    maker('acme', 'https://acme.test/'),
    maker('expired', 'https://x.test/', {
      agreement: { sha256: 'a'.repeat(64), signedAt: 1, expiresAt: 2 },
    }),
    maker('missing', 'https://x.test/', { agreement: undefined }),
    maker('abroad', 'https://x.test/', { region: 'US' }),
  ])
  await assert.rejects(t.say(true, [use], { sha: '0'.repeat(64) }), refused('policy.notice-changed'))
  const other = (await t.mine()).recipients[3]!.sharing[0]!.notice.sha256
  await assert.rejects(t.say(true, [use], { sha: other }), refused('policy.notice-changed'))
  await assert.rejects(t.say(true, [use], { gpc: true }), refused('policy.gpc'))
  await assert.rejects(t.say(true, [use], { id: 'expired' }), refused('policy.no-agreement'))
  await assert.rejects(t.say(true, [use], { id: 'missing' }), refused('policy.no-agreement'))
  await assert.rejects(t.say(true, [use], { id: 'abroad' }), refused('policy.region'))
  await assert.rejects(t.say(true, ['user.name' as SharedCategory]), refused('auth.not-found'))
  await assert.rejects(t.say(true, [use], { id: 'nobody' }), refused('auth.not-found'))
  await t.run()
  assert.equal(t.out.bodies.length, 0)
  const everyState = (await t.mine()).recipients.flatMap(({ sharing }) =>
    sharing.flatMap(({ choices }) => choices.map(({ state }) => state)),
  )
  assert.deepEqual([...new Set(everyState)], ['never'])
})

onBothDialects('a purpose that the published text does not name has nobody', async (at) => {
  clause('pp.2.3.5')
  let isPromised = true
  const t = await open(at, undefined, { isPromised: () => isPromised })
  await t.say(true)
  await t.privacy.sharing.daily()
  isPromised = false
  await t.privacy.sharing.drain()
  assert.equal(t.out.bodies.length, 0)
  assert.deepEqual(
    (await t.mine()).recipients.map(({ sharing }) => sharing.length),
    [0, 0],
  )
  await assert.rejects(t.say(true, [region], { sha: '0'.repeat(64) }), refused('policy.purpose'))
})

onBothDialects('nothing about a child leaves, nor does a child say yes', async (at) => {
  clause('pp.3.1.3')
  let isMinor = false
  const t = await open(at, undefined, { isMinor: () => isMinor })
  await t.say(true)
  isMinor = true
  await t.run()
  assert.equal(t.out.bodies.length, 0)
  await assert.rejects(t.say(true, [region]), refused('policy.minor'))
  await t.say(false)
})

onBothDialects(
  'a report rests on a consent of its own person that still holds: not on one that ended, nor on somebody else’s',
  async (at) => {
    clause('pp.3.1.1')
    const t = await open(at)
    const { sharing } = t.privacy
    await t.say(true)
    const proof = (await t.privacy.sharingReceipt(t.subject, 'acme', purpose))!
    const asked = {
      subject: t.subject,
      id: newId(),
      kind: 'report',
      recipient: 'acme',
      purpose,
      slot: '2026-01-05',
    } as const
    const basis = proof.header.record_id
    assert.deepEqual(await sharing.release({ ...asked, basis: newId() }), { refused: 'consent-ended' })
    assert.deepEqual(await sharing.release({ ...asked, recipient: 'beta', basis }), {
      refused: 'not-consented',
    })
    await t.say(false)
    await t.say(true)
    assert.deepEqual(await sharing.release({ ...asked, basis }), { refused: 'consent-ended' })
    assert.deepEqual(await sharing.release({ ...asked, recipient: 'nobody', basis }), {
      refused: 'not-registered',
    })
    assert.equal(t.out.bodies.length, 0)
    const now = (await t.privacy.sharingReceipt(t.subject, 'acme', purpose))!
    assert.deepEqual(await sharing.release({ ...asked, basis: now.header.record_id }), {
      outcome: 'sent',
      answer: null,
    })
  },
)

onBothDialects(
  'the agreement is a condition of each sending: without it the queue waits, and the same one lets it go',
  async (at) => {
    clause('pp.3.1.a')
    const acme = maker('acme', 'https://acme.test/')
    const recipients = [acme]
    const t = await open(at, recipients)
    await t.say(true)
    await t.privacy.sharing.daily()
    recipients[0] = { ...acme, agreement: undefined }
    await t.run()
    assert.equal(t.out.bodies.length, 0)
    recipients[0] = acme
    t.clock.advance(dayMs)
    await t.privacy.sharing.drain()
    assert.equal(t.out.bodies.length, 1)
  },
)

onBothDialects('a no counts for months, and the app does not ask again meanwhile', async (at) => {
  clause('pp.4.4.d')
  clause('pp.4.4.e')
  const t = await open(at)
  const { sharing } = t.privacy
  const ask = () => sharing.shown(t.subject, 'acme', { purpose, locale: 'en' }, 'app')
  assert.equal(sharingRow.parse(await ask()).mayAsk, false)
  await assert.rejects(ask(), refused('policy.asked-recently'))
  await t.say(false)
  for (const days of [1, 100, 79]) {
    t.clock.advance(days * dayMs)
    await assert.rejects(ask(), refused('policy.asked-recently'))
  }
  // The person may at any time.
  await t.say(true)
  await t.say(false)
  const row = (await t.mine()).recipients[0]!.sharing[0]!
  assert.deepEqual([row.mayAsk, row.askAgainAt?.slice(0, 10)], [false, '2027-01-04'])
  t.clock.advance(185 * dayMs)
  await ask()
})

onBothDialects(
  'a yes ends with its time and with its text; renewing it is a yes of its own, and the ledger says all of it',
  async (at) => {
    clause('pp.3.1.1')
    const t = await open(at)
    await t.say(true)
    t.clock.advance(731 * dayMs)
    await t.run()
    assert.equal(t.out.bodies.length, 0)
    assert.equal((await t.mine()).recipients[0]!.sharing[0]!.choices[2]!.state, 'expired')
    await t.say(true)
    await t.run()
    assert.equal(t.out.bodies.length, 1)
    const events = (await t.privacy.sharingReceipt(t.subject, 'acme', purpose))!.events
    assert.deepEqual(
      events.map(({ event_type }) => event_type),
      ['shown', 'given', 'expired', 'shown', 'renewed'],
    )
  },
)

onBothDialects('another text under the same recipient ends every yes to it', async (at) => {
  clause('pp.3.1.1')
  const recipients = [maker('acme', 'https://acme.test/', { fields: ['devices.count'] })]
  const t = await open(at, recipients)
  await t.say(true)
  await t.privacy.sharing.daily()
  // As after a restart with a register that another agreement covers.
  recipients[0] = maker('acme', 'https://acme.test/', { fields: ['devices.count', 'devices.model'] })
  await t.privacy.sharing.drain()
  await t.run()
  assert.equal(t.out.bodies.length, 0)
  assert.equal((await t.mine()).recipients[0]!.sharing[0]!.choices[0]!.state, 'superseded')
})

onBothDialects(
  'Global Privacy Control turns everything off at once, is written down once, and is told',
  async (at) => {
    clause('pp.4.4.d')
    const t = await open(at)
    const { sharing } = t.privacy
    const signals = async () =>
      (
        await at.stores.facts
          .as({
            scope: { person: t.subject },
            actor: { kind: 'system', part: 'jobs' },
            purpose: 'service.core',
          })
          .selectFrom('consent_event')
          .select('event')
          .where('surface', '=', 'gpc')
          .orderBy('at')
          .execute()
      ).map(({ event }) => event)
    await sharing.honourGpc(t.subject)
    await sharing.honourGpc(t.subject)
    t.clock.advance(dayMs)
    await sharing.honourGpc(t.subject)
    assert.deepEqual(await signals(), ['refused'])
    await t.say(true)
    await t.say(true, [region], { id: 'beta' })
    await sharing.daily()
    await sharing.honourGpc(t.subject)
    await sharing.drain()
    assert.equal(t.out.bodies.length, 0)
    assert.deepEqual(await signals(), ['refused', 'withdrawn'])
    const mine = myRecipients.parse(await sharing.mine(t.subject, { locale: 'zh-Hans', gpc: true }))
    assert.deepEqual([mine.gpc, typeof mine.gpcAt], [true, 'string'])
    for (const { choices, mayAsk } of mine.recipients.flatMap((each) => each.sharing))
      assert.ok(choices.every(({ given }) => !given) && !mayAsk)
  },
)

onBothDialects(
  'a recipient is asked to delete what stands for somebody; its answer is told, and so is its silence',
  async (at) => {
    clause('pp.3.1.3')
    let said = ''
    const bodies: string[] = []
    const t = await open(at, undefined, {
      egress: {
        post: async ({ body }) => {
          bodies.push(String(body))
          return { status: 200, text: said, retryAfterSeconds: undefined }
        },
      },
    })
    const { sharing } = t.privacy
    const ask = (id = 'acme') => sharing.askDeletion(t.subject, id)
    await t.say(true, [use])
    await t.run()
    await assert.rejects(ask(), refused('policy.nothing-sent'))
    await t.say(true, [number])
    t.clock.advance(dayMs)
    await t.run()
    await t.say(false, [number, use])
    const state = async () => (await t.mine()).recipients[0]!.deletion?.state
    assert.equal((await ask()).state, 'waiting')
    assert.equal((await ask()).state, 'waiting')
    await sharing.drain()
    assert.equal(await state(), 'asked')
    const deletion = JSON.parse(bodies.at(-1)!)
    assert.deepEqual(
      [deletion.kind, deletion.delete.person],
      ['deletion', await pairwise(at.stores.vault, 'acme', t.subject)],
    )
    said = '{"deletion":"done"}'
    t.clock.advance(7 * dayMs)
    await sharing.drain()
    assert.equal(await state(), 'done')
    said = ''
    await ask()
    for (let week = 0; week < 6; week++) {
      await sharing.drain()
      t.clock.advance(7 * dayMs)
    }
    await sharing.drain()
    assert.equal(await state(), 'silent')
    const sent = bodies.length
    await sharing.drain()
    assert.equal(bodies.length, sent)
    await assert.rejects(ask('beta'), refused('policy.nothing-sent'))
  },
)

onBothDialects('the public page is the register by name, without its secrets', async (at) => {
  clause('pp.3.1.p')
  const t = await open(at)
  const page = recipientsPage.parse(t.privacy.sharing.page('zh-Hans'))
  assert.deepEqual(
    page.recipients.map(({ id, name, state, agreement }) => [id, name, state, agreement?.expiresAt]),
    [
      ['acme', 'Acme Lighting GmbH', 'in-force', '2030-01-01'],
      ['beta', 'Beta Lighting GmbH', 'in-force', '2030-01-01'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(page), /secret|acme\.test\/"|endpoint/)
  assert.match(page.recipients[0]!.fields[0]!, /\p{Script=Han}/u)
})
