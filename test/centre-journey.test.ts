// Catches a privacy centre in which a person cannot see what is held and who got it, cannot fetch a copy, or cannot keep an account again.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { asSignedIn, codeSentTo } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Running } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium is missing'
/** The app leads a browser to this name. */
const appOf = (server: Running) => server.base.replace('127.0.0.1', 'localhost')

async function signedIn(
  browser: Awaited<ReturnType<typeof openBrowser>>,
  server: Running,
  cookie: string,
  locale: string,
): Promise<Visit> {
  const at = await visit(browser, appOf(server), locale)
  const [name, value] = cookie.split('=') as [string, string]
  await at.context.addCookies([{ name, value, url: appOf(server) }])
  return at
}
async function onScreen({ page, axe }: Visit, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  assert.deepEqual(await axe(), [], name)
}

/** The same rights by the words of the other language, on the page where they are asked for. */
async function everyRightInChinese(zh: Visit): Promise<void> {
  const { page } = zh
  const press = (name: string | RegExp) => zh.click(page.getByRole('button', { name, exact: true }).first())
  await press('生成副本')
  const download = page.waitForEvent('download')
  await press('下载')
  assert.equal((await download).suggestedFilename(), 'eaves-copy.zip')
  await press(/^暂停使用: /)
  await press(/^解除暂停: /)
  await page.getByRole('button', { name: /^暂停使用: / }).waitFor()
  await press('拒绝: 记住您搜索过的内容')
  await press('重新允许: 记住您搜索过的内容')
  await page.getByRole('button', { name: '拒绝: 记住您搜索过的内容' }).waitFor()
  await press('删除我的账号')
  await page.getByRole('alertdialog').waitFor()
  assert.deepEqual(await zh.axe(), [], '删除我的账号')
  await press('72 小时后删除')
  await page.getByText('已提出申请。').waitFor()
  await onScreen(zh, '副本、删除、限制与拒绝')
  await press('保留我的账号')
  await page.getByRole('button', { name: '删除我的账号' }).waitFor()
}

/** From a value that nobody corrects in the app to the answer beside it; whoever keeps the only home here answers themselves. */
async function sayWhatIsWrong(at: Visit): Promise<void> {
  clause('pp.8')
  const { page } = at
  const words = 'I moved to Oslo and am asked about another country'
  await at.click(page.getByRole('button', { name: /^What you agreed to and chose, and when/ }))
  const region = page.getByRole('listitem').filter({ hasText: 'facts.account.region' }).last()
  await at.click(region.getByRole('button', { name: 'Say what is wrong: Where you live', exact: true }))
  await region.getByText('The owners and administrators of the homes on this server read it').waitFor()
  await region.getByText('The answer is due by').waitFor()
  const box = region.getByRole('textbox', { name: 'What is wrong with this: Where you live' })
  await at.type(box, words)
  await onScreen(at, 'What is held')
  await at.click(region.getByRole('button', { name: 'Send it' }))
  await region.getByText(words).waitFor()
  await region.getByText('Waits for an answer').waitFor()
  await onScreen(at, 'What is held')
  await at.click(region.getByRole('link', { name: 'See the request' }))
  await page.getByRole('heading', { name: 'Said to be wrong · Where you live' }).waitFor()
  await page.getByText('A human answers it, due by').waitFor()
  await page.getByText(words).waitFor()
  await onScreen(at, 'Copy, erase, restrict, refuse')
  await page.goto(new URL('/me', page.url()).href)
  await page.getByText('1 waits for your answer').waitFor()
  await at.click(page.getByRole('link', { name: /^Corrections/ }))
  await page.getByText(words).waitFor()
  await at.click(page.getByText('Stays, with the words beside it', { exact: true }))
  await at.type(page.getByRole('textbox', { name: 'Your answer' }), 'It is what the deadline went by')
  await onScreen(at, 'Corrections')
  await at.click(page.getByRole('button', { name: 'Answer' }))
  await page.getByRole('heading', { name: 'Nothing waits for an answer' }).waitFor()
  await onScreen(at, 'Corrections')
  await page.goto(new URL('/me/privacy/requests', page.url()).href)
  await page.getByText('It is what the deadline went by').waitFor()
  await onScreen(at, 'Copy, erase, restrict, refuse')
}

