// Catches a place that leaves the phone in any request, one that is asked for unbidden, or a point that stays in the browser after it was to go.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { HomeId, SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import type { Browser } from 'playwright-core'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { everythingKept, hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { until } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
/** Somewhere in the ocean. */
const home = { latitude: -48.876543, longitude: -123.393321, accuracy: 20 }
const gone = { ...home, latitude: home.latitude + 5 / 111.195 }
const traces = ['48.87', '48.83', '123.39']

/** Runs in the page before its scripts. */
function countReads(): void {
  type Reads = Record<'getCurrentPosition' | 'watchPosition', (...args: unknown[]) => unknown>
  const world = globalThis as unknown as { reads: number; Geolocation: { prototype: Reads } }
  world.reads = 0
  const { prototype } = world.Geolocation
  for (const name of ['getCurrentPosition', 'watchPosition'] as const) {
    const real = prototype[name]
    prototype[name] = function (this: unknown, ...args: unknown[]) {
      world.reads++
      return Reflect.apply(real, this, args)
    }
  }
}

describe('the phone says whether it is at home', { skip }, () => {
  let inside: InHouse, listener: Listener, browser: Browser, person: Visit, base: string
  let owner: SubjectId, house: HomeId, cookie: string
  /** Everything that left the browser. */
  const left: string[] = []
  const sharesAs = async () =>
    (await inside.call({ method: 'GET', path: `/api/homes/${house}/presence/me`, cookie })).json as {
      is?: string
      by?: string
    }
  before(async () => {
    inside = await openInHouse()
    inside.clock.advance(Date.now() - inside.clock.now())
    owner = (
      await inside.house.people.claim.claim({
        code: inside.codes.at(-1)!,
        identifier: { email: 'owner@example.org' },
        acts: inside.house.privacy.currentActs('en', 'EU'),
        surface: 'app',
        place: { address: '192.0.2.0' },
      })
    ).subject
    house = await inside.house.createHome(owner, { name: 'Elm Street', zone: 'Europe/Berlin' })
    cookie = (await inside.signIn(owner)).cookie
    listener = await openListener(inside.house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
    person = await visit(browser, base)
    const { context, page } = person
    page.setDefaultTimeout(8_000)
    const own = (await inside.signIn(owner)).cookie
    await context.addCookies([{ name: `eaves-${listener.port}`, value: own, url: base }])
    context.on('request', (request) =>
      left.push([request.url(), JSON.stringify(request.headers()), request.postData() ?? ''].join(' ')),
    )
    page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => left.push(String(payload))))
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await inside?.end()
  })

  test('it asks at a press alone, tells home and away and nothing else, and forgets the place with the sign-in', async () => {
    clause('pp.2.2.1')
    const { context, page } = person
    await page.addInitScript(countReads)
    await page.goto(`${base}/homes/${house}/modes`)
    await page.getByRole('button', { name: 'Let this home know' }).click()
    await page.getByRole('switch', { name: 'This phone notices it while the app is open' }).click()
    const press = page.getByRole('button', { name: 'This is home' })
    await press.waitFor()
    assert.equal(await person.evaluate<number>('reads'), 0)
    await press.click()
    await page.getByRole('alert').getByText('Your browser does not let this page know').waitFor()
    assert.equal((await sharesAs()).is, undefined)

    await context.grantPermissions(['geolocation'], { origin: base })
    await context.setGeolocation(home)
    await press.click()
    await page.getByText('This phone is at home.').waitFor()
    assert.ok((await person.evaluate<number>('reads')) >= 2, 'the counter counts')
    await until(async () => (await sharesAs()).is === 'home', 'the home to know')
    assert.equal((await sharesAs()).by, 'phone')
    await page.getByText('Noticed by your phone').waitFor()
    assert.deepEqual(await person.axe(), [])
    assert.match(await person.evaluate(everythingKept), /-48\.8765/)

    // A place by name that they chose is pointed out as home is.
    const path = `/api/homes/${house}`
    const named = { method: 'POST', path: `${path}/places`, cookie, body: { name: 'Work' } }
    const { id: work } = (await inside.call(named)).json as { id: string }
    const choice = { path: `${path}/presence/me/places/${work}`, cookie, body: { chosen: true } }
    assert.equal((await inside.call({ method: 'PUT', ...choice })).status, 200)
    await person.evaluate("localStorage.setItem('eaves.locale', 'zh-Hans')")
    await page.goto(`${base}/homes/${house}/modes`)
    await page.getByText('这部手机在家。').waitFor()
    await page.getByRole('button', { name: '这里是Work' }).click()
    await page.getByRole('button', { name: '忘记Work的位置' }).waitFor()
    assert.equal((await person.evaluate<string>(everythingKept)).match(/-48\.8765/g)?.length, 2)
    assert.deepEqual(await person.axe(), [])

    // With their word the place goes.
    await page.getByRole('button', { name: '不再让家知道' }).click()
    await page.getByRole('button', { name: '停止并删除' }).click()
    await page.getByRole('button', { name: '让这个家知道' }).waitFor()
    assert.doesNotMatch(await person.evaluate(everythingKept), /-48\.8765/)
    await page.getByRole('button', { name: '让这个家知道' }).click()
    await page.getByRole('switch', { name: '应用打开时由这部手机察觉' }).click()
    await page.getByRole('button', { name: '这里是家' }).click()
    await until(async () => (await sharesAs()).is === 'home', 'the home to know')

    // As if it were told a while ago, on another page of the app.
    await until(
      () =>
        person.evaluate<boolean>(`(async () => {
          const cache = await caches.open('eaves-home-points')
          const [key] = await cache.keys()
          const kept = await (await cache.match(key)).json()
          if (kept.told === undefined) return false
          await cache.put(key, Response.json({ ...kept, told: { ...kept.told, at: kept.told.at - 120_000 } }))
          return true
        })()`),
      'what was told to be kept',
    )
    await context.setGeolocation(gone)
    await page.goto(`${base}/me`)
    await until(async () => (await sharesAs()).is === 'away', 'the home to know')

    await page.getByRole('button', { name: '退出登录', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor()
    const kept = await person.evaluate<string>(everythingKept)
    assert.deepEqual(
      traces.filter((each) => kept.includes(each)),
      [],
      'kept',
    )
    assert.ok(left.some((each) => each.endsWith('{"is":"away","by":"phone"}')))
    for (const each of left)
      assert.deepEqual(
        traces.filter((trace) => each.includes(trace)),
        [],
        each,
      )
    assert.deepEqual(person.faults, [])
  })
})
