// Catches a console that cannot be entered by its link, that opens something the person is not shown, or that keeps it in the browser.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { everythingKept, hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { asSignedIn } from './join-by-http.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, type Running } from './server.ts'
import { codeOf, hostedIn } from './staff-house.ts'

const skip = hasChromium ? false : 'not run: Chromium is missing'
/** The app leads a browser to this name. */
const appOf = (server: Running) => server.base.replace('127.0.0.1', 'localhost')

async function onScreen({ page, axe }: Visit, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor()
  await page.locator('.skeleton').first().waitFor({ state: 'detached' })
  assert.deepEqual(await axe(), [], name)
}

/** From the printed link to the desk; answers the authenticator's secret. */
async function enrol(at: Visit, base: string, code: string): Promise<string> {
  const { page } = at
  await page.goto(`${base}/operator/enrol#${code}`)
  await onScreen(at, 'Your way into the console')
  const secret = (await page.locator('.font-mono').innerText()).replaceAll(/\s/g, '')
  await at.type(page.getByRole('textbox', { name: 'Password' }), 'Lee remembers this')
  await at.type(page.getByRole('textbox', { name: /^Code of the/ }), codeOf(secret, Date.now()))
  await at.click(page.getByRole('button', { name: 'Set it and go on' }))
  await onScreen(at, 'Console')
  return secret
}

const takeCase = ({ page, click }: Visit, id: string) =>
  click(page.getByRole('listitem').filter({ hasText: id }).getByRole('button', { name: 'Take as case' }))

/** What somebody says is wrong is opened as a case and answered there, once. */
async function answer(lee: Visit, correction: string, words: string): Promise<void> {
  clause('pp.8')
  const { page } = lee
  await takeCase(lee, correction)
  await lee.click(page.getByRole('button', { name: 'Open and look' }))
  await page.getByText(words).waitFor()
  await page.getByText('Kind · facts.activity_log.kind').waitFor()
  await lee.click(page.getByText('Stays, with the words beside it', { exact: true }))
  await lee.type(page.getByRole('textbox', { name: 'Your answer' }), 'It stays as it was recorded')
  assert.deepEqual(await lee.axe(), [])
  await lee.click(page.getByRole('button', { name: 'Answer' }))
  await page.getByText(words).waitFor({ state: 'detached' })
  await page.getByText(correction).waitFor({ state: 'detached' })
}

test(
  'staff come in by their link, open a request and an emergency, and answer what is said to be wrong; the person sees both, and lets support in and out',
  { skip, timeout: 110_000 },
  async () => {
    clause('pp.5.1')
    const house = household()
    const browser = await openBrowser()
    try {
      const env = hostedIn(house.dir)
      const server = await house.start(env)
      const base = appOf(server)
      const { cookie } = await claimByHttp(server)
      const ask = asSignedIn(server, cookie)
      await ask('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })
      const words = 'That sign-in was not mine'
      const wrong = { kind: 'correction', place: 'facts.activity_log', field: 'kind', text: words }
      const { id: correction } = await ask<{ id: string }>('POST', '/api/me/requests', wrong)
      const { id: request } = await ask<{ id: string }>('POST', '/api/me/requests', { kind: 'erasure' })
      const made = await house.run(['operator', 'add', 'Lee', '--role', 'privacy', '--json'], env)
      const lee = await visit(browser, base, 'en-GB', { width: 1280, height: 900 }, { hasWorker: true })
      const secret = await enrol(lee, base, (JSON.parse(made.stdout) as { code: string }).code)
      assert.match(secret, /^[A-Z2-7]{32}$/)

      // The line of the queue names nobody; taken as a case, it opens.
      const { page } = lee
      await page.getByRole('heading', { name: 'Daily removal' }).waitFor()
      await page
        .getByText(/^Next on |It has not run yet/)
        .first()
        .waitFor()
      await page.getByRole('heading', { name: 'Erasure of an account' }).waitFor()
      assert.ok(!(await page.content()).includes('ada@example.org'))
      await takeCase(lee, request)
      assert.equal(await page.getByRole('textbox', { name: 'Case' }).inputValue(), request)
      await lee.click(page.getByRole('button', { name: 'Open and look' }))
      await page.getByText('ada@example.org').waitFor()
      assert.deepEqual(await lee.axe(), [])
      await lee.click(page.getByRole('button', { name: 'Close it' }))
      await page.getByText('ada@example.org').waitFor({ state: 'detached' })
      await answer(lee, correction, words)

      // The proof of the enrolment is still fresh; the server is made to answer as it will in six minutes.
      let refusals = 0
      await page.route('**/api/operator/openings', async (route) =>
        refusals++ > 0
          ? route.continue()
          : route.fulfill({
              status: 403,
              contentType: 'application/problem+json',
              body: JSON.stringify({ code: 'auth.step-up-required', status: 403, title: 't', todo: 't' }),
            }),
      )
      await lee.click(page.getByRole('button', { name: 'Emergency without a case' }))
      await lee.type(page.getByRole('textbox', { name: 'E-mail address or phone number' }), 'ada@example.org')
      const reason = 'Neighbours say that there is smoke'
      await lee.type(page.getByRole('textbox', { name: /^Reason/ }), reason)
      await lee.click(page.getByRole('button', { name: 'Open in an emergency' }))
      await page.getByRole('heading', { name: 'Prove that it is you' }).waitFor()
      await lee.type(page.getByRole('textbox', { name: 'Password' }), 'Lee remembers this')
      // The next code: the one of the enrolment has been used.
      await lee.type(page.getByRole('textbox', { name: /^Code of the/ }), codeOf(secret, Date.now() + 30_000))
      await lee.click(page.getByRole('button', { name: 'Prove it' }))
      await page.getByText('Opened until').waitFor()
      assert.ok(!(await lee.evaluate<string>(everythingKept)).includes('ada@example.org'))
      await lee.click(page.getByRole('button', { name: 'Sign out' }))
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      assert.ok(!(await page.content()).includes('ada@example.org'))

      const ada = await visit(browser, base)
      const [name, value] = cookie.split('=') as [string, string]
      await ada.context.addCookies([{ name, value, url: base }])
      await ada.page.goto(`${base}/me/privacy`)
      await ada.click(ada.page.getByRole('link', { name: /^Who looked/ }))
      await onScreen(ada, 'Who looked')
      await ada.page.getByText(reason).waitFor()
      assert.equal(await ada.page.getByRole('heading', { name: 'Data protection · Opened' }).count(), 3)
      assert.equal(await ada.page.getByRole('heading', { name: 'Data protection · Looked' }).count(), 3)
      assert.equal(await ada.page.getByRole('heading', { name: 'Data protection · Answered' }).count(), 1)
      assert.ok(!(await ada.page.content()).includes('Lee'))
      await ada.click(ada.page.getByRole('button', { name: 'Let support look' }))
      await ada.page.getByText('Support may look').waitFor()
      assert.deepEqual(await ada.axe(), [])
      await ada.click(ada.page.getByRole('button', { name: 'End it now' }))
      await ada.page.getByText('Support may look').waitFor({ state: 'detached' })
      // Her own sign-in opens no console.
      await ada.page.goto(`${base}/operator`)
      await ada.page.getByText('There is no console for you here.').waitFor()
      assert.deepEqual([...lee.faults, ...ada.faults], [])
    } finally {
      await browser.close()
      await house.dispose()
    }
  },
)
