// Catches an activity page that hides an act, says it wrongly, forgets its notice, or leaves its person stranded without a connection.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser, Locator } from 'playwright-core'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, until, type Household, type Running } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const password = 'a long pass phrase'

describe('your activity', { skip }, () => {
  let house: Household, server: Running, browser: Browser, person: Visit, cookie: string
  const send = (method: string, path: string, body?: unknown, as = cookie) =>
    fetch(server.base + path, {
      method,
      headers: { cookie: as, origin: server.base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const enter = async (locale: string) => {
    const found = await visit(browser, server.base, locale)
    const [name, value] = cookie.split('=') as [string, string]
    await found.context.addCookies([{ name, value, url: server.base.replace('127.0.0.1', 'localhost') }])
    found.page.setDefaultTimeout(8000)
    return found
  }
  before(async () => {
    house = household()
    server = await house.start()
    cookie = (await claimByHttp(server, { password })).cookie
    await send('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })
    await send(
      'POST',
      '/api/sign-in/password',
      {
        identifier: { email: 'ada@example.org' },
        password: 'wrong',
      },
      'x=1',
    )
    await send('POST', '/api/me/tokens', { name: 'Weather script', homes: 'all', verbs: 'all', days: 90 })
    browser = await openBrowser()
    person = await enter('en-GB')
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
  })
  const main = () => person.page.getByRole('main')
  const button = (name: string) => person.page.getByRole('button', { name, exact: true })
  const isAccessible = async (what: string) => {
    assert.deepEqual(await person.axe(), [], what)
    assert.deepEqual(person.faults, [], what)
  }

  test('each act is a sentence with its hour and place, above them what is kept, why and how long', async () => {
    clause('pp.2.2.3')
    clause('pp.lb.3')
    const { page } = person
    // What a failed attempt leaves is written after its answer has gone.
    await until(
      async () => (await (await send('GET', '/api/me/activity')).text()).includes('sign-in-failed'),
      'the failed attempt',
    )
    await page.goto(`${server.base}/me`)
    await page.getByRole('link', { name: /^Your activity/ }).click()
    await page.getByRole('heading', { level: 1, name: 'Your activity' }).waitFor()
    await page.getByRole('heading', { level: 2, name: 'Today' }).waitFor()
    const lines = await main().getByRole('listitem').allInnerTexts()
    assert.equal(lines.length, 4, lines.join('\n'))
    for (const [sentence, said] of [
      [/Made an access token/, /This browser · 127\.0\.0\.1/],
      [/Somebody tried to sign in and failed/, /failed\s+127\.0\.0\.1/],
      [/Made a home/, /Elm Street/],
      [/Your account was made/, /This browser/],
    ] as const)
      assert.match(lines.find((line) => sentence.test(line)) ?? '', said)
    for (const text of [
      'Until 90 days after it is recorded, then deleted',
      'Until 7 days after it is recorded, then shortened',
    ])
      assert.equal(await main().locator('[data-notice]').getByText(text).count(), 1, text)
    await isAccessible('with acts')
  })

  test('a filter shows its kind alone, and says so when there is nothing', async () => {
    const { page } = person
    await page.getByRole('radio', { name: 'Homes' }).click()
    await until(async () => (await main().getByRole('listitem').count()) === 1, 'one line')
    assert.equal(await main().getByRole('listitem').getByText('Made a home').count(), 1)
    await page.getByRole('radio', { name: 'Locks and alarms' }).click()
    await page.getByRole('heading', { level: 2, name: 'Nothing here' }).waitFor()
    await isAccessible('empty')
    await page.getByRole('radio', { name: 'All', exact: true }).click()
    await until(async () => (await main().getByRole('listitem').count()) === 4, 'all lines')
  })

  test('more than a page is there when asked for', async () => {
    const { page } = person
    for (let i = 0; i < 50; i++)
      await send('PUT', '/api/me/choices/account.device-label', { given: i % 2 === 0 })
    await page.reload()
    await button('Show earlier').waitFor()
    assert.equal(await main().getByRole('listitem').count(), 50)
    await button('Show earlier').click()
    await until(async () => (await main().getByRole('listitem').count()) === 54, 'the rest')
    assert.equal(await button('Show earlier').count(), 0)
  })

  test('without a connection what was there stays with its age; without anything the page says what to do', async () => {
    const { page } = person
    for (const name of ['Homes', 'Account']) {
      await page.getByRole('radio', { name, exact: true }).click()
      await page.waitForLoadState('networkidle')
    }
    // The tries after the first come seconds apart.
    await page.clock.install()
    const comes = (what: Locator) =>
      until(
        async () => {
          await page.clock.fastForward(500)
          await page.waitForTimeout(50)
          return what.isVisible()
        },
        'the end of the tries',
        15_000,
      )
    await page.route('**/api/me/activity*', (route) => route.abort())
    await page.getByRole('radio', { name: 'Homes' }).click()
    await comes(page.getByText(/^Your Eaves server did not answer/).first())
    await page.getByText(/This is from/).waitFor()
    assert.equal(await main().getByRole('listitem').getByText('Made a home').count(), 1)
    await isAccessible('offline with acts')
    await page.reload()
    await comes(button('Try again'))
    assert.equal(await main().getByRole('alert').count(), 1)
    await isAccessible('offline without')
    await page.unroute('**/api/me/activity*')
    await button('Try again').click()
    await page.getByRole('heading', { level: 2, name: 'Today' }).waitFor()
  })

  test('searches are off, are turned on by one act and off by one', async () => {
    clause('pp.2.2.3')
    const { page } = person
    const group = page.getByRole('radiogroup', { name: 'Keeping your searches' })
    assert.ok(await group.getByRole('radio', { name: 'No' }).isChecked())
    await group.getByText('Yes', { exact: true }).click()
    await page.getByText('No search is kept.').waitFor()
    await isAccessible('searches kept')
    await group.getByText('No', { exact: true }).click()
    await page.getByText('No search is kept.').waitFor({ state: 'detached' })
    const choices = (await (await send('GET', '/api/me/choices')).json()) as {
      purpose: string
      events: { event: string }[]
    }[]
    assert.deepEqual(
      choices.find(({ purpose }) => purpose === 'account.search-history')?.events.map(({ event }) => event),
      ['shown', 'refused', 'given', 'withdrawn'],
    )
  })

  test('it reads in Chinese too', async () => {
    const chinese = await enter('zh-CN')
    await chinese.page.goto(`${server.base}/me/activity`)
    await chinese.page.getByRole('heading', { level: 2, name: '今天' }).waitFor()
    await chinese.page.getByText('记录产生满 7 天后截短').waitFor()
    const text = await chinese.page.getByRole('main').innerText()
    assert.ok(text.includes('您的操作记录') && text.includes('记住您搜索过的内容'))
    assert.deepEqual(await chinese.axe(), [])
    await chinese.context.close()
  })
})
