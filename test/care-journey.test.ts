// Catches a way in or a replacement that works for the server and not for the person in front of it, or that costs another device its room, its group or its history.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { freePort, hasMosquitto, startMosquitto } from './broker.ts'
import { hasChromium, openBrowser, visit, type Visit } from './browser.ts'
import { discoveredLight, fakeBridge, type DiscoveredLight, type FakeBridge } from './fake-bridge.ts'
import { claimByHttp } from './owner-by-http.ts'
import { household, until, type Household, type Running } from './server.ts'

const missing = [
  hasChromium ? undefined : 'Chromium',
  hasMosquitto ? undefined : 'Debian’s mosquitto',
].filter((name) => name !== undefined)
const waitMs = 8000
const skip = missing.length === 0 ? false : `not run: ${missing.join(' and ')} missing`

interface Listed {
  readonly id: string
  readonly name: string
  readonly room: string | null
  readonly online: boolean
}
interface References {
  readonly id: string
  readonly room: string | null
  readonly groups: readonly string[]
  readonly points: number
}

describe('three ways in, one replacement', { skip }, () => {
  let house: Household,
    server: Running,
    broker: Awaited<ReturnType<typeof startMosquitto>>,
    bridge: FakeBridge,
    desk: DiscoveredLight,
    hall: DiscoveredLight | undefined,
    browser: Browser,
    person: Visit,
    home: string,
    cookie: string
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`)
    return (await answer.json()) as T
  }
  before(async () => {
    broker = await startMosquitto()
    bridge = await fakeBridge(broker.url, 'Old lamp')
    desk = await discoveredLight(broker, 'desk-light', 'Desk light')
    house = household({ EAVES_MQTT_PORT: String(await freePort()) })
    server = await house.start()
    ;({ cookie } = await claimByHttp(server))
    home = (await ask<{ id: string }>('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })).id
    browser = await openBrowser()
    person = await visit(browser, server.base)
    const [name, value] = cookie.split('=') as [string, string]
    // The app is at localhost on the machine itself.
    await person.context.addCookies([{ name, value, url: server.base.replace('127.0.0.1', 'localhost') }])
    person.page.setDefaultTimeout(waitMs)
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
    await hall?.stop()
    await desk?.stop()
    await bridge?.stop()
    await broker?.stop()
  })
  const button = (name: string | RegExp) => person.page.getByRole('button', { name, exact: true })
  const onScreen = async (name: string) => {
    await person.page.getByRole('heading', { level: 1, name }).waitFor()
    assert.deepEqual(await person.axe(), [], name)
    assert.deepEqual(person.faults, [], name)
  }
  const devices = () => ask<Listed[]>('GET', `/api/homes/${home}/devices`)
  const listed = (name: string) =>
    until(async () => (await devices()).find((each) => each.name === name), `${name} in the list`)
  const references = async ({ id, room }: Listed): Promise<References> => {
    const { groups } = await ask<{ groups: string[] }>('GET', `/api/homes/${home}/devices/${id}`)
    const query = new URLSearchParams({
      device: id,
      capability: 'onOff',
      attribute: 'on',
      from: new Date(Date.now() - 3_600_000).toISOString(),
    })
    const { points } = await ask<{ points: unknown[] }>(
      'GET',
      `/api/homes/${home}/history?${query.toString()}`,
    )
    return { id, room, groups, points: points.length }
  }
  const takeIn = async (device: string, name: string, room: string): Promise<void> => {
    const card = person.page
      .getByRole('article', { name: device, exact: true })
      .filter({ has: person.page.getByRole('textbox') })
    await card.getByLabel('Name', { exact: true }).fill(name)
    await card.getByRole('button', { name: 'Room' }).click()
    await person.page.getByRole('option', { name: 'A new room…' }).click()
    await card.getByLabel('Name of the new room').fill(room)
    await card.getByRole('button', { name: 'Done' }).click()
    await listed(name)
  }

  test('the broker is linked; what hangs on it comes in, the light that speaks as ESPHome does too', async () => {
    const { page } = person
    await page.goto(`${server.base}/homes/${home}/add`)
    await page.getByRole('link', { name: 'Link your MQTT broker' }).click()
    await page.getByLabel('Address of the broker').fill(broker.url)
    await button('Connect').click()
    await onScreen('Connected')
    await listed('Old lamp')
    await takeIn('Desk light', 'Desk light', 'Study')
  })

  test('a sensor joins while the bridge is open, and gets its name and room', async () => {
    const { page } = person
    await page.goto(`${server.base}/homes/${home}/add`)
    await page.getByRole('link', { name: 'Bring in Zigbee devices' }).click()
    await onScreen('Bring in Zigbee devices')
    await button('Let devices in').click()
    await page.getByRole('heading', { level: 1, name: 'Devices can join now' }).waitFor()
    await page.getByRole('timer').waitFor()
    await page.getByText('1 device is ready').waitFor()
    await onScreen('Devices can join now')
    const fresh = await until(
      async () => (await devices()).find((each) => each.name === 'Neutral CLIMATE-1'),
      'the sensor',
    )
    await takeIn(fresh.name, 'Cellar climate', 'Cellar')
    await button('Stop letting devices in').click()
    await page.getByRole('heading', { level: 1, name: 'The bridge is closed again' }).waitFor()
    assert.ok(bridge.asked().filter((request) => request === 'permit_join').length >= 2)
  })

  test('access data made in the app lets a device in, and is not shown again', async () => {
    const { page } = person
    await page.goto(`${server.base}/homes/${home}/add`)
    await page.getByRole('link', { name: 'A device without a broker' }).click()
    await page.getByLabel('What is it?').fill('Hall light')
    await button('Make access data').click()
    await page.getByRole('heading', { level: 2, name: 'Access data for Hall light' }).waitFor()
    await page.getByRole('img', { name: 'Code with all access data for Hall light' }).waitFor()
    await onScreen('A device without a broker')
    const told = async (term: string) =>
      (await page.locator('dl > div').filter({ hasText: term }).locator('dd').first().textContent())!
    const [port, username, password, topic] = [
      await told('Port'),
      await told('User name'),
      await told('Password'),
      await told('Topics begin with'),
    ]
    hall = await discoveredLight({ url: `mqtt://127.0.0.1:${port}`, username, password }, topic, 'Hall light')
    await button('I have entered it').click()
    assert.equal(await page.getByText(password).count(), 0)
    await takeIn('Hall light', 'Hall light', 'Hall')
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  test('a group drives two lamps as one, and a dead lamp is replaced in it by any other', async () => {
    const { page } = person
    await page.goto(`${server.base}/homes/${home}/groups/new`)
    await onScreen('New group')
    await page.getByLabel('Name', { exact: true }).fill('Evening')
    for (const name of ['Old lamp', 'Desk light'])
      await page.getByRole('checkbox', { name }).check({ force: true })
    await button('Make the group').click()
    await page.getByRole('heading', { level: 2, name: 'Evening' }).waitFor()
    const group = await listed('Evening')
    const old = await listed('Old lamp')
    await until(async () => (await references(old)).groups.includes(group.id), 'the lamp in its group')
    await bridge.reach('Old lamp', false)
    await until(async () => (await listed('Old lamp')).online === false, 'the lamp to be gone')
    const others = (await devices()).filter(({ id }) => id !== old.id)
    const hallId = others.find(({ name }) => name === 'Hall light')!.id
    const staying = others.filter(({ id }) => id !== hallId)
    const before = await Promise.all(staying.map(references))
    const oldBefore = await references(old)

    await page.goto(`${server.base}/homes/${home}/maintenance`)
    await onScreen('Care')
    await page
      .getByRole('listitem')
      .filter({ hasText: 'Old lamp' })
      .getByRole('link', { name: 'Replace…' })
      .click()
    await onScreen('Replace Old lamp')
    await page.getByRole('link', { name: 'Hall light' }).click()
    await page.getByRole('heading', { level: 2, name: 'Goes on' }).waitFor()
    await page.getByText('Its place in groups: Evening').waitFor()
    await onScreen('Replace Old lamp')
    await button('Put Hall light in its place').click()
    await onScreen('Replaced')

    const now = await devices()
    assert.equal(
      now.some(({ id }) => id === hallId),
      false,
    )
    assert.deepEqual(
      await Promise.all(
        staying.map(async ({ id }) => {
          const found = now.find((each) => each.id === id)
          assert.ok(found, `${id} is gone`)
          return references(found)
        }),
      ),
      before,
    )
    const oldNow = await until(
      async () => (await devices()).find(({ id, online }) => id === old.id && online),
      'the replaced lamp at its new hardware',
    )
    assert.equal(oldNow.name, 'Old lamp')
    const after = await references(oldNow)
    assert.deepEqual(after.groups, oldBefore.groups)
    assert.ok(after.points >= oldBefore.points)

    await page.getByRole('link', { name: 'Open Old lamp' }).click()
    await page.getByRole('heading', { level: 2, name: 'Old lamp' }).waitFor()
    const told = hall!.received().length
    await page.getByRole('button', { name: /Old lamp.* power/ }).click()
    await until(
      () =>
        hall!
          .received()
          .slice(told)
          .some((each) => each.includes('ON')),
      'the new hardware to be lit',
    )
    assert.deepEqual(person.faults, [])
  })
})
