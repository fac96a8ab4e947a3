// Catches a published version that binds people of the one before unannounced, that stops them at the wrong moment, or that a new server does not begin with.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { myRecipients, versionChanges } from '@eaves/model/api'
import { classify, clause, currentVersion } from '@eaves/policy'
import { ownVersions } from '../server/src/privacy/catalogue.ts'
import { PolicyNotices } from '../server/src/privacy/privacy.ts'
import { secret } from '../server/src/privacy/testing.ts'
import { asGate } from '../server/src/privacy/store.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { agreedTo } from './policy-house.ts'
import { entryOf, everyKind, purpose } from './recipient-house.ts'

const dayMs = 86_400_000
const [two, twoOne] = ownVersions()
assert.ok(two !== undefined && twoOne !== undefined)

/** A register with one manufacturer. */
function registered() {
  const dir = mkdtempSync(join(tmpdir(), 'eaves-register-'))
  writeFileSync(join(dir, 'acme.secret'), secret)
  writeFileSync(join(dir, 'recipients.json'), JSON.stringify({ recipients: [entryOf('http://127.0.0.1:1')] }))
  return {
    env: { EAVES_RECIPIENTS_FILE: join(dir, 'recipients.json') },
    end: () => rmSync(dir, { recursive: true, force: true }),
  }
}

test('a server whose people agreed to 2.0 announces 2.1 for thirty days, asks with the difference, limits, and takes a yes', async () => {
  clause('pp.5.6')
  clause('pp.7.2')
  clause('pp.7.3')
  clause('sa.1')
  clause('fm.date')
  const texts = [two]
  const register = registered()
  const { inside, owner, home } = await agreedTo(texts, { env: register.env })
  const ask = async (method: string, path: string, body?: unknown) =>
    inside.call({ method, path, cookie: (await inside.signIn(owner)).cookie, body })
  const state = async () => (await ask('GET', '/api/me/agreements?locale=zh-Hans')).json
  const share = async () => {
    const { sharing } = myRecipients.parse((await ask('GET', '/api/me/recipients')).json).recipients[0]!
    const choices = everyKind.map((category) => ({ category, given: true }))
    const noticeSha256 = sharing[0]!.notice.sha256
    return ask('PUT', '/api/me/recipients/acme', { purpose, locale: 'en', noticeSha256, choices })
  }
  const statuses = async () => ({
    held: (await ask('GET', '/api/me/held')).status,
    restrict: (await ask('POST', '/api/me/requests', { kind: 'objection', purpose: 'security' })).status,
    devices: (await ask('GET', `/api/homes/${home}/devices`)).status,
    room: (await ask('POST', `/api/homes/${home}/rooms`, { name: 'New' })).status,
    share: (await share()).status,
  })
  const open = { held: 200, restrict: 201, devices: 200 }
  try {
    await inside.furnish(home, owner, 'own')
    const before = await inside.house.privacy.acts(owner)
    assert.deepEqual([...new Set(before.map(({ version }) => version))], ['2.0'])

    texts.push(twoOne)
    await inside.reopen()
    const { notice, standing } = await state()
    assert.deepEqual([standing, notice.from, notice.version], ['notice_pending', '2.0', '2.1'])
    assert.equal(Date.parse(notice.effectiveAt) - Date.parse(notice.publishedAt), 30 * dayMs)
    assert.deepEqual(
      notice.changes.map((change: { clause: string }) => change.clause),
      classify(two.promised, twoOne.promised).map((change) => change.clause),
    )
    assert.ok(notice.changes.some(({ text }: { text: string }) => /新增用途：向厂商报告/.test(text)))
    assert.deepEqual(await statuses(), { ...open, room: 201, share: 451 })
    const { stores, privacy } = inside.house
    const told: string[] = []
    const notices = new PolicyNotices({
      stores,
      clock: inside.clock,
      log: quietLog,
      version: privacy.version,
      awaits: async (each) => (await privacy.agreementState(each, 'en')).notice !== undefined,
      tell: (each) => told.push(each),
    })
    assert.equal(await notices.run(), 1)
    assert.deepEqual(told, [owner])

    inside.clock.advance(30 * dayMs - 60_000)
    assert.equal((await state()).standing, 'notice_pending')
    inside.clock.advance(60_000 + 6_000)
    const after = await state()
    assert.deepEqual([after.standing, after.current], ['limited', false])
    assert.deepEqual(await statuses(), { ...open, room: 451, share: 451 })
    assert.equal(await inside.house.privacy.covers(owner, { purpose }), false)

    const acts = inside.house.privacy.currentActs('en', 'EU')
    assert.equal((await ask('POST', '/api/me/agreements', { acts })).json.standing, 'current')
    inside.clock.advance(6_000)
    assert.deepEqual(await statuses(), { ...open, room: 201, share: 200 })
    for (const { document, locale, sha256, version } of before)
      assert.equal(inside.house.privacy.document(document, version, locale)?.sha256, sha256)
    const { documents } = versionChanges.parse(inside.house.privacy.changes('2.0', '2.1', 'en'))
    assert.ok(documents.length > 0)
  } finally {
    await inside.end()
    register.end()
  }
})

test('a new server begins with the newest version, announces nothing, and has nobody to share with', async () => {
  clause('pp.3.1')
  clause('pp.7.1')
  const { inside, owner } = await agreedTo(ownVersions())
  try {
    const { standing, notice } = await inside.house.privacy.agreementState(owner, 'en')
    assert.deepEqual([standing, notice], ['current', undefined])
    const acts = await inside.house.privacy.acts(owner)
    assert.deepEqual([...new Set(acts.map(({ version }) => version))], [currentVersion])
    const rows = await asGate(inside.house.stores.facts).selectFrom('policy_version').selectAll().execute()
    assert.ok(rows.length > 0 && rows.every((row) => row.effective_at <= inside.clock.now()))
    const { cookie } = await inside.signIn(owner)
    const mine = await inside.call({ method: 'GET', path: '/api/me/recipients', cookie })
    assert.deepEqual(myRecipients.parse(mine.json).recipients, [])
    const refused = await inside.call({
      method: 'PUT',
      path: '/api/me/recipients/acme',
      cookie,
      body: {
        purpose,
        locale: 'en',
        noticeSha256: 'a'.repeat(64),
        choices: [{ category: 'device.use', given: true }],
      },
    })
    assert.equal(refused.status, 404)
  } finally {
    await inside.end()
  }
})
