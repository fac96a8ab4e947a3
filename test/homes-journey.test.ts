// Catches something of one home that shows inside another, a search that leaves a trace, and a page about the home without its notices, in a real browser.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser } from 'playwright-core'
import { hasMosquitto, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, until, type Household, type Running } from './server.ts'

const missing = [
  hasChromium ? undefined : 'Chromium',
  hasMosquitto ? undefined : 'Debian’s mosquitto',
].filter((name) => name !== undefined)
const skip = missing.length === 0 ? false : `not run: ${missing.join(' and ')} missing`
const waitMs = 8000

describe('several homes of one person', { skip }, () => {
  let house: Household,
    server: Running,
    broker: Awaited<ReturnType<typeof startMosquitto>>,
    lamp: Lamp,
    browser: Browser,
    person: Visit,
    cookie: string,
    elm: string,
    cabin: string
  const asked: string[] = []
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }
  const make = async (name: string, room: string): Promise<string> => {
    const { id } = await ask<{ id: string }>('POST', '/api/homes', { name, zone: 'Europe/Berlin' })
    await ask('POST', `/api/homes/${id}/rooms`, { name: room })
    return id
  }
  before(async () => {
    broker = await startMosquitto()
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    house = household({ EAVES_LOG: 'debug' })
    server = await house.start()
    ;({ cookie } = await claimByHttp(server))
    elm = await make('Elm Street', 'Kitchen')
    cabin = await make('Cabin', 'Boat house')
    await ask('POST', `/api/homes/${elm}/onboarding`, { driver: 'mqtt', config: { url: broker.url } })
    await until(
      async () => (await ask<unknown[]>('GET', `/api/homes/${elm}/devices`)).length > 0,
      'the lamp in the list',
    )
    browser = await openBrowser()
    person = await visit(browser, server.base)
    const [name, value] = cookie.split('=') as [string, string]
    await person.context.addCookies([{ name, value, url: server.base.replace('127.0.0.1', 'localhost') }])
    person.page.setDefaultTimeout(waitMs)
    person.context.on('request', (request) => asked.push(request.url()))
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
    await lamp?.stop()
    await broker?.stop()
  })
  const text = () => person.page.locator('body').innerText()
  const button = (name: string | RegExp) => person.page.getByRole('button', { name })
  const clean = async (where: string) => {
    assert.deepEqual(await person.axe(), [], where)
    assert.deepEqual(person.faults, [], where)
  }

  test('each detail about the home is noted, changed and deleted beside its notice, in both languages', async () => {
    clause('pp.4.1')
    clause('pp.lb.3')
    const { page } = person
    await page.goto(`${server.base}/homes/${elm}/about`)
    await page.getByRole('heading', { level: 1, name: 'About the home' }).waitFor()
    await page.locator('[data-notice]').first().waitFor()
    for (const [title, said] of [
      ['Floor area', 'shows no floor area'],
      ['Family status', 'shows no family status'],
      ['Address', 'shows no address'],
    ] as const) {
      const notice = page.getByRole('region', { name: title }).locator('[data-notice]')
      assert.match(
        await notice.innerText(),
        new RegExp(`Your choice\\. If not: the page about the home ${said}`),
      )
      assert.match(await notice.innerText(), /Nobody else gets it/)
    }
    await clean('about, empty')
    await page.getByLabel('Floor area in m²').fill('84.55')
    await page.getByText('with one decimal at most').waitFor()
    assert.equal(await button('Save: Floor area').isDisabled(), true)
    await page.getByLabel('Floor area in m²').fill('84,5')
    await button('Save: Floor area').click()
    await button('Delete: Floor area').waitFor()
    await page
      .getByRole('region', { name: 'Family status' })
      .getByRole('button', { name: 'Family status' })
      .first()
      .click()
    await page.getByRole('option', { name: 'Several generations' }).click()
    await button('Save: Family status').click()
    await page.getByLabel('Address', { exact: true }).and(page.getByRole('textbox')).fill('Elm Street 5')
    await button('Save: Address').click()
    await button('Delete: Address').waitFor()
    const about = () => ask(`GET`, `/api/homes/${elm}/about`)
    assert.deepEqual(await about(), {
      floorAreaM2: 84.5,
      familyStatus: 'generations',
      address: 'Elm Street 5',
    })
    await clean('about, filled')
    await button('Delete: Address').click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Deleted.').waitFor()
    assert.deepEqual(await about(), { floorAreaM2: 84.5, familyStatus: 'generations', address: null })
    await person.evaluate("localStorage.setItem('eaves.locale', 'zh-Hans')")
    await page.reload()
    await page.getByRole('heading', { level: 1, name: '关于这个家' }).waitFor()
    await page.locator('[data-notice]').first().waitFor()
    assert.match(
      await page.getByRole('region', { name: '住址' }).locator('[data-notice]').innerText(),
      /由您选择。如不提供：“关于这个家”页面上不显示住址。/,
    )
    await clean('about, Chinese')
    await person.evaluate("localStorage.setItem('eaves.locale', 'en')")
  })

  test('what is looked for is found in every home by keyboard alone, and stands in no address and no log', async () => {
    clause('pp.2.2.3')
    const { page } = person
    await page.goto(`${server.base}/homes/${cabin}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('/')
    const field = page.getByRole('searchbox')
    await field.waitFor()
    await page.getByText('What you look for is not recorded').waitFor()
    await clean('search, empty')
    await page.keyboard.type('zzqy')
    await page.getByText('Nothing of that name').waitFor()
    await clean('search, nothing found')
    await field.fill('reading')
    await page.getByRole('option', { name: 'Reading lamp' }).waitFor()
    await clean('search, found')
    assert.ok((await page.getByRole('listbox').innerText()).includes('Elm Street'))
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/homes/${elm}/devices/*`)
    await page.goto(`${server.base}/homes/${cabin}/rooms`)
    await page.getByRole('heading', { level: 1, name: 'Rooms' }).waitFor()
    await page.keyboard.press('Control+k')
    await page.getByRole('searchbox').fill('kitchen')
    await page.getByRole('option', { name: 'Kitchen' }).click()
    await page.waitForURL(`**/homes/${elm}/rooms/*`)
    await page.getByRole('heading', { level: 1, name: 'Kitchen' }).waitFor()
    for (const word of ['zzqy', 'reading', 'kitchen']) {
      assert.deepEqual(
        asked.filter((url) => url.toLowerCase().includes(word)),
        [],
      )
      assert.ok(!server.output().includes(word), `the log holds ${word}`)
      assert.ok(
        !JSON.stringify(await person.evaluate('({ ...localStorage, ...sessionStorage })')).includes(word),
      )
    }
    assert.ok(person.sent.includes('POST /api/search'))
    await page.keyboard.press('/')
    await page.getByRole('searchbox').waitFor()
    await person.context.setOffline(true)
    await page.getByRole('searchbox').fill('lamp')
    await page.getByText('Your Eaves server did not answer.').waitFor()
    await person.context.setOffline(false)
    await button('Try again').click()
    await page.getByRole('option', { name: 'Reading lamp' }).waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.getByRole('searchbox').waitFor({ state: 'detached' })
  })

  test('switching shows the other home and nothing of the one before; it is opened again next time', async () => {
    const { page } = person
    await page.goto(`${server.base}/homes/${elm}`)
    await page.getByText('Reading lamp').first().waitFor()
    await button(/Switch home/)
      .and(page.locator('main button'))
      .click()
    await page.getByRole('menu').waitFor()
    await clean('the switcher')
    await page.getByRole('menuitem', { name: 'Cabin' }).click()
    await page.waitForURL(`**/homes/${cabin}`)
    await page.getByText('Nothing is connected yet').waitFor()
    for (const word of ['Reading lamp', 'Kitchen', 'Elm Street'])
      assert.ok(!(await text()).includes(word), word)
    await page.goto(`${server.base}/homes/${cabin}/rooms`)
    await page.getByText('Boat house').waitFor()
    assert.ok(!(await text()).includes('Kitchen'))
    await page.goto(server.base)
    await page.waitForURL(`**/homes/${cabin}`)
  })

  test('another home that asks for care is marked, and one that has gone makes room for the next', async () => {
    const { page } = person
    await lamp.stop()
    await broker.stop()
    await until(
      async () => (await ask<{ count: number }>('GET', `/api/homes/${elm}/maintenance`)).count > 0,
      'the lost broker among what asks for care',
      15_000,
    )
    await page.goto(`${server.base}/homes/${cabin}`)
    await page.locator('main').getByText('Another home asks for care.').waitFor()
    await button(/Switch home/)
      .and(page.locator('main button'))
      .click()
    await page.getByRole('menuitem', { name: /Elm Street.*needs? care/ }).waitFor()
    await page.keyboard.press('Escape')
    // While the app is closed; an open one says so itself (family-journey).
    await page.goto('about:blank')
    await ask('DELETE', `/api/homes/${cabin}`)
    await page.goto(`${server.base}/homes/${cabin}`)
    await page.waitForURL(`**/homes/${elm}`)
    await page.locator('main').getByText('Elm Street').first().waitFor()
    await page.goto(`${server.base}/homes/${cabin}`)
    await page.getByRole('heading', { level: 1, name: 'There is nothing here' }).waitFor()
    assert.deepEqual(person.faults, [])
  })
})
