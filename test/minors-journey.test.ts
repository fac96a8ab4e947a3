// Catches a guardian who cannot agree in front of a browser, a child whose page lives on without them, and a question about age that nudges.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser } from 'playwright-core'
import { chooseAge, hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { asSignedIn, codeSentTo, type SignedIn } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Household, type Running } from './server.ts'

const waitMs = 8000
const local = ({ port }: Running) => `http://localhost:${port}`

describe(
  'a child and the adult who answers for it',
  { skip: hasChromium ? false : 'not run: Chromium missing' },
  () => {
    let house: Household, server: Running, browser: Browser
    let ask: SignedIn['ask'], cookie: string, home: string, me: string, child: Visit, kim: string
    before(async () => {
      house = household()
      server = await house.start()
      browser = await openBrowser()
      cookie = (await claimByHttp(server)).cookie
      ask = asSignedIn(server, cookie)
      home = (await ask<{ id: string }>('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' }, 201)).id
      me = (await ask<{ accountId: string }>('GET', '/api/me')).accountId
    })
    after(async () => {
      await browser.close()
      await house.dispose()
    })
    const shot = async (who: Visit, name: string) => {
      const folder = process.env.EAVES_TEST_SHOTS
      if (folder !== undefined) await who.page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
    }
    const asOwner = async (locale: string, size: { width: number; height: number }) => {
      const owner = await visit(browser, server.base, locale, size)
      owner.page.setDefaultTimeout(waitMs)
      const [name, value] = cookie.split('=') as [string, string]
      await owner.context.addCookies([{ name, value, url: local(server) }])
      await owner.page.goto(`${local(server)}/homes/${home}/members/${kim}`)
      return owner
    }

    test('the question stands alike for every age, nothing is chosen, and the child then waits', async () => {
      clause('pp.6')
      const { code } = await ask<{ code: string }>(
        'POST',
        `/api/homes/${home}/invitations`,
        { role: 'child', guardian: me },
        201,
      )
      child = await visit(browser, server.base, 'en-GB', { width: 390, height: 844 })
      const { page } = child
      page.setDefaultTimeout(waitMs)
      await page.goto(`${local(server)}/join#${code}`)
      await page.getByRole('link', { name: 'I am new here' }).click()
      await page.getByRole('button', { name: 'Agree', exact: true }).click()
      await page.getByText('Please choose your age.').waitFor()
      await page.getByRole('button', { name: /How old are you/ }).click()
      const options = page.getByRole('option')
      assert.deepEqual(await options.allInnerTexts(), [
        'Under 13',
        '13',
        '14 or 15',
        '16 or 17',
        '18 or older',
      ])
      const heights = await Promise.all(
        (await options.all()).map(async (each) => (await each.boundingBox())?.height),
      )
      assert.equal(new Set(heights).size, 1)
      assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 0)
      await page.keyboard.press('Escape')
      await chooseAge(page, '13')
      await shot(child, 'gate')
      assert.deepEqual(await child.axe(), [])
      await page.getByRole('button', { name: 'Agree', exact: true }).click()
      await page.getByLabel('E-mail address or phone number').fill('kim@example.org')
      await page.getByRole('button', { name: 'Continue' }).click()
      await page.getByLabel('Code', { exact: true }).fill(await codeSentTo(house, 'kim@example.org'))
      await page.getByRole('button', { name: 'I have saved them' }).click()
      await page.getByRole('button', { name: 'Join' }).click()
      await page.getByRole('heading', { name: 'An adult has to agree first' }).waitFor()
      await page.getByText('An adult of your home answers for you.').waitFor()
      await shot(child, 'waiting')
      assert.deepEqual(await child.axe(), [])
      kim = (await ask<{ accountId: string; role: string }[]>('GET', `/api/homes/${home}/members`)).find(
        ({ role }) => role === 'child',
      )!.accountId
    })

    test('the adult reads, agrees, and the child goes on; taken back, its page closes', async () => {
      clause('pp.6')
      const owner = await asOwner('en-GB', { width: 390, height: 844 })
      await owner.page.getByText('You have not agreed. Their account is closed.').waitFor()
      await shot(owner, 'consent')
      assert.deepEqual(await owner.axe(), [])
      await owner.page.getByRole('button', { name: 'I agree for this child' }).click()
      await owner.page.getByText(/You agreed on/).waitFor()
      await child.page.getByRole('button', { name: 'Look again' }).click()
      await child.page.waitForURL(`**/homes/${home}`)
      await shot(owner, 'consented')
      assert.deepEqual(await owner.axe(), [])
      await owner.page.getByRole('button', { name: 'Take my consent back' }).click()
      await owner.page.getByText('You have not agreed. Their account is closed.').waitFor()
      await child.page.reload()
      await child.page.getByRole('heading', { name: 'An adult has to agree first' }).waitFor()
      await owner.context.close()
    })

    test('the adult sees what is held, takes a copy and asks for the erasure; the child is told', async () => {
      clause('pp.6')
      const { page, ...owner } = await asOwner('en-GB', { width: 390, height: 844 })
      await page.getByRole('link', { name: /What is held of this child/ }).click()
      await page.getByRole('button', { name: 'Show the values' }).click()
      await page.getByRole('button', { name: /E-mail address/ }).click()
      await page.getByText('kim@example.org').waitFor()
      await shot({ ...owner, page }, 'child-held')
      assert.deepEqual(await owner.axe(), [])
      await page.getByRole('link', { name: 'Get it all as a copy' }).click()
      await page.getByText('Nothing has been asked for yet').waitFor()
      await page.getByRole('button', { name: 'Make a copy' }).click()
      const [download] = await Promise.all([
        page.waitForEvent('download', { timeout: waitMs }),
        page.getByRole('button', { name: 'Download' }).click(),
      ])
      assert.equal(download.suggestedFilename(), 'eaves-copy.zip')
      await page.getByRole('button', { name: 'Erase the account' }).click()
      await page.getByRole('button', { name: 'Erase it in 72 hours' }).click()
      await page.getByText('It is asked for. Above you can still take it back.').waitFor()
      await shot({ ...owner, page }, 'child-requests')
      assert.deepEqual(await owner.axe(), [])
      await child.page.reload()
      await child.page.getByText(/asked to erase your account/).waitFor()
      await shot(child, 'waiting-erasure')
      assert.deepEqual(await child.axe(), [])
      await page.getByRole('link', { name: 'The child’s page' }).click()
      await page.getByRole('button', { name: 'I agree for this child' }).click()
      await page.getByText(/You agreed on/).waitFor()
      await child.page.goto(`${local(server)}/me/privacy/requests`)
      await child.page
        .getByText('Asked by the adult who answers for you. Only they can take it back.')
        .first()
        .waitFor()
      await shot(child, 'child-own-requests')
      assert.deepEqual(await child.axe(), [])
      await page.getByRole('link', { name: /Copy or erase it/ }).click()
      await page.getByRole('button', { name: 'Take it back' }).click()
      await page.getByText(/^Taken back/).waitFor()
      await page.getByRole('link', { name: 'The child’s page' }).click()
      await page.getByRole('button', { name: 'Take my consent back' }).click()
      await page.getByText('You have not agreed. Their account is closed.').waitFor()
      await owner.context.close()
    })

    test('both pages speak Chinese and pass axe', async () => {
      const owner = await asOwner('zh-CN', { width: 1280, height: 800 })
      await owner.page.getByText('您尚未同意，孩子的账号处于关闭状态。').waitFor()
      await shot(owner, 'consent-zh')
      assert.deepEqual(await owner.axe(), [])
      await owner.page.getByRole('link', { name: /获取副本或删除/ }).click()
      await owner.page.getByRole('heading', { name: '与孩子有关的申请' }).waitFor()
      await shot(owner, 'child-requests-zh')
      assert.deepEqual(await owner.axe(), [])
      await owner.page.getByRole('link', { name: '孩子的页面' }).click()
      await owner.page.getByRole('link', { name: /所保存的孩子信息/ }).click()
      await owner.page.getByText(/截至/).waitFor()
      await shot(owner, 'child-held-zh')
      assert.deepEqual(await owner.axe(), [])
      const cookies = await child.context.cookies()
      const other = await visit(browser, server.base, 'zh-CN', { width: 1280, height: 800 })
      other.page.setDefaultTimeout(waitMs)
      await other.context.addCookies(cookies)
      await other.page.goto(`${local(server)}/waiting`)
      await other.page.getByRole('heading', { name: '需要监护人先同意' }).waitFor()
      await shot(other, 'waiting-zh')
      assert.deepEqual(await other.axe(), [])
    })
  },
)
