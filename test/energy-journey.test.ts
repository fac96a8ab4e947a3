// Catches a home's energy that a program can ask for and the person in front of the app can neither set up nor read, a past that cannot be brought in, and figures of a year that are not those worked out by hand.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { HomeId, SubjectId } from '@eaves/model'
import type { Browser, Page } from 'playwright-core'
import { furnishEnergy } from '../server/src/demo/energy.ts'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { openDemoMeters } from './demo-meters.ts'
import { openInHouse, type InHouse } from './in-house.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const hourMs = 3_600_000
/** The past of the home is counted from here, so that its figures are the same on every day. */
const today = Date.parse('2027-01-10T11:20:00Z')

describe('energy, from naming a meter to its cost', { skip }, () => {
  let inside: InHouse, listener: Listener, browser: Browser, person: Visit, home: HomeId, base: string
  let owner: SubjectId
  before(async () => {
    inside = await openInHouse()
    const { house, clock } = inside
    clock.advance(today - clock.now())
    const { subject } = await house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    owner = subject
    home = await house.createHome(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
    await furnish(subject)
    listener = await openListener(house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
    person = await visit(browser, base)
    const { cookie } = await inside.signIn(subject)
    await person.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
    person.page.setDefaultTimeout(8_000)
  })
  after(async () => {
    await browser?.close()
    await listener?.stop()
    await inside?.end()
  })

  /** A counter that went on by one an hour for three days, and a washing machine by a tenth. */
  async function furnish(subject: SubjectId): Promise<void> {
    const { house, clock, driver } = inside
    const { connection } = await inside.furnish(home, subject, 'hall')
    const past = house.stores.history.as({
      scope: { home },
      actor: { kind: 'system', part: 'runtime' },
      purpose: 'service.core',
    })
    const begin = Math.floor(clock.now() / hourMs) * hourMs - 72 * hourMs
    for (const [handle, name, each] of [
      [41, 'Mains', 1],
      [42, 'Washing machine', 0.1],
    ] as const) {
      driver.say({
        t: 'device',
        connection,
        handle,
        shape: {
          nativeId: name,
          name,
          kind: 'plug',
          confirmable: true,
          parts: [
            {
              id: 'main',
              capabilities: { energy: { attributes: ['kilowattHours'], commands: [] } },
              vendor: {},
            },
          ],
        },
        base: handle * 10,
        slots: [['main', 'energy', 'kilowattHours']],
        online: true,
      })
      const device = [...house.homes.runtime(home).devices.values()].find((one) => one.name === name)!.id
      await past.append(
        Array.from({ length: 73 }, (_, i) => ({
          device: device,
          path: 'main/energy/kilowattHours',
          ts: begin + i * hourMs,
          value: 100 + i * each,
        })),
      )
    }
  }
  const shot = async (page: Page, name: string) => {
    const folder = process.env.EAVES_TEST_SHOTS
    if (folder !== undefined) await page.screenshot({ path: `${folder}/bring-${name}.png`, fullPage: true })
  }
  const onScreen = async (what: string) => {
    assert.deepEqual(await person.axe(), [], what)
    assert.deepEqual(person.faults, [], what)
  }

  test('a meter is named, has its price, and its bars, sentence and table say what it counted', async () => {
    const { page } = person
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const day = new Date(today - 36 * hourMs).toISOString().slice(0, 10)
    await page.goto(`${base}/homes/${home}/energy?span=day&at=${day}`)
    await page.getByRole('heading', { name: 'Devices' }).waitFor()
    await page.getByRole('listitem').filter({ hasText: 'Washing machine' }).getByText('2.4').waitFor()
    await onScreen('devices alone')

    await button(/Which value/).click()
    await page.getByRole('option', { name: /^Mains/ }).click()
    await button('Save the meter').click()
    const chart = page.getByRole('region', { name: 'Drawn from the grid' })
    await chart.getByText('24 kWh in all.').waitFor()
    await page.getByText('The home used 24 kWh.').waitFor()
    await button('Change').click()
    await page.getByLabel('Valid from').fill('2026-01-01')
    await page.getByLabel('Price of one kWh').fill('0,5')
    await page.getByLabel('Each day besides').fill('1')
    await onScreen('the price')
    await button('Save the price').click()
    await chart.getByText('24 kWh in all, €13.00.').waitFor()
    await chart.getByText('As a table').click()
    assert.equal(await chart.getByRole('row').count(), 25)
    await chart.getByRole('cell', { name: '€0.50' }).first().waitFor()
    await onScreen('the chart')
    // From 22 to 6 at 0.1, from 12 to 14 at 0.2: 8 × 0.1 + 2 × 0.2 + 14 × 0.5, and 1 a day.
    for (const [index, price, from, to] of [
      [0, '0.1', '22:00', '06:00'],
      [1, '0.2', '12:00', '14:00'],
    ] as const) {
      await button('Add a time with another price').click()
      const window = page.getByRole('group', { name: 'Price at certain times' }).nth(index)
      await window.getByLabel('Price then').fill(price)
      await window.getByLabel('From what time').fill(from)
      await window.getByLabel('Until what time').fill(to)
    }
    await onScreen('windows')
    await button('Save the price').click()
    await chart.getByText('24 kWh in all, €9.20.').waitFor()

    // At noon the counter shows 124 and an hour before 123: 2 of the old one, 2 of the new, at 0.2.
    await button('Counter and swaps').click()
    await page.getByLabel('Day of the swap').fill(day)
    await page.getByLabel('The old one showed last, in kWh').fill('125')
    await page.getByLabel('The new one showed first, in kWh').fill('122')
    await button('Save the swap').click()
    await chart.getByText('27 kWh in all, €9.80.').waitFor()
    await chart.getByText(/^The meter was swapped on /).waitFor()
    await onScreen('a swap')
    await page.getByRole('radio', { name: 'Week' }).click()
    await chart.getByText(/kWh in all/).waitFor()

    await button('Take the meter away').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take the meter away' }).click()
    await chart.waitFor({ state: 'detached' })
  })

  test('what a counter showed elsewhere is looked at, brought in whole, and found again; nobody else is led there', async () => {
    const { page } = person
    const { house } = inside
    const device = [...house.homes.runtime(home).devices.values()].find(({ name }) => name === 'Mains')!.id
    const begin = Math.floor(today / hourMs) * hourMs - 72 * hourMs
    const line = (hours: number, value: number | string) =>
      `${new Date(begin + hours * hourMs).toISOString()},${value}`
    const ofMains = `v=${device}/main/energy/kilowattHours`
    const written = async () => {
      const at = house.stores.history.as({
        scope: { home },
        actor: { kind: 'system', part: 'runtime' },
        purpose: 'service.core',
      })
      const span = { from: begin - 9 * hourMs, to: begin, limit: 100 }
      const { points } = await at.raw({ device, path: 'main/energy/kilowattHours', ...span })
      return points.map(([, value]) => value)
    }
    const give = async (buffer: Buffer) => {
      const [chooser] = await Promise.all([
        page.waitForEvent('filechooser'),
        page.getByRole('button', { name: 'Choose the file' }).click(),
      ])
      await chooser.setFiles({ name: 'old-meter.csv', mimeType: 'text/csv', buffer })
    }
    const choose = (...lines: readonly string[]) =>
      give(Buffer.from(['at,value [kWh]', ...lines].join('\r\n')))
    await page.goto(`${base}/homes/${home}/history?${ofMains}&span=day&at=2027-01-08`)
    await page
      .getByRole('region', { name: /^Mains/ })
      .getByRole('figure')
      .waitFor()
    await shot(page, 'card')
    await page.getByRole('link', { name: 'Bring values in' }).click()
    await page.getByText('At most 100,000 lines and 8 MB.').waitFor()
    const fault = page.getByRole('alert')
    await give(Buffer.from([0xff, 0xfe, 0x61, 0]))
    await fault.getByText(/^This file is no text in UTF-8/).waitFor()
    await choose(line(-3, 97), 'x,98', line(-1, 'ninety'))
    await fault.getByText(/^2 lines cannot be taken/).waitFor()
    assert.match(await fault.innerText(), /Line 3 ?The time is written[^]*x,98[^]*Line 4 ?This is no number/)
    assert.equal(await page.getByRole('button', { name: /^Bring in/ }).count(), 0)
    await onScreen('faults')
    await shot(page, 'faults')
    await choose(line(-4, 500), line(-3, 97), line(-2, 98), line(-1, 99), line(0, 100))
    await fault.getByText('The meter shows less than before.').waitFor()
    await page.getByText('The meter was exchanged, or began anew').click()
    await page.getByRole('button', { name: 'Bring in 4 values' }).waitFor()
    const facts = async () => (await page.getByRole('main').locator('dl').innerText()).replaceAll(/\s+/g, ' ')
    assert.match(await facts(), /Understood 5 values .* Unit kWh Lowest 97 kWh Highest 500 kWh New here 4 /)
    assert.match(await facts(), /Here already, stay as they are 1$/)
    assert.deepEqual(await written(), [])
    await onScreen('what it would bring')
    await shot(page, 'seen')
    await page.route('**/history/import', (route) => route.abort())
    await page.getByRole('button', { name: 'Bring in 4 values' }).click()
    await fault.getByText(/^Your Eaves server did not answer/).waitFor()
    await page.unroute('**/history/import')
    await page.getByRole('button', { name: 'Bring in 4 values' }).click()
    await page.getByRole('heading', { name: 'What came in' }).waitFor()
    assert.match(await facts(), /^Added 4 values /)
    assert.deepEqual(await written(), [500, 97, 98, 99])
    await onScreen('what came in')
    await shot(page, 'came')
    await page.getByRole('link', { name: 'Look at it' }).click()
    await page
      .getByRole('region', { name: /^Mains/ })
      .getByText(/97\skWh and 500\skWh/)
      .waitFor()

    const narrow = await inside.person('narrow@example.org')
    const rules = [{ effect: 'allow', on: { device }, acts: ['see', 'history'] }] as const
    await inside.join(home, narrow, 'adult', { limits: { reach: 'listed', rules, hours: [] } })
    const other = await visit(browser, base, 'zh-CN', { width: 1280, height: 800 })
    const as = async (subject: SubjectId, path: string) => {
      const { cookie } = await inside.signIn(subject)
      await other.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
      await other.page.goto(`${base}/homes/${home}/history${path}`)
    }
    const way = other.page.getByRole('link', { name: '导入数值' })
    await as(narrow, `?${ofMains}&span=day&at=2027-01-08`)
    await other.page
      .getByRole('region', { name: /^Mains/ })
      .getByRole('figure')
      .waitFor()
    assert.equal(await way.count(), 0)
    await other.page.goto(`${base}/homes/${home}/history/import`)
    await other.page.getByRole('heading', { name: '在这里您不能做这件事' }).waitFor()
    await as(owner, '/space')
    await way.click()
    await other.page.getByRole('heading', { level: 1, name: '导入数值' }).waitFor()
    await other.page.goto(`${base}/homes/${home}/history/import?${ofMains}`)
    await other.page.getByText('at,value [kWh]').waitFor()
    await shot(other.page, 'zh')
    assert.deepEqual(await other.axe(), [])
    assert.deepEqual(other.faults, [])
    await other.context.close()
  })

  // Worked out by hand in docs/guide/energy.md, "The year of the demo".
  test('the year of the demo reads as it was worked out by hand', async () => {
    const { page } = person
    const { house } = inside
    const demo = await house.createHome(owner, { name: 'Demo', zone: 'Europe/Berlin' })
    const { connection } = await inside.furnish(demo, owner, 'demo')
    openDemoMeters(inside.driver, connection)
    await furnishEnergy(house, { home: demo, subject: owner }, today)
    await page.goto(`${base}/homes/${demo}/energy?span=year&at=2026-07-01`)
    const chart = (name: string) => page.getByRole('region', { name, exact: true })
    const says = (name: string, text: string) => chart(name).getByText(text, { exact: false }).waitFor()
    await page.getByText('The home used 2,847 kWh.').waitFor()
    // (2,031 − 789.6) ÷ 2,031, and (2,847 − 1,685.94) ÷ 2,847.
    await page.getByText(/^61% of what the sun made stayed here; 41% of what was used/).waitFor()
    const now = page.getByRole('region', { name: 'Now', exact: true }).getByRole('listitem')
    const told = (await now.allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' '))
    assert.deepEqual(told, [
      'Sun\n1,000 W\nmakes',
      'Grid\n300 W\nis fed',
      'Home battery\n500 W\nis charged',
      'House\n200 W\nuses',
    ])
    await page.getByText('While all sleep, the home draws 200 W.').waitFor()
    await says('Drawn from the grid', '1,685.9 kWh in all, €685.50.')
    await says('Drawn from the grid', 'That is 640.7 kg of CO₂.')
    await says('Drawn from the grid', 'The counter began anew on 10 Jun 2026')
    await says('Fed into the grid', '789.6 kWh in all, €63.17 earned.')
    await says('Made by the sun', '2,031 kWh in all.')
    await says('Into the battery', '803.4 kWh in all.')
    await says('Out of the battery', '723.1 kWh in all.')
    await says('Gas', '909.2 m³ in all, €1,164.37.')
    await says('Water', '109.5 m³ in all, €459.90.')
    await says('Water', 'The meter was swapped on 15 Sept 2026')
    const ranked = page.getByRole('listitem')
    await ranked.filter({ hasText: 'Television' }).getByText('87.6 kWh').waitFor()
    await ranked.filter({ hasText: 'Washing machine' }).getByText('62.4 kWh').waitFor()
    const months = chart('Drawn from the grid')
    await months.getByText('As a table').click()
    for (const kilowattHours of ['120.7', '137.84', '204.6'])
      await months.getByRole('cell', { name: `${kilowattHours} kWh`, exact: true }).waitFor()
    const standsOut = page.getByRole('switch', { name: 'Show what stands out' })
    await standsOut.press('Space')
    await page.getByText('You have turned this off for yourself.', { exact: false }).waitFor()
    assert.equal(await page.getByText('While all sleep, the home draws 200 W.').count(), 0)
    await onScreen('nothing stands out')
    await standsOut.press('Space')
    await page.getByText('While all sleep, the home draws 200 W.').waitFor()
    await onScreen('the year')

    for (const [date, used, grid, hours] of [
      ['2026-03-29', '7.6', '3.7', 23],
      ['2026-10-25', '8', '4.64', 25],
    ] as const) {
      await page.goto(`${base}/homes/${demo}/energy?span=day&at=${date}`)
      await page.getByText(`The home used ${used} kWh.`).waitFor()
      await says('Drawn from the grid', `${grid} kWh in all`)
      await months.getByText('As a table').click()
      assert.equal(await months.getByRole('row').count(), hours + 1, date)
    }
    await page.goto(`${base}/homes/${demo}/energy?span=day&at=2027-01-05`)
    await says('Drawn from the grid', '6.06 kWh in all, €2.35.')

    // From six to seven in the evening it was 0.02 and not 1.02: 1 × €0.34 less.
    const row = page.getByRole('listitem').filter({ hasText: 'Drawn from the grid' })
    const choose = async (label: RegExp, name: string) => {
      await row.getByRole('button', { name: label }).click()
      await page.getByRole('option', { name, exact: true }).click()
    }
    await row.getByRole('button', { name: 'Corrections' }).click()
    await row.getByLabel('Day that is wrong').fill('2027-01-05')
    await choose(/From what time/, '18:00')
    await choose(/Until what time/, '19:00')
    await row.getByText('It counted 1.02 kWh in that time.').waitFor()
    await row.getByLabel('What it really was, in kWh').fill('0.02')
    await row.getByLabel('Why').fill('A wrong telegram')
    await onScreen('a correction')
    await row.getByRole('button', { name: 'Save the correction' }).click()
    await says('Drawn from the grid', '5.06 kWh in all, €2.01.')
    await row.getByText('1.02 kWh → 0.02 kWh').waitFor()
    await row.getByRole('button', { name: 'Take back' }).click()
    await row.getByLabel('Why it is taken back').fill('It was right')
    await row.getByRole('button', { name: 'Take back' }).click()
    await says('Drawn from the grid', '6.06 kWh in all, €2.35.')
  })
})
