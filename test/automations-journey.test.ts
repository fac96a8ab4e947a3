// Catches an automation that a program can write, try, read and take back, and the person in front of the app cannot.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { FromDriver } from '@eaves/driver-kit'
import type { ConnectionId, DeviceKind, HomeId, PartShape } from '@eaves/model'
import type { Browser, Locator } from 'playwright-core'
import { lampMessage } from '../server/src/devices/testing.ts'
import type { Listener } from '../server/src/http/listener.ts'
import { openListener } from '../server/src/listening.ts'
import { quietLog } from '../server/src/store/testing.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { openInHouse, type InHouse } from './in-house.ts'
import { until } from './server.ts'

const skip = hasChromium ? false : 'not run: Chromium missing'
const mostActs = 12
const [lamp, motion] = [11, 12] as const

function motionMessage(connection: ConnectionId, handle: number): FromDriver {
  const part: PartShape = {
    id: 'main',
    capabilities: { occupancy: { attributes: ['occupied'], commands: [] } },
    vendor: {},
  }
  const kind: DeviceKind = 'sensor'
  return {
    t: 'device',
    connection,
    handle,
    shape: { nativeId: 'motion', name: 'Hall motion', kind, confirmable: true, parts: [part] },
    base: handle * 10,
    slots: [['main', 'occupancy', 'occupied']],
    online: true,
  }
}

