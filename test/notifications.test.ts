// Catches notices that a person cannot turn on, find or end again in the app, that nothing sends, and a service worker that shows nothing of what came.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { clause } from '@eaves/policy'
import { testBrowser } from '../server/src/notifications/testing.ts'
import type { Egress } from '../server/src/privacy/privacy.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { openInHouse } from './in-house.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, root, until, type Household, type Running } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium is missing'
const host = 'push.localhost'

/** Stands for the browser's own part, which needs a push service on the internet: grants, and hands out an address. */
const stand = (wish: { endpoint: string; keys: Readonly<Record<string, string>> }, over: string) => `
  let held = null
  const subscription = (key) => ({
    options: { applicationServerKey: key.buffer },
    toJSON: () => (${JSON.stringify({ endpoint: wish.endpoint, keys: wish.keys })}),
    unsubscribe: async () => { held = null; return true },
  })
  const pushManager = {
    getSubscription: async () => held,
    subscribe: async ({ applicationServerKey }) => (held = subscription(applicationServerKey)),
  }
  const registration = { pushManager }
  Object.defineProperty(navigator.serviceWorker, 'ready', { get: async () => registration })
  navigator.serviceWorker.getRegistration = async () => registration
  const here = { permission: 'default', asked: 'granted' }
  Object.defineProperty(Notification, 'permission', { get: () => here.permission })
  Notification.requestPermission = async () => (here.permission = here.asked)
  ${over}
`

