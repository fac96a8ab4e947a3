// Catches a new text that comes unannounced, that is agreed to without its differences in sight, or that shuts somebody out of what stays theirs.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser } from 'playwright-core'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit } from './browser.ts'
import { openPolicyHouse, type PolicyHouse } from './policy-house.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const dayMs = 86_400_000

test('once in effect, what cannot be withheld leaves a person own data, rights and control, and 451 for the rest', async () => {
  clause('pp.7.2')
  clause('pp.7.3')
  const { inside, owner, home, publish } = await openPolicyHouse()
  try {
    await inside.furnish(home, owner, 'own')
    await publish('contact')
    const ask = async (method: string, path: string, body?: unknown) => {
      const { cookie } = await inside.signIn(owner)
      return inside.call({ method, path, cookie, body })
    }
    const statuses = async () => ({
      me: (await ask('GET', '/api/me')).status,
      choices: (await ask('GET', '/api/me/choices')).status,
      withdraw: (await ask('PUT', '/api/me/choices/account.device-label', { given: false })).status,
      devices: (await ask('GET', `/api/homes/${home}/devices`)).status,
      room: (await ask('POST', `/api/homes/${home}/rooms`, { name: 'New' })).status,
      search: (await ask('PUT', '/api/me/choices/account.search-history', { given: true })).status,
    })
    const open = { me: 200, choices: 200, withdraw: 200, devices: 200 }
    assert.deepEqual(await statuses(), { ...open, room: 201, search: 451 })
    inside.clock.advance(30 * dayMs)
    const { json } = await ask('GET', '/api/me/agreements')
    assert.deepEqual([json.current, json.standing, json.notice.version], [false, 'limited', '7.1'])
    assert.deepEqual(await statuses(), { ...open, room: 451, search: 451 })
    const [lamp] = (await ask('GET', `/api/homes/${home}/devices`)).json
    const sent = inside.driver.of('command').length
    await ask('POST', `/api/homes/${home}/devices/${lamp.id}/commands`, {
      capability: 'onOff',
      command: 'turnOn',
    })
    assert.equal(inside.driver.of('command').length, sent + 1)
    const acts = inside.house.privacy.currentActs('en', 'EU')
    assert.equal((await ask('POST', '/api/me/agreements', { acts })).json.standing, 'current')
    inside.clock.advance(6_000)
    assert.deepEqual(await statuses(), { ...open, room: 201, search: 200 })
  } finally {
    await inside.end()
  }
})

describe('a new version in the app', { skip }, () => {
  let house: PolicyHouse, listener: Listener, browser: Browser, base: string
  before(async () => {
    house = await openPolicyHouse()
    listener = await openListener(house.inside.house, { host: '127.0.0.1', port: 0 }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await house?.inside.end()
  })
  const signedIn = async (locale?: string) => {
    const person = await visit(browser, base, locale)
    const { cookie } = await house.inside.signIn(house.owner)
    await person.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
    return person
  }

  test('it is announced over the page, shows every difference, may wait, and is agreed to by an act', async () => {
    clause('pp.7.3')
    clause('fm.read')
    const quiet = await signedIn()
    await quiet.page.goto(`${base}/me`)
    await quiet.page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await quiet.page.getByRole('dialog').count(), 0)
    await quiet.context.close()
    await house.publish('choice')

    const person = await signedIn()
    const { page } = person
    await page.goto(`${base}/me`)
    const dialog = page.getByRole('dialog', { name: 'The texts of this server change' })
    await dialog.waitFor()
    assert.deepEqual(await person.axe(), [])
    await dialog.getByRole('button', { name: 'Later' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.reload()
    await dialog.getByRole('link', { name: 'See what changes' }).click()
    await page.getByRole('heading', { name: 'What changes' }).waitFor()
    await page.getByText('A new purpose: Keeping your searches').waitFor()
    await page.getByRole('button', { name: /Every difference between version 7.0 and version 7.1/ }).click()
    await page.getByText('A paragraph that is new.').first().waitFor()
    assert.deepEqual(await person.axe(), [])
    const acts = async () => (await house.inside.house.privacy.acts(house.owner)).length
    const had = await acts()
    await page.getByRole('button', { name: 'Not now' }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/gate'))
    assert.equal(await acts(), had)
    await page.goto(`${base}/gate`)
    await page.getByRole('button', { name: 'Agree', exact: true }).click()
    await page.waitForURL((url) => !url.pathname.startsWith('/gate'))
    assert.equal(await acts(), had + 2)
    assert.deepEqual(person.faults, [])
    await person.context.close()
  })

  test('anybody can read every version, what changed, and how each promise is kept, in both languages', async () => {
    clause('pp.7.1')
    clause('fm.date')
    for (const [locale, words] of [
      [
        'en-GB',
        {
          changes: 'Versions and changes',
          what: /What changed from version 1\.0\.0/,
          kept: 'How this is kept',
          test: 'Shown by these tests',
          older: 'This is an earlier version.',
        },
      ],
      [
        'zh-CN',
        {
          changes: '版本与变更',
          what: /从 1\.0\.0 版到/,
          kept: '如何做到',
          test: '由以下测试证明',
          older: '这是以前的版本',
        },
      ],
    ] as const) {
      const person = await visit(browser, base, locale)
      const { page } = person
      await page.goto(`${base}/documents`)
      await page.getByRole('link', { name: words.changes }).click()
      await page.getByRole('heading', { level: 1, name: words.changes }).waitFor()
      await page.getByRole('button', { name: words.what }).click()
      await page.getByText('pp.4.4.e', { exact: true }).first().waitFor()
      assert.deepEqual(await person.axe(), [])
      await page.getByRole('article').filter({ hasText: '7.0' }).last().getByRole('link').first().click()
      await page.getByText(words.older).waitFor()
      await page.goto(`${base}/documents/privacy`)
      await page.getByRole('button', { name: words.kept }).first().click()
      await page.getByText(words.test).first().waitFor()
      assert.deepEqual(await person.axe(), [])
      assert.deepEqual(person.faults, [])
      await person.context.close()
    }
  })
})