describe('an automation, from writing it to taking a change back', { skip }, () => {
  let inside: InHouse, listener: Listener, browser: Browser, person: Visit, home: HomeId, base: string
  let answering = 0
  let obeys: NodeJS.Timeout
  before(async () => {
    inside = await openInHouse()
    const { house, clock, driver } = inside
    clock.advance(Date.now() - clock.now())
    const { subject } = await house.people.claim.claim({
      code: inside.codes.at(-1)!,
      identifier: { email: 'owner@example.org' },
      acts: house.privacy.currentActs('en', 'EU'),
      surface: 'app',
      place: { address: '192.0.2.0' },
    })
    home = await house.createHome(subject, { name: 'Elm Street', zone: 'Europe/Berlin' })
    const { connection } = await inside.furnish(home, subject, 'hall')
    driver.say(
      lampMessage(connection, lamp, 'lamp', { name: 'Hall lamp' }),
      motionMessage(connection, motion),
      {
        t: 'r',
        v: [lamp * 10, false, motion * 10, false],
      },
    )
    obeys = setInterval(obey, 10)
    listener = await openListener(house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
    base = `http://localhost:${listener.port}`
    browser = await openBrowser()
    person = await visit(browser, base)
    const { cookie } = await inside.signIn(subject)
    await person.context.addCookies([{ name: `eaves-${listener.port}`, value: cookie, url: base }])
    person.page.setDefaultTimeout(8_000)
  })
  after(async () => {
    clearInterval(obeys)
    await browser?.close()
    await listener?.stop()
    await inside?.end()
  })
  /** A lamp that does what it is told. */
  function obey(): void {
    const { driver } = inside
    for (const { command, handle, name } of driver.of('command').slice(answering)) {
      answering++
      driver.say({ t: 'sent', command }, { t: 'r', v: [handle * 10, name === 'turnOn'] })
    }
  }
  const onScreen = async (what: string) => {
    assert.deepEqual(await person.axe(), [], what)
    assert.deepEqual(person.faults, [], what)
  }
  const commands = () => inside.driver.of('command').length

  test('it is written in a few acts, tried, fired, read, replayed, changed and reverted', async () => {
    const { page } = person
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    let acts = 0
    const press = async (what: Locator): Promise<void> => {
      acts++
      await what.click()
    }
    await page.goto(`${base}/me`)
    await press(page.getByRole('link', { name: /^Automations/ }))
    await page.getByText('Light by motion at night').waitFor()
    await onScreen('no automations')
    await press(page.getByRole('link', { name: 'New automation' }))
    const dialog = page.getByRole('dialog')
    await press(button('Add what happens'))
    await onScreen('the picker')
    await press(dialog.getByRole('button', { name: 'Hall motion' }))
    await press(dialog.getByRole('button', { name: /notices somebody/ }))
    await press(button('Add a condition'))
    await press(dialog.getByRole('button', { name: 'It is night' }))
    await press(button('Add what is done'))
    await press(dialog.getByRole('button', { name: 'Hall lamp' }))
    await press(dialog.getByRole('button', { name: 'Turn on for 2 minutes, then off' }))
    const sentence = /notices somebody, if it is night, turn on .*Hall lamp.* for 2 minutes\./
    await page.getByText(sentence).waitFor()
    await onScreen('the editor')
    await press(button('Save'))
    await page.getByRole('heading', { level: 1, name: /Hall motion notices somebody/ }).waitFor()
    assert.ok(acts <= mostActs, `${acts} acts`)
    await page.getByText('It has not run yet.').waitFor()

    await button('Try it now').click()
    const tried = page.getByRole('region', { name: 'If it ran now' })
    await tried.getByText(/It would (run|be skipped)/).waitFor()
    assert.equal(commands(), 0)
    await onScreen('what was tried')

    // Whatever the hour of this test is, it is meant to run.
    await button(/^it is night$/).click()
    await dialog.getByRole('checkbox', { name: 'The opposite is meant' }).waitFor()
    await onScreen('the details of a condition')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'More: it is night' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await button('Save').click()
    await page.getByText('Saved.', { exact: true }).waitFor()

    inside.clock.advance(60_000)
    inside.driver.say({ t: 'r', v: [motion * 10, true] })
    await until(async () => commands() === 1, 'the lamp is told')
    await page.getByRole('region', { name: 'Its runs' }).getByRole('link').first().waitFor()
    await page.getByRole('link', { name: 'Home', exact: true }).click()
    await page.getByRole('link', { name: 'Hall lamp' }).click()
    await page.getByText('An automation changed it').waitFor()
    await onScreen('the device')
    await button('Leave it as it is').click()
    await page.getByRole('menuitem', { name: 'For four hours' }).click()
    await page.getByText(/^Automations leave this as it is until/).waitFor()
    await onScreen('a device that is left alone')
    await button('Let automations again').click()
    await page.getByText('Automations move this device.').waitFor()
    await page.getByRole('link', { name: 'Why' }).click()
    await page.getByRole('heading', { name: 'What this run did' }).waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: /Hall motion.? notices somebody/ })
      .first()
      .waitFor()
    await page
      .getByRole('listitem')
      .filter({ hasText: /Turn on .*Hall lamp/ })
      .waitFor()
    await onScreen('what a run did')
    await page.getByRole('link', { name: /notices somebody/ }).click()

    inside.clock.advance(60_000)
    await page.getByRole('button', { name: 'Replay', exact: true }).click()
    await page
      .getByRole('region', { name: 'Over the past days' })
      .getByText('It would have run once')
      .waitFor()
    await onScreen('the replay')

    await button('Versions').click()
    await page.getByText('If: it is night').waitFor()
    await onScreen('the versions')
    await button('Revert to version 1').click()
    await page.getByText('It reads again as in version 1.').waitFor()
    await page.getByText(sentence).first().waitFor()

    await button('As a text').click()
    const box = page.getByRole('textbox', { name: 'The automation as YAML' })
    const text = () => box.inputValue()
    await until(async () => /# Hall lamp\n/.test(await text()), 'it stands there as YAML')
    const before = await text()
    await box.fill(before.replace('seconds: 120', 'seconds: many'))
    await button('Take it into the form').click()
    await button(/^Line \d+$/).waitFor()
    await onScreen('a text with a fault')
    await box.fill(before.replace('seconds: 120', 'seconds: 300'))
    await button('Take it into the form').click()
    await page
      .getByText(/ for 5 minutes\./)
      .first()
      .waitFor()
    await button('Share as a blueprint').click()
    const shared = page.getByRole('textbox', { name: 'The blueprint', exact: true })
    await page.getByText('Let others change 5 minutes').click()
    await page.getByRole('textbox', { name: 'Name of the blueprint' }).fill('Light by motion')
    const blueprint = () => shared.inputValue()
    await until(
      async () => /^name: Light by motion$[^]*default: 300$/m.test(await blueprint()),
      'it is shared',
    )
    await onScreen('a blueprint')
    const taken = await blueprint()
    assert.doesNotMatch(taken, /Hall|[a-z2-7]{26}/)
    await page.goto(`${base}/homes/${home}/automations`)
    await page.getByRole('link', { name: 'From a blueprint' }).click()
    await page.getByRole('textbox', { name: 'Blueprint (YAML or JSON)' }).fill(taken)
    await button(/Light$/).click()
    await page.getByRole('option', { name: 'Hall lamp' }).click()
    await page
      .getByRole('region', { name: 'What it would do' })
      .getByText(/Hall motion.? notices somebody, .*turn on .*Hall lamp.* for 5 minutes/)
      .waitFor()
    await onScreen('what a blueprint asks for')
    await button('Save').click()
    await page.getByRole('heading', { level: 1, name: 'Light by motion' }).waitFor()
    await page.goto(`${base}/homes/${home}/automations/text`)
    await page
      .getByRole('textbox', { name: 'YAML or JSON' })
      .fill(before.replace('seconds: 120', 'seconds: 300'))
    await button('Look at it').click()
    await page.getByText('Differs', { exact: true }).waitFor()
    await onScreen('a text before it is saved')
    await button('Save 1 automation').click()
    await page.getByText('Saved.', { exact: true }).waitFor()
  })

  test('what stands beside automations is used from the screen as well: modes, a calendar, calls, a question within a branch, one step', async () => {
    const { page } = person
    const button = (name: string | RegExp) => page.getByRole('button', { name })
    const menu = async (of: RegExp, entry: string): Promise<void> => {
      await button(of).click()
      await page.getByRole('menuitem', { name: entry }).click()
    }
    await page.goto(`${base}/homes/${home}/modes`)
    await page.getByRole('textbox', { name: 'Name of a new mode' }).fill('Guests')
    await button('Add the mode').click()
    await button('Guests').and(page.locator('[aria-pressed=false]')).click()
    await page
      .getByText(/^Set by /)
      .first()
      .waitFor()
    await button('Let this home know').click()
    await page.getByRole('radio', { name: 'Away' }).or(button('Away')).first().click()
    await onScreen('modes and presence')

    await page.goto(`${base}/homes/${home}/automations`)
    await button('Calendars').click()
    await page.getByRole('textbox', { name: 'Name of a new calendar' }).fill('Bins')
    const file = page.getByRole('textbox', { name: 'Its file' })
    await file.fill('no calendar at all')
    await button('Bring it in').click()
    await page
      .getByRole('alert')
      .filter({ hasText: /calendar/i })
      .waitFor()
    const give = (text: string) =>
      page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'bins.ics', mimeType: 'text/calendar', buffer: Buffer.from(text) })
    await give('x'.repeat(1_000_001))
    await page.getByText('This file is too large to be such a text. Nothing was taken from it.').waitFor()
    assert.equal(await file.inputValue(), 'no calendar at all')
    await give(bins(inside.clock.now()))
    await button('Bring it in').click()
    await button('What comes next in “Bins”').click()
    await page.getByText('Paper and glass').first().waitFor()
    await page.getByRole('radio', { name: 'By its address' }).click()
    await page.getByRole('textbox', { name: 'Name of a new calendar' }).fill('Ours')
    await page.getByRole('textbox', { name: 'Its address' }).fill('https://192.0.2.1/private.ics')
    await button('Bring it in').click()
    await page.getByText(/^This address does not lead to the open internet/).waitFor()
    await button('Calls from outside').click()
    await page.getByRole('textbox', { name: 'Name of a new address' }).fill('Doorbell')
    await button('Make an address').click()
    const address = await page.getByRole('region', { name: 'Doorbell' }).locator('code').innerText()
    await onScreen('calendars and calls')

    await page.getByRole('link', { name: 'New automation' }).click()
    const dialog = page.getByRole('dialog')
    await button('Add what happens').click()
    await dialog.getByRole('button', { name: 'A call from outside' }).click()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await button('Add what is done').click()
    await dialog.getByRole('button', { name: 'Several times' }).click()
    await button('Add what is done').first().click()
    await dialog.getByRole('button', { name: 'Ask and wait for the answer' }).click()
    await dialog.getByRole('textbox', { name: 'What they read' }).fill('Light?')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('If the answer is “Yes”').waitFor()
    await onScreen('a question within a branch')
    await button('Add what is done').first().click()
    await dialog.getByRole('button', { name: 'Hall lamp' }).click()
    await dialog.getByRole('button', { name: 'Turn on', exact: true }).click()
    const before = commands()
    await menu(/^More: turn on .*Hall lamp/, 'Try this step for real')
    await page
      .getByRole('status')
      .getByText(/Turn on .*Hall lamp/)
      .waitFor()
    assert.equal(commands(), before + 1)
    await button('Save').click()
    await page.getByRole('heading', { level: 1, name: /Doorbell/ }).waitFor()
    assert.equal((await fetch(address, { method: 'POST' })).status, 204)
    await page.reload()
    await page.getByRole('region', { name: 'Its runs' }).getByRole('link').first().waitFor()

    const chinese = await visit(browser, base, 'zh-CN', { width: 1280, height: 800 })
    await chinese.context.addCookies(await person.context.cookies())
    await chinese.page.goto(`${base}/homes/${home}/modes`)
    await chinese.page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await chinese.axe(), [], 'modes')
    await chinese.page.goto(`${base}/homes/${home}/automations`)
    await chinese.page.getByRole('button', { name: '日历', exact: true }).click()
    await chinese.page.getByRole('button', { name: '外部调用', exact: true }).click()
    await chinese.page.getByText('Doorbell', { exact: true }).waitFor()
    assert.deepEqual(await chinese.axe(), [], 'calendars and calls')
    assert.deepEqual(chinese.faults, [])
    await chinese.context.close()
  })
})

/** A calendar with one event, tomorrow. */
function bins(now: number): string {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '')
  const [from, to] = [day(now + 86_400_000), day(now + 2 * 86_400_000)]
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//test//EN',
    'BEGIN:VEVENT',
    'UID:1',
    `DTSTAMP:${from}T000000Z`,
    `DTSTART;VALUE=DATE:${from}`,
    `DTEND;VALUE=DATE:${to}`,
    'SUMMARY:Paper and glass',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
}
