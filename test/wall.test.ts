// Catches a lock that opens without a hold, says so before it is true, or without the PIN; and a wall panel that lets out, shows too much, stays after its end, or disarms an alarm without a code.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ConnectionId, HomeId, SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import type { Browser, Locator } from 'playwright-core'
import { deviceMessage } from '../server/src/alarm/testing.ts'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { everythingKept, hasChromium, isKept, openBrowser, visit, type Visit } from './browser.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { until } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const fiveMinutesMs = 5 * 60_000

describe('locks and the wall', { skip }, () => {
  let inside: InHouse, listener: Listener, base: string, browser: Browser
  let owner: SubjectId, home: HomeId, lock: string, handle: number
  before(async () => {
    inside = await openInHouse()
    const { house, clock } = inside
    clock.advance(Date.now() - clock.now())
    owner = (
      await house.people.claim.claim({
        code: inside.codes.at(-1)!,
        identifier: { email: 'owner@example.org' },
        acts: house.privacy.currentActs('en', 'EU'),
        surface: 'app',
        place: { address: '192.0.2.0' },
      })
    ).subject
    home = await house.createHome(owner, { name: 'Elm Street', zone: 'Europe/Berlin' })
    await inside.furnish(home, owner, 'wall')
    const { cookie } = await inside.signIn(owner)
    const { json } = await inside.call({ method: 'GET', path: `/api/homes/${home}/devices`, cookie })
    lock = (json as { id: string; name: string }[]).find((each) => each.name.startsWith('Lock'))!.id
    handle = 2
    listener = await openListener(house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
    says('locked', true)
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await inside?.end()
  })
  const says = (state: string, locked: boolean) =>
    inside.driver.say({ t: 'r', v: [handle * 10, locked, handle * 10 + 1, state] })
  const unlocks = () => inside.driver.of('command').filter((each) => each.name === 'unlock').length
  const confirms = (person: Visit) => person.page.getByRole('alertdialog')
  const signedIn = async (viewport?: { width: number; height: number }): Promise<Visit> => {
    const person = await visit(browser, base, 'en-GB', viewport)
    await person.context.addCookies([await cookieOf(owner)])
    return person
  }
  const cookieOf = async (who: SubjectId) => {
    const { cookie } = await inside.signIn(who)
    return { name: `eaves-${listener.port}`, value: cookie, url: base }
  }
  /** A finger or mouse that stays down for so long. */
  const press = async (person: Visit, target: Locator, ms: number) => {
    await until(() => target.isEnabled(), 'the button can be pressed')
    const box = (await target.boundingBox())!
    await person.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await person.page.mouse.down()
    await person.page.waitForTimeout(ms)
    await person.page.mouse.up()
  }
  const settled = async (name: 'Locked' | 'Unlocked', person: Visit) => {
    const [state, locked] = name === 'Locked' ? (['locked', true] as const) : (['unlocked', false] as const)
    for (const { command } of inside.driver.of('command').slice(-1)) inside.driver.say({ t: 'sent', command })
    says(state, locked)
    await person.page.getByRole('status').getByText(name, { exact: true }).waitFor()
    inside.clock.advance(1_000)
  }

  test('a lock opens after a hold of a second, not of half a one, and says so only once it has', async () => {
    clause('pp.4.1')
    const person = await signedIn()
    const { page } = person
    await page.goto(`${base}/homes/${home}/devices/${lock}`)
    const hold = page.getByRole('button', { name: 'Hold to unlock' })
    await hold.waitFor()
    await press(person, hold, 500)
    await page.waitForTimeout(900)
    assert.deepEqual([unlocks(), await confirms(person).count()], [0, 0], 'released early')
    await press(person, hold, 1300)
    await until(() => unlocks() === 1, 'the command')
    await page.getByText('Unlocking…').waitFor()
    assert.equal(await page.getByRole('status').getByText('Unlocked', { exact: true }).count(), 0)
    assert.deepEqual([unlocks(), await confirms(person).count()], [1, 0], 'the release is not a second act')
    await settled('Unlocked', person)
    await settled('Locked', person)

    await hold.focus()
    await page.keyboard.press('Enter')
    await confirms(person).waitFor()
    assert.equal(unlocks(), 1, 'a key asks first')
    await page.keyboard.press('Escape')
    assert.equal(await confirms(person).count(), 0)
    await hold.focus()
    await page.keyboard.press('Enter')
    assert.deepEqual(await person.axe(), [])
    await confirms(person).getByRole('button', { name: 'Unlock' }).click()
    await until(() => unlocks() === 2, 'the command by keyboard')
    const failed = inside.driver.of('command').at(-1)!
    inside.driver.say({ t: 'refused', command: failed.command, code: 'device.rejected' })
    await page.getByText('The device refused.').waitFor()
    await page.getByRole('status').getByText('Locked', { exact: true }).waitFor()

    await page.evaluate(() => localStorage.setItem('eaves.hold', 'ask'))
    await page.reload()
    await page.getByRole('button', { name: 'Unlock', exact: true }).click()
    await confirms(person).waitFor()
    assert.equal(unlocks(), 2)
    inside.driver.say({ t: 'reach', handle, online: false })
    await page.getByRole('status').getByText('State unknown').waitFor()
    inside.driver.say({ t: 'reach', handle, online: true })
    says('locked', true)
    assert.deepEqual(person.faults, [])
    await person.context.close()
  })

  test('who has no PIN yet is led to set one, and the question does not stand in front of that page', async () => {
    const { cookie } = await inside.signIn(owner)
    const { status } = await inside.call({
      method: 'PUT',
      path: `/api/homes/${home}/confirm`,
      cookie,
      body: { who: 'everybody' },
    })
    assert.equal(status, 200)
    const person = await signedIn()
    const { page } = person
    inside.clock.advance(fiveMinutesMs + 1)
    await page.goto(`${base}/homes/${home}/devices/${lock}`)
    const before = unlocks()
    await press(person, page.getByRole('button', { name: 'Hold to unlock' }), 1300)
    await confirms(person).getByRole('link', { name: 'Set a PIN' }).click()
    await page.getByRole('heading', { level: 1, name: 'Locks and PIN' }).waitFor()
    assert.equal(await confirms(person).count(), 0)
    await page.goBack()
    await page.getByRole('button', { name: 'Hold to unlock' }).waitFor()
    assert.deepEqual([unlocks(), await confirms(person).count(), person.faults], [before, 0, []])
    await person.context.close()
  })

  test('where everybody confirms, the PIN is asked for, counted and sent once', async () => {
    const { cookie } = await inside.signIn(owner)
    const put = (path: string, body: unknown) =>
      inside.call({ method: 'PUT', path: `/api/homes/${home}${path}`, cookie, body })
    assert.equal((await put('/members/me/pin', { pin: '1357' })).status, 204)
    assert.equal((await put('/confirm', { who: 'everybody' })).status, 200)
    const person = await signedIn()
    const { page } = person
    inside.clock.advance(fiveMinutesMs + 1)
    await page.goto(`${base}/homes/${home}/devices/${lock}`)
    const before = unlocks()
    await press(person, page.getByRole('button', { name: 'Hold to unlock' }), 1300)
    await confirms(person).waitFor()
    const pin = confirms(person).getByRole('textbox')
    const field = (await pin.count()) > 0 ? pin : confirms(person).locator('input')
    await field.fill('0000')
    await page.keyboard.press('Enter')
    await confirms(person).getByText('That was not right. 4 tries are left.').waitFor()
    assert.deepEqual([unlocks(), await person.axe()], [before, []])
    for (const digit of '1357')
      await confirms(person).getByRole('button', { name: digit, exact: true }).click()
    await confirms(person).getByRole('button', { name: 'Confirm' }).click()
    await until(() => unlocks() === before + 1, 'the command')
    await until(async () => (await confirms(person).count()) === 0, 'the question is gone')
    await settled('Unlocked', person)
    await settled('Locked', person)
    assert.equal((await put('/confirm', { who: 'everybody' })).status, 200)
    await person.context.close()
  })

  test('a keeper adds a panel, a tablet pairs with its code and is from then on a wall and nothing else', async () => {
    const person = await signedIn({ width: 1280, height: 800 })
    const keeper = person.page
    const { cookie: own } = await inside.signIn(owner)
    const asked = (method: string, path: string, body?: unknown) =>
      inside.call({ method, path: `/api/homes/${home}${path}`, cookie: own, body })
    const light = ((await asked('GET', '/devices')).json as { id: string; name: string }[]).find(({ name }) =>
      name.startsWith('Lamp'),
    )!.id
    const settings = [{ device: light, part: 'main', capability: 'onOff', values: { on: true } }]
    assert.equal((await asked('POST', '/scenes', { name: 'Evening', settings })).status, 201)
    await keeper.goto(`${base}/homes/${home}/panels`)
    await keeper.getByText('No wall panel yet').waitFor()
    assert.deepEqual(await person.axe(), [])
    await keeper.getByRole('button', { name: 'Add a wall panel' }).click()
    await keeper.getByLabel('Name', { exact: true }).fill('Hall')
    await keeper.getByText('Lock wall-lock').click()
    await keeper.getByLabel('PIN of the panel').fill('2468')
    assert.deepEqual(await person.axe(), [])
    await keeper.getByRole('button', { name: 'Add and show the code' }).click()
    const code = await keeper.locator('strong.font-mono').innerText()
    assert.deepEqual(await person.axe(), [])

    const tablet = await visit(browser, base, 'en-GB', { width: 1024, height: 768 })
    const { page } = tablet
    // It was somebody's own before.
    await tablet.context.addCookies([await cookieOf(owner)])
    await page.goto(`${base}/homes/${home}`)
    const keeps = async () => (await tablet.evaluate<string>(everythingKept)).includes(home)
    await until(() => tablet.evaluate<boolean>(isKept('wall-lock')), 'the home kept', 15_000)
    await page.goto('about:blank')
    await page.clock.install()
    await page.goto(`${base}/wall#${code}`)
    await page.getByRole('heading', { level: 1, name: 'Wall panel' }).waitFor()
    await page.getByText('As a wall panel this browser signs you out.').waitFor()
    assert.equal(new URL(page.url()).hash, '')
    assert.equal(await page.getByLabel('Code').inputValue(), code)
    assert.deepEqual(await tablet.axe(), [])
    await page.getByRole('button', { name: 'Use as a wall panel' }).click()
    await page.getByRole('heading', { level: 1, name: 'Elm Street' }).waitFor()
    assert.deepEqual(await tablet.axe(), [])
    assert.equal(await tablet.evaluate('document.documentElement.dataset.theme'), 'dark')
    await until(
      async () => (await page.getByRole('article').count()) === 3,
      'the scene, the lamp and the lock',
    )
    assert.equal(await keeps(), false, 'what its former person saw')
    await keeper.getByText('On the wall', { exact: true }).waitFor()
    await keeper.getByText('Scenes: Evening').waitFor()
    assert.equal(await keeper.getByText('Waits for its tablet').count(), 0)

    const small = await tablet.evaluate<string[]>(
      `[...document.querySelectorAll('button, a, input')].filter((each) => each.checkVisibility() && !each.closest('.sr-only') && !each.classList.contains('sr-only')).map((each) => each.closest('[data-body]') ? each.closest('article') : each).filter((each) => { const box = each.getBoundingClientRect(); return box.height < 60 || box.width < 60 }).map((each) => each.outerHTML.slice(0, 120))`,
    )
    assert.deepEqual(small, [], 'targets of 60 pixels')
    for (const path of ['/', '/me', `/homes/${home}`, `/homes/${home}/devices/${lock}`]) {
      await page.goto(base + path)
      await page.waitForURL('**/wall')
    }

    const lamp = page.getByRole('button', { name: /Lamp wall-lamp.* power/ })
    await page.getByRole('button', { name: 'Run Evening: 1 device' }).click()
    await page.getByText('Evening is set.').waitFor()
    const { command } = inside.driver.of('command').at(-1)!
    inside.driver.say({ t: 'sent', command }, { t: 'r', v: [10, true] })
    inside.clock.advance(1_000)
    const commands = inside.driver.of('command').length
    await lamp.click()
    await until(() => inside.driver.of('command').length === commands + 1, 'the lamp’s command')
    inside.clock.advance(1_000)

    await page.clock.fastForward(45_000)
    assert.equal(await page.getByRole('button', { name: 'Wake the panel' }).count(), 0)
    await page.clock.fastForward(16_000)
    const wake = page.getByRole('button', { name: 'Wake the panel' })
    await wake.waitFor()
    const box = (await lamp.boundingBox())!
    await page.mouse.click(box.x + 5, box.y + 5)
    await until(async () => (await wake.count()) === 0, 'awake')
    assert.equal(
      inside.driver.of('command').length,
      commands + 1,
      'the touch that wakes it does nothing else',
    )
    const at = () => tablet.evaluate<string>("getComputedStyle(document.getElementById('main')).translate")
    const first = await at()
    await page.clock.fastForward(121_000)
    await until(async () => (await at()) !== first, 'the picture has moved')
    await wake.click()
    await page.getByRole('button', { name: 'Leave the wall panel' }).click()
    await page.getByRole('dialog').waitFor()
    await page.clock.fastForward(61_000)
    await wake.click()
    assert.equal(await page.getByRole('dialog').count(), 0, 'no dialogue between the touch and the panel')
    await page.clock.resume()

    const before = unlocks()
    await page.getByRole('button', { name: /Lock wall-lock/ }).click()
    await page.getByRole('button', { name: 'Hold to unlock' }).waitFor()
    assert.deepEqual(await tablet.axe(), [])
    await page.getByRole('button', { name: 'Hold to unlock' }).focus()
    await page.keyboard.press('Enter')
    await confirms(tablet).getByRole('button', { name: 'Unlock' }).click()
    await confirms(tablet).locator('input').fill('2468')
    assert.equal(unlocks(), before, 'nothing before the PIN')
    await page.keyboard.press('Enter')
    await until(() => unlocks() === before + 1, 'the unlocking')
    await page.getByText('Unlocking…').waitFor()

    const { cookie } = await inside.signIn(owner)
    const { json: panels } = await inside.call({ method: 'GET', path: `/api/homes/${home}/panels`, cookie })
    await inside.call({ method: 'DELETE', path: `/api/homes/${home}/panels/${panels[0].id}`, cookie })
    await page.getByText('This panel was taken out of the home.').waitFor()
    assert.equal(await page.getByRole('article').count(), 0)
    assert.deepEqual(tablet.faults, [])
    assert.deepEqual(person.faults, [])
    await tablet.context.close()
    await person.context.close()
  })

  test('the alarm is armed on the wall by a touch and disarmed by a code alone; what stands open is named', async () => {
    clause('pp.5.1')
    const { house } = inside
    const { cookie } = await inside.signIn(owner)
    const call = (method: string, path: string, body?: unknown) =>
      inside.call({ method, path: `/api/homes/${home}${path}`, cookie, body })
    const { json: onboardings } = await call('GET', '/onboarding')
    const { connection } = onboardings[0] as { connection: ConnectionId }
    ;['Door', 'Window', 'Siren'].forEach((name, index) =>
      inside.driver.say(deviceMessage(connection, 90 + index, name)),
    )
    inside.driver.say({ t: 'r', v: [900, false, 910, true] })
    const person = await signedIn({ width: 390, height: 844 })
    const { page: own } = person
    await own.goto(`${base}/homes/${home}/alarm`)
    await own.getByRole('link', { name: 'Set the alarm up' }).click()
    await own.getByText('Door or window opens').first().waitFor()
    assert.deepEqual(await person.axe(), [])
    const { json: devices } = await call('GET', '/devices')
    const id = (name: string) =>
      (devices as { id: string; name: string }[]).find((each) => each.name === name)!.id
    const sensors = ['Door', 'Window'].map((name) => ({ device: id(name), sense: 'contact', entry: true }))
    const setup = await call('PUT', '/alarm/setup', {
      version: 0,
      away: { sensors, exitSeconds: 0 },
      night: {},
      sirens: [{ device: id('Siren') }],
    })
    assert.equal(setup.status, 200, setup.text)
    assert.equal((await call('PUT', '/alarm/codes/me', { code: '135790' })).status, 204)

    const { pairing } = await house.panels.add(home, owner, { name: 'Door' })
    const tablet = await visit(browser, base, 'en-GB', { width: 1024, height: 768 })
    const { page } = tablet
    await page.goto(`${base}/wall#${pairing.code}`)
    await page.getByRole('button', { name: 'Use as a wall panel' }).click()
    const stands = page.getByRole('region', { name: 'How the alarm stands' })
    await stands.getByRole('button', { name: 'Arm: away' }).click()
    await stands.getByText('Window stands open').waitFor()
    assert.equal(await stands.getByRole('button', { name: /anyway/ }).count(), 0, 'that is for keepers')
    assert.deepEqual(await tablet.axe(), [])
    inside.driver.say({ t: 'r', v: [910, false] })
    await stands.getByRole('button', { name: 'Arm: away' }).click()
    await stands.getByText('Armed, nobody at home').waitFor()
    inside.driver.say({ t: 'r', v: [900, true] })
    await stands.getByText(/seconds left to disarm it/).waitFor()
    assert.deepEqual(await tablet.axe(), [])
    await stands.getByRole('button', { name: 'Disarm' }).click()
    for (const digit of '1357')
      await confirms(tablet).getByRole('button', { name: digit, exact: true }).click()
    await page.keyboard.press('Enter')
    await confirms(tablet).getByRole('button', { name: 'Disarm' }).click()
    await confirms(tablet).getByText('That was not right. 4 tries are left.').waitFor()
    assert.equal(
      await confirms(tablet)
        .getByRole('button', { name: /Sign in/ })
        .count(),
      0,
    )
    assert.deepEqual(await tablet.axe(), [])
    await confirms(tablet).locator('input').fill('135790')
    await page.keyboard.press('Enter')
    await stands.getByText('Disarmed').waitFor()
    await own.goto(`${base}/homes/${home}/alarm`)
    await own.getByText('Door: somebody came in').waitFor()
    assert.deepEqual(await person.axe(), [])
    await own.goto(`${base}/homes/${home}/vacation`)
    await own.getByText('Lamp wall-lamp').click()
    await own.getByRole('button', { name: 'Switch it on' }).click()
    await own.getByText('It is on.').waitFor()
    await own.getByText(/no evening is known/).waitFor()
    assert.deepEqual(await person.axe(), [])
    await own.getByRole('button', { name: 'Switch it off' }).click()
    await own.getByText('It is off.').waitFor()
    assert.deepEqual([tablet.faults, person.faults], [[], []])
    await tablet.context.close()
    await person.context.close()
  })

  test('a tablet leaves the wall by its PIN, and without a server it says so and keeps its hands still', async () => {
    const { house } = inside
    const { pairing } = await house.panels.add(home, owner, { name: 'Kitchen', pin: '2468' })
    const tablet = await visit(browser, base, 'zh-CN', { width: 390, height: 844 })
    const { page } = tablet
    const pair = async (code: string) => {
      await page.goto(`${base}/wall#${code}`)
      await page.getByRole('button', { name: '用作墙面面板' }).click()
      await page.getByRole('heading', { level: 1, name: 'Elm Street' }).waitFor()
    }
    await pair(pairing.code)
    await page.getByRole('button', { name: '退出墙面面板' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('input').fill('0000')
    await page.keyboard.press('Enter')
    await dialog.getByRole('alert').waitFor()
    assert.deepEqual(await tablet.axe(), [])
    await dialog.locator('input').fill('2468')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '墙面面板' }).waitFor()

    // In the same page a person now has the connection of a person.
    await tablet.context.addCookies([await cookieOf(owner)])
    const asked = tablet.sent.length
    await page.locator('header').getByRole('link').first().click()
    await page.waitForURL(`**/homes/${home}`)
    const lamp = page.getByRole('switch', { name: /Lamp wall-lamp/ }).first()
    await until(() => lamp.isEnabled(), 'the lamp can be switched')
    const tickets = tablet.sent.slice(asked).filter((each) => each.endsWith('/tickets'))
    assert.deepEqual([...new Set(tickets)], ['POST /api/live/tickets'])

    const [row] = await house.panels.list(home)
    await page.goto('about:blank')
    await pair((await house.panels.renew(home, owner, row!.id as SubjectId)).code)
    await listener.stop()
    await page.getByText('与 Eaves 服务器的连接已断开').waitFor()
    assert.equal(
      await page
        .getByRole('button', { name: /Lamp wall-lamp/ })
        .first()
        .isVisible(),
      true,
    )
    assert.equal(await page.getByRole('button', { name: /Lamp wall-lamp.*电源/ }).isDisabled(), true)
    await tablet.context.close()
  })
})
