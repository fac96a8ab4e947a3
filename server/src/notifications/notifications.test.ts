// Catches a notice that reaches a browser whose sign-in has ended or a wrong person, that says more than it must, or that is lost.
import assert from 'node:assert/strict'
import { createVerify } from 'node:crypto'
import type { SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { giveHome, whole } from '../people/testing.ts'
import { asSelf, asSignIn, setVerified } from '../people/store.ts'
import { createEgress, type Egress } from '../privacy/privacy.ts'
import { onBothDialects, type TestClock } from '../store/testing.ts'
import { browser, double, host, open } from './testing/push-double.ts'

onBothDialects(
  'a notice reaches the browser, which alone can read it, and says kind and ids and no name',
  async (at) => {
    clause('pp.3.1')
    const t = await open(at)
    const { subject } = await t.claimed()
    const home = giveHome(t, subject)
    const session = await t.signIn(subject)
    const phone = browser()
    phone.wish.locale = 'zh-Hans'
    const made = await t.notices.subscribe({ subject, session }, phone.wish)
    assert.deepEqual([made.current, made.service, made.lastSentAt], [true, host, undefined])
    t.notices.tell(subject, 'invitation.accepted', { home })
    await t.notices.settled()
    const [{ headers, body } = assert.fail()] = double.caught
    const { id, ...note } = phone.read(body)
    assert.match(String(id), /^[a-z2-7]{26}$/)
    assert.deepEqual(note, {
      kind: 'invitation.accepted',
      at: new Date(at.options.clock.now()).toISOString(),
      home,
      title: '邀请已被接受',
      body: '有人接受了邀请，已加入您的家。',
    })
    assert.doesNotMatch(body.toString('latin1'), /invitation|title/)
    assert.deepEqual(
      [headers['content-encoding'], headers.urgency, headers.ttl],
      ['aes128gcm', 'normal', '86400'],
    )
    assert.throws(() => browser().read(body))
    assert.equal(t.mailed.length, 0)
    assert.equal((await t.notices.list(subject, session))[0]?.lastSentAt, note.at)
  },
)

onBothDialects(
  'the server signs for the push service with one key, kept sealed and the same after a restart',
  async (at) => {
    clause('pp.5.1')
    const t = await open(at)
    const { subject } = await t.claimed()
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
    t.notices.tell(subject, 'invitation.accepted')
    await t.notices.settled()
    const [, token, key] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(
      String(double.caught[0]?.headers.authorization),
    )!
    assert.equal(key, t.notices.publicKey())
    const [head, claims, signature] = token!.split('.') as [string, string, string]
    const { aud, sub, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<
      string,
      unknown
    >
    assert.deepEqual([aud, sub], [`https://${host}`, 'mailto:nobody@eaves.invalid'])
    assert.ok(Number(exp) * 1000 < Date.now() + 24 * 3_600_000)
    const point = Buffer.from(key!, 'base64url')
    const jwk = {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    }
    assert.ok(
      createVerify('sha256')
        .update(`${head}.${claims}`)
        .verify({ key: jwk, format: 'jwk', dsaEncoding: 'ieee-p1363' }, signature, 'base64url'),
    )
    await t.notices.stop()
    await at.reopen()
    assert.equal((await open(at)).notices.publicKey(), key)
  },
)

onBothDialects(
  'a sign-in that has ended gets nothing, from that moment on, also in the middle of a try',
  async (at) => {
    clause('pp.5.1')
    const t = await open(at)
    const { subject } = await t.claimed()
    const tablet = await t.signIn(subject)
    const phone = await t.signIn(subject)
    const [old, own] = [browser('tablet'), browser('phone')]
    await t.notices.subscribe({ subject, session: tablet }, old.wish)
    await t.notices.subscribe({ subject, session: phone }, own.wish)
    // The push service keeps the tablet's notice waiting; meanwhile the tablet is signed out.
    double.answer = (response, tries) =>
      response.req.url?.endsWith('tablet') === true && tries === 1
        ? response.writeHead(503).end()
        : response.writeHead(201).end()
    t.notices.tell(subject, 'invitation.accepted')
    while (!double.caught.some(({ name }) => name === 'tablet'))
      await new Promise((resolve) => setImmediate(resolve))
    await t.people.sessions.end(subject, { only: tablet })
    const before = double.caught.filter(({ name }) => name === 'tablet').length
    await t.notices.settled()
    t.notices.tell(subject, 'invitation.accepted')
    await t.notices.settled()
    assert.equal(double.caught.filter(({ name }) => name === 'tablet').length, before)
    assert.equal(double.caught.filter(({ name }) => name === 'phone').length, 2)
    assert.deepEqual(
      (await t.notices.list(subject, phone)).map(({ current }) => current),
      [true],
    )
    // Unused for half a day, signed out everywhere, or the agreement refused: the same.
    ;(at.options.clock as TestClock).advance(12 * 3_600_000 + 1)
    t.notices.tell(subject, 'invitation.accepted')
    await t.notices.settled()
    const again = await t.signIn(subject)
    await t.notices.subscribe({ subject, session: again }, own.wish)
    await t.privacy.refuse(subject, 'en', 'EU', 'app')
    t.notices.tell(subject, 'invitation.accepted')
    await t.notices.settled()
    assert.equal(double.caught.filter(({ name }) => name === 'phone').length, 2)
  },
)

onBothDialects(
  'one browser shows one person’s notices: whoever signs in there next takes it over',
  async (at) => {
    const t = await open(at, { role: 'hosted' })
    const { subject: ada } = await t.claimed()
    const here = { address: '192.0.2.0' }
    const asBen = async (before: { subject: SubjectId; session: string }) => {
      const identifier = { email: 'ben@example.org' }
      const { flow } = await t.people.signIn.requestCode({ identifier, acts: t.acts(), ...here })
      ;(at.options.clock as TestClock).advance(60_000)
      return whole(await t.people.signIn.byCode({ flow, code: t.drawn.at(-1)! }, here, before))
    }
    const tell = async () => {
      double.caught = []
      for (const who of [ada, ben]) t.notices.tell(who, 'invitation.accepted')
      await t.notices.settled()
      return double.caught.map(({ name }) => name).toSorted()
    }
    const [tablet, phone] = [browser('tablet'), browser('phone')]
    const onPhone = await t.signIn(ada)
    await t.notices.subscribe({ subject: ada, session: onPhone }, phone.wish)
    let onTablet = await t.signIn(ada)
    await t.notices.subscribe({ subject: ada, session: onTablet }, tablet.wish)
    // Ben signs up, and later in, where Ada was signed in and had not signed out.
    const { subject: ben } = await asBen({ subject: ada, session: onTablet })
    assert.deepEqual(await tell(), ['phone'])
    onTablet = await t.signIn(ada)
    await t.notices.subscribe({ subject: ada, session: onTablet }, tablet.wish)
    const { session } = await asBen({ subject: ada, session: onTablet })
    assert.deepEqual(await tell(), ['phone'])
    // And should Ada's sign-in live on elsewhere, the address of the browser leads to one person all the same.
    const elsewhere = await t.signIn(ada)
    await t.notices.subscribe({ subject: ada, session: elsewhere }, tablet.wish)
    await t.notices.subscribe({ subject: ben, session: session.row.id }, tablet.wish)
    assert.deepEqual(await tell(), ['phone', 'tablet'])
    assert.equal((await t.notices.list(ada, elsewhere)).length, 1)
    // A browser that got another address has one, not two.
    await t.notices.subscribe({ subject: ben, session: session.row.id }, browser('newer').wish)
    assert.deepEqual(await tell(), ['newer', 'phone'])
  },
)

onBothDialects(
  'a push service that gives it up ends the subscription; others are tried a bounded number of times',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    const say = async (status: number, headers: Record<string, string> = {}) => {
      double.caught = []
      const session = await t.signIn(subject)
      await t.notices.subscribe({ subject, session }, browser().wish)
      double.answer = (response) => response.writeHead(status, headers).end()
      t.notices.tell(subject, 'invitation.accepted')
      await t.notices.settled()
      const left = (await t.notices.list(subject, session)).length
      await t.people.sessions.end(subject)
      return [double.caught.length, left]
    }
    assert.deepEqual(await say(410), [1, 0])
    assert.deepEqual(await say(404), [1, 0])
    assert.deepEqual(await say(500), [3, 1])
    assert.deepEqual(await say(429, { 'retry-after': '0' }), [3, 1])
    assert.deepEqual(await say(413), [1, 1])
    assert.deepEqual(await say(403), [1, 1])
    assert.deepEqual(await say(307, { location: `https://${host}/wake/elsewhere` }), [1, 1])
  },
)

onBothDialects(
  'what no other message tells comes by message where no browser takes it, and the rest does not',
  async (at) => {
    clause('pp.2.3.2')
    const t = await open(at)
    const { subject } = await t.claimed()
    const account = asSelf(at.stores.facts, subject)
    const phone = await account.seal('account', 'phone', subject, '+4915123456789')
    // Nobody has proved the e-mail address: it may be a stranger's.
    t.notices.tell(subject, 'access.ended')
    await t.notices.settled()
    assert.equal(t.mailed.length, 0)
    await account.updateTable('account').set({ phone, phone_verified_at: 1 }).execute()
    t.notices.tell(subject, 'access.ended')
    await t.notices.settled()
    assert.deepEqual(
      t.mailed.splice(0).map(({ to }) => to.address),
      ['+4915123456789'],
    )
    await setVerified(asSignIn(at.stores.facts, 'service.core'), subject, 'email', 1)
    const session = await t.signIn(subject)
    for (const kind of [
      'sign-in.new',
      'address.changed',
      'access.ended',
      'invitation.accepted',
      'member.removed',
    ] as const)
      t.notices.tell(subject, kind, { session })
    await t.notices.settled()
    assert.deepEqual(
      t.mailed.map(({ to, subject: about, sms }) => [sms?.template, to.address, about]),
      [['notice.access-ended', 'ada@example.org', 'Eaves: Your access has ended']],
    )
    // The new sign-in itself is not told of itself, and a browser that takes the notice spares the message.
    t.mailed.length = 0
    await t.notices.subscribe({ subject, session }, browser('thief').wish)
    t.notices.tell(subject, 'access.ended', { session })
    await t.notices.settled()
    assert.deepEqual([double.caught.length, t.mailed.length], [0, 1])
    await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser('owner').wish)
    t.notices.tell(subject, 'access.ended', { session })
    await t.notices.settled()
    assert.deepEqual([double.caught.map(({ name }) => name), t.mailed.length], [['owner'], 1])
    // A push service that is down is no way.
    double.answer = (response) => response.writeHead(500).end()
    t.notices.tell(subject, 'access.ended')
    await t.notices.settled()
    assert.equal(t.mailed.length, 2)
  },
)