test(
  'a person copies their data, says what is wrong, stops what they like, and keeps the account they had asked to erase',
  { skip, timeout: 110_000 },
  async () => {
    clause('pp.4.4.a')
    clause('pp.4.4.c')
    const house = household()
    const browser = await openBrowser()
    try {
      const server = await house.start()
      const { cookie } = await claimByHttp(server)
      await asSignedIn(server, cookie)('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })
      const at = await signedIn(browser, server, cookie, 'en-GB')
      const { page } = at
      const button = (name: string) => page.getByRole('button', { name, exact: true })
      await page.goto(`${appOf(server)}/me`)
      await at.click(page.getByRole('link', { name: /^Your data/ }))
      await onScreen(at, 'Your data')
      await page.getByText('No request is open.').waitFor()
      await at.click(page.getByRole('link', { name: /^Copy, erase/ }))
      await onScreen(at, 'Copy, erase, restrict, refuse')

      // The proof of signing in is still fresh; the server is made to answer as it will in six minutes.
      let refusals = 0
      await page.route('**/api/me/requests', async (route) => {
        if (route.request().method() !== 'POST' || refusals++ > 0) return route.continue()
        return route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'auth.step-up-required', status: 403, title: 't', todo: 't' }),
        })
      })
      await at.click(button('Make a copy'))
      await page.getByRole('dialog', { name: 'Is it you?' }).waitFor()
      await at.click(button('Send a code to ada@example.org'))
      const code = page.getByRole('textbox', { name: 'Code' })
      await code.waitFor()
      await code.fill(await codeSentTo(house, 'ada@example.org'))
      await button('Download').waitFor({ timeout: 20_000 })
      const [saved] = await Promise.all([page.waitForEvent('download'), at.click(button('Download'))])
      assert.equal(saved.suggestedFilename(), 'eaves-copy.zip')
      const bytes = readFileSync(await saved.path())
      assert.equal(bytes.subarray(0, 4).toString('hex'), '504b0304')
      assert.ok(bytes.includes('data.json'))

      await at.click(button('Let it rest: Let your data rest'))
      await at.click(button('Lift the rest: Let your data rest'))
      await button('Let it rest: Let your data rest').waitFor()
      await at.click(button('Refuse: Keeping your searches'))
      await at.click(button('Allow again: Keeping your searches'))
      await button('Refuse: Keeping your searches').waitFor()

      await at.click(button('Erase my account'))
      await page.getByRole('alertdialog', { name: 'Erase your account?' }).waitFor()
      assert.deepEqual(await at.axe(), [], 'Erase your account?')
      await at.click(button('Erase it in 72 hours'))
      await page.getByText('It is asked for.').waitFor()
      await onScreen(at, 'Copy, erase, restrict, refuse')
      await at.click(page.getByRole('link', { name: 'Your data' }))
      await page.getByText(/^Your account will be erased\./).waitFor()
      await onScreen(at, 'Your data')
      await at.click(page.getByRole('link', { name: 'See the request' }))
      await at.click(button('Keep my account'))
      await button('Erase my account').waitFor()
      const { status } = await at.evaluate<{ status: number }>(
        `fetch('/api/me').then(({ status }) => ({ status }))`,
      )
      assert.equal(status, 200)

      await page.goto(`${appOf(server)}/me/privacy`)
      await at.click(page.getByRole('link', { name: /^What is held/ }))
      await onScreen(at, 'What is held')
      await at.click(page.getByRole('button', { name: /^E-mail address/ }))
      const email = page.getByRole('listitem').filter({ hasText: 'facts.account.email' }).last()
      await email.getByText('1 value', { exact: true }).waitFor()
      assert.equal(await email.getByText('ada@example.org', { exact: true }).count(), 0)
      await at.click(button('Show the values'))
      await email.getByText('ada@example.org', { exact: true }).waitFor()
      await email.getByRole('heading', { name: 'E-mail address', exact: true }).waitFor()
      await email.getByText('Yes, Eaves does not work without it').waitFor()
      assert.equal(await email.getByRole('link', { name: 'Correct it' }).getAttribute('href'), '/me/security')
      assert.match(await email.innerText(), /What for[^]*Where it comes from[^]*Kept[^]*Who gets it/)
      await onScreen(at, 'What is held')
      await sayWhatIsWrong(at)
      await at.click(page.getByRole('link', { name: 'Your data' }))
      await at.click(page.getByRole('link', { name: /^Who received it/ }))
      await page.getByRole('heading', { level: 2, name: 'Nobody' }).waitFor()
      await onScreen(at, 'Who received it')
      await at.context.setOffline(true)
      await page.getByText('This device is offline.').first().waitFor()
      await at.context.setOffline(false)

      // The proof has renewed the sign-in's cookie.
      const now = (await at.context.cookies()).map(({ name, value }) => `${name}=${value}`).join(';')
      const zh = await signedIn(browser, server, now, 'zh-CN')
      for (const [path, name] of [
        ['', '您的数据'],
        ['/held', '持有的数据'],
        ['/received', '谁收到过'],
        ['/requests', '副本、删除、限制与拒绝'],
      ] as const) {
        await zh.page.goto(`${appOf(server)}/me/privacy${path}`)
        await onScreen(zh, name)
      }
      await everyRightInChinese(zh)
      await zh.page.goto(`${appOf(server)}/me/corrections`)
      await onScreen(zh, '更正')
      // Whoever refuses the texts keeps the way to what is theirs.
      await asSignedIn(server, now)('POST', '/api/me/agreements', { refuse: true, locale: 'en' })
      await page.goto(appOf(server))
      await onScreen(at, 'Please read and decide again')
      await at.click(button('Decline'))
      await onScreen(at, 'You declined')
      await at.click(page.getByRole('link', { name: 'See, copy or erase your data' }))
      await onScreen(at, 'Your data')
      await page.getByText('You have not agreed to the present texts.').waitFor()
      assert.equal(await page.getByRole('link', { name: /^Who received it/ }).count(), 0)
      await at.click(page.getByRole('link', { name: /^What is held/ }))
      await onScreen(at, 'What is held')
      await button('Show the values').waitFor()
      await at.click(page.getByRole('link', { name: 'Your data' }))
      await at.click(page.getByRole('link', { name: /^Copy, erase/ }))
      await button('Make a copy').waitFor()
      assert.deepEqual([...at.faults, ...zh.faults], [])
    } finally {
      await browser.close()
      await house.dispose()
    }
  },
)
