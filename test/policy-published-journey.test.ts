// Catches a person of 2.0 whom the app of 2.1 asks without the differences in sight, stops too early or too late, or never lets go on.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser } from 'playwright-core'
import { openListener } from '../server/src/listening.ts'
import { ownVersions } from '../server/src/privacy/catalogue.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { agreedTo } from './policy-house.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const dayMs = 86_400_000
const waitMs = 10_000
const languages = [
  {
    locale: 'en-GB',
    dialog: 'The texts of this server change',
    see: 'See what changes',
    changes: 'What changes',
    purpose: /A new purpose: Reports to a manufacturer/,
    every: /Every difference between version 2\.0 and version 2\.1/,
    removed: /Eaves shares your information with nobody/,
    added: /Nothing about you goes to a manufacturer or partner/,
    same: /This agreement is between you and whoever runs/,
    until: /Until you agree you can see what is yours/,
    notNow: 'Not now',
    agree: 'Agree',
  },
  {
    locale: 'zh-CN',
    dialog: '本服务器的文件将有变更',
    see: '查看变化',
    changes: '有哪些变化',
    purpose: /新增用途：向厂商报告/,
    every: /2\.0 版与 2\.1 版的全部差异/,
    removed: /Eaves 不与任何人共享您的信息/,
    added: /未经您同意，与您有关的任何信息都不会提供给厂商或合作方/,
    same: /本协议由您与您所使用的/,
    until: /在您同意之前/,
    notNow: '暂不',
    agree: '同意',
  },
] as const

/** A house that lived under 2.0 and is then given 2.1, with a browser that signs its person in. */
async function renewed(locale: string, run: (world: World) => Promise<void>): Promise<void> {
  const texts = ownVersions().slice(0, 1)
  const { inside, owner, home } = await agreedTo(texts)
  const listener = await openListener(inside.house, { host: '127.0.0.1', port: 0 }, quietLog)
  const base = `http://localhost:${listener.port}`
  const browser: Browser = await openBrowser()
  try {
    texts.push(...ownVersions().slice(1, 2))
    await inside.house.privacy.start()
    inside.clock.advance(6_000)
    const person = await visit(browser, base, locale)
    person.page.setDefaultTimeout(waitMs)
    const signIn = async () => {
      const { cookie } = await inside.signIn(owner)
      await person.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
    }
    await signIn()
    const standing = async () => (await inside.house.privacy.stand(owner)).standing
    const wait = async (ms: number) => {
      inside.clock.advance(ms)
      await signIn()
    }
    const room = async () => {
      const { cookie } = await inside.signIn(owner)
      return (
        await inside.call({ method: 'POST', path: `/api/homes/${home}/rooms`, cookie, body: { name: 'New' } })
      ).status
    }
    await run({ person, base, standing, wait, room })
    assert.deepEqual(person.faults, [])
  } finally {
    await browser.close()
    await listener.stop()
    await inside.end()
  }
}
interface World {
  readonly person: Visit
  readonly base: string
  readonly standing: () => Promise<string>
  readonly wait: (ms: number) => Promise<void>
  /** What the server answers to a new room. */
  readonly room: () => Promise<number>
}

describe('from 2.0 to 2.1 in the app', { skip }, () => {
  for (const words of languages)
    test(`${words.locale}: the difference is seen, "not now" waits and then limits, a yes opens all`, async () => {
      clause('pp.7.2')
      clause('pp.7.3')
      clause('fm.read')
      await renewed(words.locale, async ({ person, base, standing, wait, room }) => {
        const { page } = person
        const shot = async (name: string) => {
          const folder = process.env.EAVES_TEST_SHOTS
          if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${words.locale}.png` })
        }
        await page.goto(`${base}/me`)
        await page.getByRole('dialog', { name: words.dialog }).waitFor()
        await shot('published-notice')
        await page.getByRole('link', { name: words.see }).click()
        await page.getByRole('heading', { name: words.changes }).waitFor()
        await page.getByText(words.purpose).waitFor()
        await page.getByRole('button', { name: words.every }).click()
        await page.getByText(words.removed).first().waitFor()
        await page.getByText(words.added).first().waitFor()
        const differences = page.getByRole('region', { name: words.changes })
        assert.equal(await differences.getByText(words.same).count(), 0)
        assert.ok((await differences.getByText(words.added).count()) > 0)
        assert.deepEqual(await person.axe(), [])
        await shot('published-diff')
        await page.getByRole('button', { name: words.notNow }).click()
        await page.waitForURL((url) => !url.pathname.startsWith('/gate'))
        assert.deepEqual([await standing(), await room()], ['notice_pending', 201])

        await wait(31 * dayMs)
        await page.goto(`${base}/gate`)
        await page.getByText(words.until).first().waitFor()
        assert.deepEqual(await person.axe(), [])
        await page.getByRole('button', { name: words.notNow }).click()
        // The home can be looked at, and nothing leads back to the gate by itself.
        await page.waitForURL((url) => url.pathname.startsWith('/homes/'))
        await page.getByRole('dialog', { name: words.dialog }).waitFor()
        await page.waitForLoadState('networkidle')
        assert.match(new URL(page.url()).pathname, /^\/homes\//)
        await shot('published-limited')
        assert.deepEqual([await standing(), await room()], ['limited', 451])
        // What is one's own stays open.
        await page.goto(`${base}/me/privacy/held`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        assert.equal(new URL(page.url()).pathname, '/me/privacy/held')

        await page.goto(`${base}/gate`)
        await page.getByRole('button', { name: words.agree, exact: true }).click()
        await page.waitForURL((url) => !url.pathname.startsWith('/gate'))
        assert.deepEqual([await standing(), await room()], ['current', 201])
      })
    })
})