onBothDialects(
  'a sign-in that subscribes several times at once has one subscription, and no try fails',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    const session = await t.signIn(subject)
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, n) => t.notices.subscribe({ subject, session }, browser(`b${n}`).wish)),
    )
    assert.ok(made.every(({ current }) => current))
    assert.equal((await t.notices.list(subject, session)).length, 1)
  },
)

onBothDialects('a try that stands before its connection when the sign-in ends makes none', async (at) => {
  clause('pp.5.1')
  let asked = 0
  let goOn = () => {}
  const gate = new Promise<void>((resolve) => (goOn = resolve))
  const { post } = createEgress({
    authority: double.certificate.cert,
    isOpenInternet: () => true,
    resolve: async () => {
      asked += 1
      await gate
      return [{ address: '127.0.0.1', family: 4 }]
    },
  })
  const egress: Egress = {
    post: (each) => post({ ...each, url: each.url.replace(host, `${host}:${double.port}`) }),
  }
  const t = await open(at, { egress })
  const { subject } = await t.claimed()
  for (const end of ['sign-in', 'subscription'] as const) {
    const session = await t.signIn(subject)
    const { id } = await t.notices.subscribe({ subject, session }, browser().wish)
    const before = asked
    t.notices.tell(subject, 'invitation.accepted')
    while (asked === before) await new Promise((resolve) => setTimeout(resolve, 1))
    if (end === 'sign-in') await t.people.sessions.end(subject, { only: session })
    else await t.notices.end(subject, id)
  }
  goOn()
  await t.notices.settled()
  assert.deepEqual([asked, double.caught.length], [2, 0])
})
