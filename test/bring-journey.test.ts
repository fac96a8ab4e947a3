// Catches a copy that its person cannot bring to another server in front of a browser, and a broken file that leaves them without a word.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, openBrowser, visit } from './browser.ts'
import { asSignedIn } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Household, type Running } from './server.ts'

const waitMs = 8000
const local = ({ port }: Running) => `http://localhost:${port}`

/** A home with a floor and a room, as the portable copy of its owner has it. */
async function copyOf(server: Running): Promise<Buffer> {
  const { cookie } = await claimByHttp(server)
  const ask = asSignedIn(server, cookie)
  const { id: home } = await ask<{ id: string }>(
    'POST',
    '/api/homes',
    { name: 'Elm Street', zone: 'UTC' },
    201,
  )
  const { id: floor } = await ask<{ id: string }>(
    'POST',
    `/api/homes/${home}/floors`,
    { name: 'Upstairs' },
    201,
  )
  await ask('POST', `/api/homes/${home}/rooms`, { name: 'Bedroom', floor }, 201)
  const { id } = await ask<{ id: string }>('POST', '/api/me/requests', { kind: 'portability' }, 201)
  for (let tries = 0; tries < 80; tries++) {
    if ((await ask<{ state: string }>('GET', `/api/me/requests/${id}`)).state === 'answered') break
    await wait(100)
  }
  const { link } = await ask<{ link: string }>('POST', `/api/me/requests/${id}/links`, undefined, 201)
  const answer = await fetch(`${server.base}${link}`, { headers: { cookie } })
  assert.equal(answer.status, 200)
  return Buffer.from(await answer.arrayBuffer())
}

describe(
  'a copy goes from one server to another',
  { skip: hasChromium ? false : 'not run: Chromium missing' },
  () => {
    let from: Household, to: Household, server: Running, browser: Browser, cookie: string, file: string
    before(async () => {
      ;[from, to] = [household(), household()]
      file = join(to.dir, 'copy.zip')
      writeFileSync(file, await copyOf(await from.start()))
      server = await to.start()
      browser = await openBrowser()
      cookie = (await claimByHttp(server)).cookie
    })
    after(async () => {
      await browser.close()
      await from.dispose()
      await to.dispose()
    })
    const opened = async (locale: string, size: { width: number; height: number }) => {
      const who = await visit(browser, server.base, locale, size)
      who.page.setDefaultTimeout(waitMs)
      const [name, value] = cookie.split('=') as [string, string]
      await who.context.addCookies([{ name, value, url: local(server) }])
      await who.page.goto(`${local(server)}/me/privacy/bring`)
      return who
    }
    const choose = async (page: Page, button: string, path: string) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: button }).click(),
      ])
      await chooser.setFiles(path)
    }
    const shot = async (page: Page, name: string) => {
      const folder = process.env.EAVES_TEST_SHOTS
      if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }

    test('it is looked at first, then brought, and the home is there', async () => {
      clause('pp.4.4.c')
      const who = await opened('en-GB', { width: 390, height: 844 })
      const { page } = who
      writeFileSync(join(to.dir, 'broken.zip'), 'no copy')
      await choose(page, 'Choose the file', join(to.dir, 'broken.zip'))
      await page
        .getByRole('alert')
        .getByText(/This is no whole ZIP file/)
        .waitFor()
      assert.deepEqual(await who.axe(), [])
      await choose(page, 'Choose the file', file)
      await page.getByRole('heading', { name: 'What comes' }).waitFor()
      await page.getByText('Bedroom').waitFor()
      await page.getByText(/they come by an invitation/).waitFor()
      await shot(page, 'bring')
      assert.deepEqual(await who.axe(), [])
      const homes = () => asSignedIn(server, cookie)<{ name: string }[]>('GET', '/api/homes')
      assert.deepEqual(await homes(), [])
      await page.getByRole('button', { name: 'Bring it along' }).click()
      await page.getByText('It is here. What was left behind stands below.').waitFor()
      assert.deepEqual(
        (await homes()).map(({ name }) => name),
        ['Elm Street'],
      )
      await page.getByRole('link', { name: 'Open the app' }).click()
      await page.waitForURL('**/homes/*')
      assert.deepEqual(who.faults, [])
      await who.context.close()
    })

    test('the page speaks Chinese, says that it is all here, and passes axe', async () => {
      const who = await opened('zh-CN', { width: 1280, height: 800 })
      await choose(who.page, '选择文件', file)
      await who.page.getByText('这里已有，保持不变。').waitFor()
      await shot(who.page, 'bring-zh')
      assert.deepEqual(await who.axe(), [])
      await who.context.close()
    })
  },
)