describe('the page of notifications', { skip }, () => {
  let house: Household, server: Running, browser: Browser, cookie: string
  before(async () => {
    house = household({ EAVES_PUSH_HOSTS: host })
    server = await house.start()
    ;({ cookie } = await claimByHttp(server))
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
  })
  /** Opens the page as the person who claimed, in a browser that is as told. */
  const open = async (over = '', viewport = { width: 390, height: 844 }, agent?: string): Promise<Visit> => {
    const person = await visit(browser, server.base, 'en-GB', viewport)
    const [name, value] = cookie.split('=') as [string, string]
    await person.context.addCookies([{ name, value, url: local() }])
    await person.page.addInitScript(stand(testBrowser(host).wish, over))
    if (agent !== undefined)
      await person.page.addInitScript(
        `Object.defineProperty(navigator, 'userAgent', { get: () => ${JSON.stringify(agent)} })`,
      )
    await person.page.goto(`${local()}/me/notifications`)
    await person.page.getByRole('heading', { name: 'Notifications', level: 1 }).waitFor()
    return person
  }
  const local = () => server.base.replace('127.0.0.1', 'localhost')
  const listed = async () => {
    const answer = await fetch(`${server.base}/api/me/push/subscriptions`, { headers: { cookie } })
    return (await answer.json()) as { current: boolean; service: string }[]
  }

  test('one press turns them on here, one ends them, and each browser is listed with its carrier', async () => {
    clause('pp.4.4.e')
    const person = await open()
    const { page } = person
    const toggle = page.getByRole('switch', { name: 'Notices in this browser' })
    await page.getByText('No browser gets notices yet').waitFor()
    assert.deepEqual(await person.axe(), [])
    await toggle.press('Space')
    await page.getByText(`Carried by ${host}`).waitFor()
    assert.deepEqual(
      (await listed()).map(({ current, service }) => [current, service]),
      [[true, host]],
    )
    await page.getByRole('button', { name: /^Test: send a notice/ }).click()
    await page.getByRole('status').getByText('Sent.').waitFor()
    assert.deepEqual(await person.axe(), [])
    await page.reload()
    await page.getByText(`Carried by ${host}`).waitFor()
    await toggle.press('Space')
    await page.getByText('No browser gets notices yet').waitFor()
    assert.deepEqual(await listed(), [])
    assert.deepEqual(person.faults, [])
    await person.context.close()
  })

  const states: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['was told no', "here.permission = 'denied'", undefined, /told to show no notices/],
    ['cannot', 'delete window.PushManager', undefined, /cannot take notices/],
    [
      'is an iPhone without the app installed',
      '',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)',
      /home screen first/,
    ],
  ]
  for (const [name, over, agent, words] of states)
    test(`a browser that ${name} says so and what to do, with nothing to press`, async () => {
      const person = await open(over, undefined, agent)
      await person.page.getByRole('heading', { name: words }).waitFor()
      assert.equal(await person.page.getByRole('switch').count(), 0)
      assert.deepEqual(await person.axe(), [])
      await person.context.close()
    })

  test('a person who says no to the browser’s question has turned on nothing', async () => {
    const person = await open("here.asked = 'denied'")
    await person.page.getByRole('switch').press('Space')
    await person.page.getByRole('heading', { name: /told to show no notices/ }).waitFor()
    assert.deepEqual(await listed(), [])
    await person.context.close()
  })

  test('without a network nothing can be pressed, and it says why', async () => {
    const person = await open()
    await person.page.getByRole('switch').waitFor()
    await person.context.setOffline(true)
    await person.page.getByText('This device is offline.').waitFor()
    assert.equal(await person.page.getByRole('switch').isDisabled(), true)
    await person.context.setOffline(false)
    await person.page.getByText('This device is offline.').waitFor({ state: 'detached' })
    await person.context.close()
  })

  test('the bell on Home counts what is new, the list shows it, and quiet hours are kept', async () => {
    const ask = (method: string, path: string, body?: object) => {
      const headers = { cookie, origin: server.base, 'content-type': 'application/json' }
      const init = body === undefined ? {} : { body: JSON.stringify(body) }
      return fetch(server.base + path, { method, headers, ...init })
    }
    const call = async (...asked: Parameters<typeof ask>): Promise<Record<string, unknown>> =>
      (await (await ask(...asked)).json()) as never
    const home = String((await call('POST', '/api/homes', { name: 'Elm Street', zone: 'UTC' })).id)
    const unread = async () => Number((await call('GET', '/api/me/inbox/unread')).unread)
    const { id } = await call('POST', `/api/homes/${home}/automations`, {
      name: 'Post',
      triggers: [{ kind: 'time', at: '03:00' }],
      actions: [{ kind: 'notify', to: 'author', text: 'The post is here' }],
    })
    assert.equal((await ask('POST', `/api/homes/${home}/automations/${String(id)}/run`, {})).status, 202)
    const count = await until(async () => (await unread()) || undefined, 'what the automation says')
    const person = await open()
    const { page } = person
    await page.goto(`${local()}/homes/${home}`)
    await page.getByRole('link', { name: `What you were told: ${count} new` }).click()
    await page.getByRole('heading', { name: 'What you were told', level: 1 }).waitFor()
    await page.getByText('The post is here').waitFor()
    assert.deepEqual(await person.axe(), [])
    await until(async () => (await unread()) === 0, 'everything seen')
    await page.getByRole('link', { name: 'What comes to your browsers' }).click()
    await page.getByRole('switch', { name: 'Quiet hours' }).press('Space')
    await page.getByLabel('From').waitFor()
    await page.getByRole('switch', { name: 'Left open' }).press('Space')
    const rules = () => call('GET', '/api/me/notification-rules')
    await until(async () => JSON.stringify(await rules()).includes('left.open'), 'the choice to be kept')
    assert.deepEqual(await rules(), {
      inboxOnly: ['left.open'],
      quiet: { from: '22:00', to: '07:00' },
      dangersWait: false,
    })
    assert.deepEqual(await person.axe(), [])
    // Pressed outside the app: one that starts, and one that stands in the inbox.
    await page.goto(`${local()}/me/inbox#kind=automation.failed&home=${home}&automation=${String(id)}`)
    await page.waitForURL(`**/homes/${home}/automations/${String(id)}`)
    await page.goto(`${local()}/me/inbox`)
    await page.getByText('The post is here').waitFor()
    await page.goto(`${local()}/me/inbox#kind=sign-in.new`)
    await page.waitForURL('**/me/sign-ins')
    assert.deepEqual(person.faults, [])
    await person.context.close()
  })
})

