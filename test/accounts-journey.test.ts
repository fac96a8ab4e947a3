// Catches an account page or a way in that a person in front of a browser cannot use: passkeys, the fresh proof, both languages, axe.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { household, until, type Household, type Running } from './server.ts'
import { lettersAt } from './outbox.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'

/** A passkey device that says yes, over the browser's own debugging protocol. */
async function addAuthenticator(page: Page): Promise<(touched: boolean) => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return async (enabled) =>
    void (await session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }))
}

describe('one’s own account in the browser', { skip }, () => {
  let house: Household, server: Running, browser: Browser, person: Visit
  let touch: (touched: boolean) => Promise<void>
  before(async () => {
    house = household()
    await house.claim()
    server = await house.start()
    browser = await openBrowser()
    person = await visit(browser, server.base)
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
  })
  const button = (name: string | RegExp) => person.page.getByRole('button', { name, exact: true })
  const onScreen = async (name: string) => {
    await person.page.getByRole('heading', { level: 1, name }).waitFor()
    assert.deepEqual(await person.axe(), [], name)
    assert.deepEqual(person.faults, [], name)
  }
  const outbox = () => join(house.dir, 'data.outbox')
  /** The newest code in the outbox that has not been used yet. */
  const used = new Set<string>()
  const nextCode = () =>
    until(() => {
      for (const name of lettersAt(outbox()).toReversed()) {
        const code = /^ {4}(\d{6})\r?$/m.exec(readFileSync(join(outbox(), name), 'utf8'))?.[1]
        if (code !== undefined && !used.has(name)) {
          used.add(name)
          return code
        }
      }
      return undefined
    }, 'a code in the outbox')

  test('a code lets in, a passkey is added after a fresh proof, and then lets in by itself', async () => {
    const { page } = person
    await page.goto(`${server.base.replace('127.0.0.1', 'localhost')}/sign-in`)
    touch = await addAuthenticator(page)
    await onScreen('Sign in')
    await page.getByLabel('E-mail address or phone number').fill('ada@example.org')
    await button('Continue').click()
    await onScreen('Enter the code')
    await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode())
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    // The gate stands before everything: the command line has agreed for this account.
    await page.goto(new URL('/me/security', page.url()).href)
    await onScreen('Account and security')
    // The proof of signing in is still fresh; the server is made to answer as it will in six minutes.
    let refusals = 0
    await page.route('**/api/me/passkey-challenges', async (route) => {
      if (refusals++ > 0) return route.continue()
      return route.fulfill({
        status: 403,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'auth.step-up-required', status: 403, title: 't', todo: 't' }),
      })
    })
    await button('Add a passkey').click()
    await page.getByRole('dialog', { name: 'Is it you?' }).waitFor()
    assert.deepEqual(await person.axe(), [], 'Is it you?')
    await button('Send a code to ada@example.org').click()
    await page.getByRole('textbox', { name: 'Code' }).fill(await nextCode())
    await page.getByText('never used').waitFor()
    assert.equal(refusals, 2)
    await onScreen('Account and security')
    await page.goto(new URL('/me', page.url()).href)
    // The address field would offer the passkey, and this device would take it at once.
    await touch(false)
    await button('Sign out').click()
    await onScreen('Sign in')
    await touch(true)
    await button('Sign in with a passkey').click()
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
    await page.goto(new URL('/me/security', page.url()).href)
    await page.getByText('just now').waitFor()
  })

  test('an authenticator app is set up from its secret, and then signing in by password asks for it', async () => {
    const { page } = person
    await page.goto(new URL('/me/security', page.url()).href)
    await button('Set up an authenticator app').click()
    const secret = (await page.locator('p.font-mono.select-all').textContent())!.replaceAll(' ', '')
    await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor()
    await onScreen('Account and security')
    const app = new TOTP({ secret: Secret.fromBase32(secret) })
    await page.getByRole('textbox', { name: 'Code of the authenticator app' }).fill(app.generate())
    await button('Turn off').waitFor()
    await page.getByLabel('New password').fill('correct horse battery')
    await button('Set password').click()
    await button('Remove password').click()
    const asked = page.getByRole('alertdialog', { name: 'Remove your password?' })
    await asked.waitFor()
    assert.deepEqual(await person.axe(), [], 'Remove your password?')
    await asked.getByRole('button', { name: 'Keep it' }).click()
    await button('Remove password').waitFor()
    await page.goto(new URL('/me', page.url()).href)
    await touch(false)
    await button('Sign out').click()
    await page.getByLabel('E-mail address or phone number').fill('ada@example.org')
    await button('Use a password').click()
    await page.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
    await button('Sign in').click()
    await onScreen('One more proof')
    const code = page.getByRole('textbox', { name: 'Code of the authenticator app' })
    await code.fill('000000')
    await page.getByText('That is not right, or it was used already.').waitFor()
    // The step that turned it on is used; the next one counts already.
    await code.fill(app.generate({ timestamp: Date.now() + 30_000 }))
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  })

  test('new recovery codes are made on a second press, and stay on screen though the server falters', async () => {
    const { page } = person
    await page.goto(new URL('/me/security', page.url()).href)
    await button('Make new codes').click()
    const asked = page.getByRole('alertdialog', { name: 'Make new recovery codes?' })
    await asked.waitFor()
    assert.equal(await button('I have saved them').count(), 0)
    assert.deepEqual(await person.axe(), [], 'Make new recovery codes?')
    let refusals = 0
    await page.route('**/api/me', (route) => {
      refusals++
      return route.fulfill({
        status: 409,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'input.conflict', status: 409, title: 't', todo: 't' }),
      })
    })
    await asked.getByRole('button', { name: 'Make them' }).click()
    await until(() => refusals > 0, 'the answer that failed')
    await button('I have saved them').waitFor()
    await page.waitForTimeout(500)
    assert.equal(await page.getByRole('heading', { level: 2, name: 'Recovery codes' }).count(), 1)
    await page.unroute('**/api/me')
    await button('I have saved them').click()
    await button('Make new codes').waitFor()
  })
})
