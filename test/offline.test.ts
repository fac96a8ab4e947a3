// Catches an app that needs the network to open, that shows one person's home to the next on a shared tablet, or lets an act wait for hours.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { DeviceView, HomeId, SubjectId } from '@eaves/model'
import type { Browser } from 'playwright-core'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { everythingKept, hasChromium, isKept, openBrowser, visit, type Visit } from './browser.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { root, until } from './server.ts'

const skip =
  hasChromium && existsSync(join(root, 'web/dist/worker.js'))
    ? false
    : 'not run: Chromium or the built app missing'

describe('the app without the network', { skip, timeout: 120_000 }, () => {
  let inside: InHouse, listener: Listener, browser: Browser, tablet: Visit, port: number
  let ada: SubjectId, ben: SubjectId, adas: HomeId
  /** The version that the worker is said to have; undefined = its own. */
  let edition: string | undefined
  const open = async (at = 0) => {
    const { app } = inside.house
    const house = {
      ...inside.house,
      app: (...given: Parameters<typeof app>) => {
        const served = app(...given)
        const fetch = async (...asked: Parameters<typeof served.fetch>) => {
          if (edition === undefined || new URL(asked[0].url).pathname !== '/worker.js')
            return served.fetch(...asked)
          const text = readFileSync(join(root, 'web/dist/worker.js'), 'utf8').replace(
            /"version":"\w+"/,
            `"version":"${edition}"`,
          )
          return new Response(text, {
            headers: { 'content-type': 'text/javascript', 'cache-control': 'no-cache' },
          })
        }
        return Object.assign(Object.create(served) as typeof served, { fetch })
      },
    }
    listener = await openListener(house, { host: '127.0.0.1', port: at }, quietLog)
    port = listener.port
  }
  const base = () => `http://localhost:${port}`
  const enter = async (who: SubjectId) => {
    const { cookie } = await inside.signIn(who)
    await tablet.context.addCookies([
      { name: `eaves-${port}`, value: cookie, url: base(), httpOnly: true, sameSite: 'Strict' },
    ])
    return cookie
  }
  const kept = () => tablet.evaluate<string>(everythingKept)
  const seenHome = async () => {
    await tablet.page.goto(base())
    await tablet.page.getByText('Elm Street lamp').first().waitFor()
    await until(() => tablet.evaluate<boolean>(isKept('Elm Street lamp')), 'the home kept', 15_000)
  }
  before(async () => {
    inside = await openInHouse()
    const claimed = await inside.house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'ada@example.org' },
      acts: inside.house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    ada = claimed.subject
    ben = await inside.person('ben@example.org')
    adas = await inside.house.createHome(ada, { name: 'Elm Street', zone: 'Europe/Berlin' })
    await inside.house.createHome(ben, { name: 'Oak Lane', zone: 'Europe/Berlin' })
    await inside.furnish(adas, ada, 'elm')
    const { cookie } = await inside.signIn(ada)
    const devices = `/api/homes/${adas}/devices`
    const lamp = await until(async () => {
      const { json } = await inside.call({ method: 'GET', path: devices, cookie })
      return (json as DeviceView[]).find((each) =>
        each.parts.some((part) => 'onOff' in part.capabilities || 'level' in part.capabilities),
      )?.id
    }, 'the lamp')
    const named = await inside.call({
      method: 'PATCH',
      path: `${devices}/${lamp}`,
      cookie,
      body: { name: 'Elm Street lamp' },
    })
    assert.equal(named.status, 200, named.text)
    const room = {
      method: 'POST',
      path: `/api/homes/${adas}/rooms`,
      cookie,
      body: { name: 'Elm Street attic' },
    }
    assert.equal((await inside.call(room)).status, 201)
    await open()
    browser = await openBrowser()
    tablet = await visit(browser, base(), undefined, undefined, { hasWorker: true })
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await inside?.end()
  })

  test('it opens, at any address, with the home as it was last seen, its age and the reason why nothing can be switched', async (t) => {
    await enter(ada)
    await seenHome()
    await tablet.page.waitForFunction('navigator.serviceWorker.controller !== null')
    t.diagnostic(`keeps ${(await kept()).length} characters`)
    await listener.stop()
    for (const path of ['/', `/homes/${adas}/rooms`]) {
      await tablet.page.goto(base() + path)
      await tablet.page.getByText(/You see your home as it was/).waitFor()
      if (path === '/') {
        await tablet.page.getByText('Elm Street lamp').first().waitFor()
        const control = tablet.page.getByRole('switch', { name: /Elm Street lamp/ }).first()
        assert.ok(await control.isDisabled())
      } else {
        await tablet.page.getByRole('link', { name: 'Elm Street attic' }).waitFor()
        assert.equal(await tablet.page.getByRole('alert').count(), 0)
      }
      assert.deepEqual(await tablet.axe(), [])
    }
    assert.deepEqual(tablet.faults, [])
    await tablet.page.goto(`${base()}/me`)
    await tablet.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await until(
      async () => !(await kept()).includes('Elm Street'),
      'what was kept to be gone, though nobody could be told',
    )
  })

  test('once the server is back it is the present that is shown', async () => {
    await open(port)
    await tablet.page.goto(base())
    await tablet.page.getByText('Elm Street lamp').first().waitFor()
    await until(
      async () => (await tablet.page.getByText(/You see your home as it was/).count()) === 0,
      'the present',
    )
  })

  test('no answer of the server is in the worker’s cache', async () => {
    const urls = await tablet.evaluate<string[]>(
      `(async () => (await Promise.all((await caches.keys()).filter((name) => name.startsWith('eaves-app-')).map(async (name) => (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname)))).flat())()`,
    )
    assert.ok(urls.includes('/') && urls.length > 20, `${urls.length} files`)
    assert.deepEqual(
      urls.filter(
        (path) =>
          path !== '/' && !/^\/(assets\/[^/]+|appearance\.js|icon\.svg|manifest\.webmanifest)$/.test(path),
      ),
      [],
    )
  })

  test('whoever takes the tablet after a sign-out finds nothing of the one before, with the network or without', async () => {
    await tablet.page.goto(`${base()}/me`)
    await tablet.page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await tablet.page.waitForURL('**/sign-in*')
    assert.doesNotMatch(await kept(), /Elm Street|ada@example/)
    await enter(ben)
    await tablet.page.goto(base())
    await tablet.page.getByText('Oak Lane').first().waitFor({ state: 'attached' })
    await until(() => tablet.evaluate<boolean>(isKept('Oak Lane')), 'Ben’s home kept', 15_000)
    assert.doesNotMatch(await kept(), /Elm Street/)
    await listener.stop()
    await tablet.page.goto(base())
    await tablet.page.getByText(/You see your home as it was/).waitFor()
    assert.equal(await tablet.page.getByText('Elm Street').count(), 0)
    await open(port)
  })

  test('a sign-in that ended elsewhere takes what was kept with it', async () => {
    await tablet.context.clearCookies()
    await enter(ada)
    await tablet.page.goto(base())
    await seenHome()
    await inside.house.people.sessions.end(ada)
    await tablet.page.goto(base())
    await tablet.page.waitForURL('**/sign-in*')
    assert.doesNotMatch(await kept(), /Elm Street/)
    await listener.stop()
    await tablet.page.goto(base())
    await tablet.page.waitForTimeout(1500)
    assert.equal(await tablet.page.getByText('Elm Street').count(), 0)
    await open(port)
  })

  test('a new version waits until the person lets it in, and does not ask in the middle of something', async () => {
    await enter(ada)
    await seenHome()
    edition = 'fresh'
    const prompt = tablet.page.getByRole('button', { name: 'Start the new version' })
    await tablet.evaluate('navigator.serviceWorker.getRegistration().then((each) => each.update())')
    await prompt.waitFor()
    assert.deepEqual(await tablet.axe(), [])
    const names = "caches.keys().then((all) => all.filter((each) => each.startsWith('eaves-app-')))"
    assert.equal(
      (await tablet.evaluate<string[]>(names)).length,
      2,
      'the old files stay while the page needs them',
    )
    await tablet.page.goto(`${base()}/homes/${adas}/add`)
    await tablet.page.getByRole('heading', { level: 1 }).waitFor()
    assert.equal(await prompt.count(), 0)
    await tablet.page.goto(base())
    await prompt.click()
    await until(
      async () => {
        const now = await tablet.evaluate<string[]>(names).catch(() => [])
        return now.length === 1 && now[0]!.endsWith('fresh')
      },
      'the new version',
      20_000,
    )
    await tablet.page.getByText('Elm Street lamp').first().waitFor()
    assert.equal(await prompt.count(), 0)
    assert.deepEqual(tablet.faults, [])
  })
})
