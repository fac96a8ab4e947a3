// Catches a screen that runs, obeys or is torn apart by the name of a person or a thing.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { openHostile, type HostileHouse } from './hostile-house.ts'
import { until } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const phone = { width: 390, height: 844 }
const desktop = { width: 1280, height: 800 }
const mine = 'security sign-ins activity tokens notifications phone choices agreements home connections locks'
interface Facts {
  readonly wide: number
  /** What stands out on the right, if the page is too wide. */
  readonly widest: string
  readonly ran: readonly string[]
  readonly said: number
}
const facts = `(() => {
  const root = document.documentElement
  const ran = [...document.querySelectorAll('img[src="x"], [onload], [onerror], a[href^="javascript" i], body script, body style')].map((each) => each.outerHTML.slice(0, 200))
  const over = [...document.body.querySelectorAll('*')].findLast((each) => each.getBoundingClientRect().right > root.clientWidth)
  const widest = over ? over.tagName + '.' + over.className : ''
  return { wide: Math.max(root.scrollWidth, document.body.scrollWidth) - root.clientWidth, widest, ran, title: document.title.length, said: document.body.innerText.trim().length }
})()`
/** Goes on within the open app, as its links do; answers whether another screen came. */
const goOn = (path: string) => `(async () => {
  const head = () => document.querySelector('h1, [role=alert]')
  const [old, text] = [head(), head()?.textContent]
  const isOther = () => document.title !== '' || (head() !== null && (head() !== old || head().textContent !== text))
  document.title = ''
  history.pushState({}, '', ${JSON.stringify(path)})
  for (let turn = 0; turn < 50 && !isOther(); turn++) await new Promise((done) => setTimeout(done, 15))
  return isOther()
})()`

describe('hostile names on every screen', { skip }, () => {
  let world: HostileHouse, listener: Awaited<ReturnType<typeof openListener>>, browser: Browser, base: string
  before(async () => {
    world = await openHostile()
    listener = await openListener(world.family.house, { host: '127.0.0.1', port: 0 }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await world?.family.end()
  })

  const enter = async (cookie?: string) => {
    const who = await visit(browser, base, 'en-GB', phone)
    who.page.setDefaultTimeout(10_000)
    const dialogs: string[] = []
    who.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    if (cookie !== undefined)
      await who.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
    return { ...who, dialogs }
  }
  const look = async (who: Visit & { readonly dialogs: readonly string[] }, path: string) => {
    const isWithin = who.page.url().startsWith(base) && !path.includes('#')
    if (!isWithin || !(await who.evaluate<boolean>(goOn(path)))) {
      loads += 1
      await who.page.goto(base + path)
    }
    await who.page.locator('h1, [role=alert]').first().waitFor({ state: 'attached' })
    await until(async () => !(await who.page.locator('.skeleton').count()), `${path} has loaded`, 10_000)
    for (const viewport of [phone, desktop]) {
      await who.page.setViewportSize(viewport)
      await who.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
      const { wide, widest, ran, said } = await who.evaluate<Facts>(facts)
      const where = `${path} at ${viewport.width}`
      if (wide > 0) wrong.push(`${where} is ${wide} px too wide, by ${widest}`)
      if (ran.length > 0) wrong.push(`${where} has ${ran.join(' ')}`)
      if (said === 0) wrong.push(`${where} says nothing`)
    }
    await who.page.setViewportSize(phone)
    if (who.faults.length > 0 || who.dialogs.length > 0)
      wrong.push(`${path}: ${[...who.faults, ...who.dialogs].join('; ')}`)
  }
  let wrong: string[] = []
  let loads = 0

  test('of whoever keeps the home', { timeout: 110_000 }, async (t) => {
    wrong = []
    const { home, rooms, lamps, group, members, guest, cookies } = world
    const at = (path: string) => `/homes/${home}${path}`
    const who = await enter(cookies.owner)
    const begun = performance.now()
    const paths = [
      ...['', '/rooms', '/add', '/add?with=built-in', '/maintenance', '/groups/new', `/groups/${group}`].map(
        at,
      ),
      ...['/members', '/members/invite', '/members/owner', '/place', '/panels', '/about'].map(at),
      ...[0, 6, 8, 9].map((n) => at(`/rooms/${rooms[n]}`)),
      ...[1, 6, 8, 9].map((n) => at(`/devices/${lamps[n]}`)),
      at(`/devices/${group}`),
      at(`/replace/${lamps[6]}?by=${lamps[1]}`),
      ...[members[6], members[9], guest].map((each) => at(`/members/${each}`)),
      at(`/members/${guest}/view`),
      ...['', ...mine.split(' ').map((page) => `/${page}`)].map((page) => `/me${page}`),
      ...['/gate', '/create-home', '/undo#x', '/documents', '/contact', '/nowhere'],
    ]
    for (const path of paths) await look(who, path)
    t.diagnostic(`${paths.length} screens, ${loads} loaded anew, ${Math.round(performance.now() - begun)} ms`)
    await who.context.close()
    assert.deepEqual(wrong, [])
  })

  test('of a guest, of a wall and of whoever is invited', { timeout: 110_000 }, async (t) => {
    wrong = []
    const { home, rooms, lamps, invitation, pairing, cookies } = world
    const at = (path: string) => `/homes/${home}${path}`
    const guest = await enter(cookies.guest)
    const own = [
      ...['', '/rooms', `/rooms/${rooms[6]}`, `/rooms/${rooms[9]}`, '/place', '/members', '/about'].map(at),
      ...[6, 8, 9].map((n) => at(`/devices/${lamps[n]}`)),
      ...['', '/security', '/sign-ins', '/activity', '/home', '/locks'].map((page) => `/me${page}`),
      `/join#${invitation}`,
    ]
    for (const path of own) await look(guest, path)
    await guest.context.close()
    const wall = await enter(cookies.panel)
    await look(wall, '/wall')
    await wall.context.close()
    const stranger = await enter()
    for (const path of ['/welcome', '/sign-in', `/join#${invitation}`, `/wall#${pairing}`, '/claim#x'])
      await look(stranger, path)
    await stranger.context.close()
    t.diagnostic(`${own.length + 6} screens`)
    assert.deepEqual(wrong, [])
  })
})
