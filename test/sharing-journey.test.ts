// Catches switches about a manufacturer that say yes and send nothing, say no and go on sending, or hide what left, to whom and on which yes.
// The manufacturer is an HTTP server on loopback; the app is driven in a browser, in both languages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Locator } from 'playwright-core'
import { categoryLabels, clause } from '@eaves/policy'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { send, withWorld, type World } from './recipient-house.ts'

const everyKind = ['device.use', 'user.location.imprecise', 'user.device.device_id'] as const
type Kind = (typeof everyKind)[number]
const skip = hasChromium ? false : 'not run: Chromium is missing'
const words = {
  'en-GB': {
    locale: 'en',
    page: 'Who received it',
    yes: 'Yes',
    no: 'No',
    stop: 'Stop sharing',
    arrived: /Arrived/,
    onYes: /On your yes of/,
    received: 'Received something once.',
    ask: 'Ask it to delete',
    deleted: 'It says that everything is deleted.',
    contract: 'Bound by a contract until',
    ifNo: 'If you say no',
  },
  'zh-CN': {
    locale: 'zh-Hans',
    page: '谁收到过',
    yes: '同意',
    no: '不同意',
    stop: '停止共享',
    arrived: /已送达/,
    onYes: /依据您于/,
    received: '已收到 1 次信息。',
    ask: '要求对方删除',
    deleted: '对方表示已全部删除。',
    contract: '合同有效期至',
    ifNo: '如果不同意',
  },
} as const

for (const locale of ['en-GB', 'zh-CN'] as const)
  test(
    `what a person switches on in the app is what a manufacturer gets, and nothing once they switch it off (${locale})`,
    { skip, timeout: 110_000 },
    async () => {
      clause('pp.3.1')
      clause('pp.3.1.1')
      clause('pp.3.1.3')
      clause('pp.4.4.e')
      const browser = await openBrowser()
      try {
        await withWorld((world) => journey(world, browser, locale), { startMs: Date.now() })
      } finally {
        await browser.close()
      }
    },
  )

async function journey(
  world: World,
  browser: Awaited<ReturnType<typeof openBrowser>>,
  locale: keyof typeof words,
): Promise<void> {
  const { inside, hook } = world
  let listener: Listener | undefined
  try {
    listener = await openListener(inside.house, { host: '127.0.0.1', port: 0 }, quietLog)
    const base = `http://localhost:${listener.port}`
    const at = await visit(browser, base, locale)
    const name = `eaves-${listener.port}`
    // A day goes by at once: whoever comes back then has signed in since.
    const signIn = async () => {
      const { cookie } = await inside.signIn(world.owner)
      await at.context.addCookies([{ name, value: cookie, url: base }])
    }
    await switches(world, at, { address: `${base}/me/privacy/received`, signIn, say: words[locale] })
    assert.deepEqual(at.faults, [])
    assert.ok(hook.caught.every(({ isSigned }) => isSigned))
  } finally {
    await listener?.stop()
  }
}

async function switches(
  world: World,
  at: Visit,
  {
    address,
    signIn,
    say,
  }: {
    readonly address: string
    readonly signIn: () => Promise<void>
    readonly say: (typeof words)[keyof typeof words]
  },
): Promise<void> {
  const { hook, inside } = world
  const { page } = at
  const open = async () => {
    await signIn()
    await page.goto(address)
    await page.getByRole('heading', { level: 1, name: say.page }).waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    assert.deepEqual(await at.axe(), [])
  }
  const group = (category: Kind) =>
    page.getByRole('radiogroup', { name: categoryLabels[category][say.locale], exact: true })
  const set = async (choice: Locator) => {
    const answered = page.waitForResponse(
      (response) => response.request().method() === 'PUT' && response.url().includes('/api/me/recipients/'),
    )
    await choice.click()
    assert.equal((await answered).status(), 200)
  }
  const turn = (category: Kind, to: string) => set(group(category).getByText(to, { exact: true }))
  const nextDay = async () => {
    await send(world)
    await open()
  }
  const kinds = () => hook.caught.map(({ body }) => Object.keys(body.report ?? { asked: 1 }).toSorted())

  await open()
  await page.getByText(say.contract).waitFor()
  await page.getByText(say.ifNo, { exact: true }).waitFor()
  for (const category of everyKind)
    assert.equal(await group(category).getByRole('radio', { name: say.no, exact: true }).isChecked(), true)
  await nextDay()
  assert.equal(hook.caught.length, 0)

  await turn('device.use', say.yes)
  await turn('user.device.device_id', say.yes)
  await nextDay()
  await page.getByText(say.received).waitFor()
  await page.getByText(say.arrived).first().waitFor()
  await page.getByText(say.onYes).first().waitFor()
  await turn('device.use', say.no)
  await nextDay()
  assert.deepEqual(kinds(), [['devices', 'person'], ['person']])

  await set(page.getByRole('button', { name: say.stop }))
  await page.getByRole('button', { name: say.stop }).waitFor({ state: 'detached' })
  await nextDay()
  assert.equal(hook.caught.length, 2)

  await page.getByRole('button', { name: say.ask }).click()
  await page.getByRole('button', { name: say.ask }).waitFor({ state: 'detached' })
  hook.answer = async () => ({ status: 200, text: '{"deletion":"done"}' })
  await inside.house.privacy.sharing.drain()
  await open()
  await page.getByText(say.deleted).waitFor()
  assert.equal(hook.caught.length, 3)
}
