// Catches a notice that goes to a stranger's address: one that is no push service, leads inside, or is another's subscription.
import assert from 'node:assert/strict'
import { createServer as createTcp } from 'node:net'
import { test } from 'node:test'
import type { SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import { asSignIn, setVerified } from '../people/store.ts'
import { createEgress, EgressRefused, type Egress } from '../privacy/privacy.ts'
import { onBothDialects } from '../store/testing.ts'
import { browser, double, host, open, refused } from './testing/push-double.ts'

test('only known push services are taken, whatever the address pretends', async () => {
  clause('pp.3.1')
  const { isPushService } = await import('./endpoint.ts')
  for (const good of [
    'https://fcm.googleapis.com/fcm/send/x',
    'https://updates.push.services.mozilla.com/wpush/v2/x',
    'https://web.push.apple.com/x',
    'https://wns2-par02p.notify.windows.com/w/?token=x',
    `https://${host}/x`,
  ])
    assert.ok(isPushService(good, [host]), good)
  for (const bad of [
    `http://${host}/x`,
    `https://${host}:8443/x`,
    `https://a@${host}/x`,
    `https://a:b@${host}/x`,
    `https://${host}.evil.example/x`,
    `https://evil${host}/x`,
    `https://evil.example/${host}`,
    `https://evil.example#${host}`,
    `https://${host}./x`,
    'https://fcm.googleapis.com.evil.example/',
    'https://fcm.googleapis.com@evil.example/',
    'https://evil.example\\@fcm.googleapis.com/',
    'https://localhost/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://169.254.169.254/latest',
    'https://0x7f.1/',
    'javascript:alert(1)',
    'file:///etc/passwd',
    '',
    'x',
  ])
    assert.ok(!isPushService(bad, [host]), bad)
})

onBothDialects(
  'a known name that leads inside is refused at sending, seen from the listener there',
  async (at) => {
    let connections = 0
    const inside = createTcp((socket) => {
      connections += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
    const address = inside.address()
    const there = typeof address === 'object' ? address?.port : 0
    const refusals: unknown[] = []
    const { post } = createEgress({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
    const egress: Egress = {
      post: (each) =>
        post({ ...each, url: each.url.replace(host, `${host}:${there}`) }).catch((error: unknown) => {
          refusals.push(error)
          throw error
        }),
    }
    try {
      const t = await open(at, { egress })
      const { subject } = await t.claimed()
      await setVerified(asSignIn(at.stores.facts, 'service.core'), subject, 'email', 1)
      await t.notices.subscribe({ subject, session: await t.signIn(subject) }, browser().wish)
      t.notices.tell(subject, 'access.ended')
      await t.notices.settled()
      assert.deepEqual([refusals.length, connections, t.mailed.length], [1, 0, 1])
      assert.ok(refusals[0] instanceof EgressRefused)
    } finally {
      await new Promise<void>((resolve) => inside.close(() => resolve()))
    }
  },
)

onBothDialects(
  'bad addresses and keys are refused by name, another’s subscription is nobody’s, tests are limited',
  async (at) => {
    const t = await open(at)
    const { subject } = await t.claimed()
    const session = await t.signIn(subject)
    const good = browser().wish
    const flat = Buffer.alloc(65, 1).fill(4, 0, 1).toString('base64url')
    for (const bad of [
      { ...good, endpoint: 'https://evil.example/x' },
      { ...good, keys: { ...good.keys, p256dh: flat } },
      { ...good, keys: { ...good.keys, auth: 'AAAA' } },
    ])
      await assert.rejects(t.notices.subscribe({ subject, session }, bad), refused('input.invalid'))
    await assert.rejects(t.notices.subscribe({ subject, session: 'nobody' }, good), refused('auth.required'))
    const { id } = await t.notices.subscribe({ subject, session }, good)
    const stranger = 'cccccccccccccccccccccccccc' as SubjectId
    await assert.rejects(t.notices.test(stranger, id), refused('auth.not-found'))
    assert.equal(await t.notices.end(stranger, id), false)
    for (let i = 0; i < 10; i++) await t.notices.test(subject, id)
    await assert.rejects(t.notices.test(subject, id), refused('auth.too-many'))
    await t.notices.settled()
    assert.equal(double.caught.length, 10)
    assert.equal(await t.notices.end(subject, id), true)
    assert.deepEqual(await t.notices.list(subject, session), [])
    const without = await open(at, { push: null })
    assert.equal(without.notices.publicKey(), undefined)
    await assert.rejects(without.notices.subscribe({ subject, session }, good), refused('push.unavailable'))
  },
)