test('a browser that takes notices shows a new sign-in elsewhere, and each change of an address of the account', async () => {
  clause('pp.2.1.1')
  const phone = testBrowser('fcm.googleapis.com')
  const kinds: unknown[] = []
  const egress = {
    post: async ({ body }: Parameters<Egress['post']>[0]) => {
      kinds.push(phone.read(Buffer.from(body)).kind)
      return { status: 201, text: '', retryAfterSeconds: undefined }
    },
  }
  const inside = await openInHouse('sqlite', undefined, { egress })
  try {
    const { people, privacy, notifications } = inside.house
    const { subject } = await people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    const { session } = await inside.signIn(subject)
    await notifications.subscribe({ subject, session }, phone.wish)
    const said = async () => {
      await people.settled()
      await notifications.settled()
      return kinds.splice(0)
    }
    const site = { origin: 'http://localhost:8420', host: 'localhost' }
    const prover = { subject, session, address: '192.0.2.0' }
    for (const identifier of [{ email: 'new@example.org' }, { phone: '+4915123456789' }]) {
      const { flow } = await people.addresses.request(prover, { identifier })
      const to = Object.values(identifier)[0]!
      const code = /^ {4}(\d{6})$/m.exec(
        (await inside.letters()).find((each) => each.includes(`To: ${to}`))!,
      )?.[1]
      await people.addresses.confirm(prover, { flow, code: code! }, site)
      assert.deepEqual(await said(), ['address.changed'], to)
    }
    await people.addresses.remove(prover, 'phone', site)
    assert.deepEqual(await said(), ['address.changed'])
    await inside.signIn(subject)
    assert.deepEqual(await said(), ['sign-in.new'])
  } finally {
    await inside.end()
  }
})

describe('the service worker’s part', { skip }, () => {
  let browser: Browser, server: Server, origin: string
  before(async () => {
    const source = readFileSync(join(root, 'web/src/worker/push.ts'), 'utf8')
    const script = `${stripTypeScriptTypes(source)}
      addEventListener('push', (event) => onPush(event))
      addEventListener('notificationclick', (event) => onNotificationClick(event))`
    server = createServer((request, response) => {
      const isScript = request.url === '/worker.js'
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<!doctype html><title>A page</title>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    origin = `http://localhost:${typeof address === 'object' ? address?.port : 0}`
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    server?.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  })

  test('shows what is pushed, also when it cannot be read', async () => {
    const context = await browser.newContext()
    await context.grantPermissions(['notifications'], { origin })
    const page = await context.newPage()
    await page.goto(origin)
    const session = await context.newCDPSession(page)
    const found = new Promise<string>((resolve) =>
      session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [first] = registrations
        if (first !== undefined) resolve(first.registrationId)
      }),
    )
    await session.send('ServiceWorker.enable')
    await page.evaluate(
      `navigator.serviceWorker.register('/worker.js', { type: 'module' }).then(() => navigator.serviceWorker.ready)`,
    )
    const registrationId = await found
    const shown = async (data: string): Promise<readonly unknown[]> => {
      await session.send('ServiceWorker.deliverPushMessage', { origin: `${origin}/`, registrationId, data })
      const list = `navigator.serviceWorker.ready.then((each) => each.getNotifications()).then((all) => all.map((each) => { each.close(); return [each.title, each.body, each.data.kind] }))`
      return until(
        async () => {
          const now = await page.evaluate<unknown[]>(list)
          return now.length > 0 && now
        },
        'a notice',
        20_000,
      )
    }
    const note = { kind: 'sign-in.new', id: 'a', title: 'A new sign-in', body: 'If it was not you, end it.' }
    assert.deepEqual(await shown(JSON.stringify(note)), [[note.title, note.body, note.kind]])
    assert.deepEqual(await shown('no JSON'), [['Eaves', '', '']])
    await context.close()
  })
})
