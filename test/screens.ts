// Takes the pictures in docs/screens: each screen on a phone in light English and on a desktop in dark Chinese.
// Run from the root with our Node after a build: node_modules/.bin/node test/screens.ts [names of pictures, or none for all]
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { freePort } from './broker.ts'
import { openBrowser } from './browser.ts'
import { asSignedIn, joinByHttp, type SignedIn } from './join-by-http.ts'
import { household, root, until, type Running } from './server.ts'

const folder = join(root, 'docs/screens')
const only = new Set(process.argv.slice(2))
mkdirSync(folder, { recursive: true })
const looks = [
  { name: 'phone-light-en', viewport: { width: 390, height: 844 }, theme: 'light', locale: 'en' },
  { name: 'desktop-dark-zh', viewport: { width: 1280, height: 800 }, theme: 'dark', locale: 'zh-Hans' },
] as const

interface Listed {
  readonly id: string
  readonly kind: string
  readonly name: string
  readonly room: string | null
  readonly online: boolean
  readonly parts: readonly { readonly capabilities: Readonly<Record<string, unknown>> }[]
}
interface Furnished {
  readonly home: string
  readonly room: string
  readonly group: string
  readonly join: string
  /** A link that pairs a wall panel. */
  readonly wall: string
  readonly devices: readonly Listed[]
}

/** Runs in the page: agrees for the demonstration's account and waits until the house lives; makes a group and opens its bridge. */
async function furnish(): Promise<Furnished> {
  const ask = async (method: string, path: string, body?: unknown): Promise<any> => {
    const init =
      body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const answer = await fetch(path, { method, ...init })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
  const documents: any[] = await ask('GET', '/api/documents')
  const hash = (name: string): string =>
    documents.find((each) => each.document === name && each.locale === 'en').sha256
  const acts = {
    agreement: { act: 'accept', sha256: hash('agreement') },
    privacy: { act: 'acknowledge', sha256: hash('privacy') },
    locale: 'en',
    region: 'EU',
  }
  await ask('POST', '/api/me/agreements', { acts })
  const [{ id: home }] = await ask('GET', '/api/homes')
  let devices: Listed[] = []
  for (let turn = 0; turn < 150 && devices.filter(({ online }) => online).length < 25; turn++) {
    await pause(100)
    devices = await ask('GET', `/api/homes/${home}/devices`)
  }
  const room = devices.find(({ kind, room: place }) => kind === 'light' && place !== null)!.room!
  const lamps = devices.filter(({ kind, room: place }) => kind === 'light' && place === room)
  const { id: group } = await ask('POST', `/api/homes/${home}/groups`, {
    name: 'Evening',
    room,
    devices: lamps.map(({ id }) => id),
  })
  // What one does oneself of an evening; the family leaves it so.
  const command = (device: string, capability: string, name: string, args = {}) =>
    ask('POST', `/api/homes/${home}/devices/${device}/commands?wait=confirmed`, {
      part: 'main',
      capability,
      command: name,
      args,
    })
  for (const [i, lamp] of lamps.entries())
    await command(lamp.id, 'level', 'setLevel', { percent: 45 + 25 * i })
  const [bridge] = await ask('GET', `/api/homes/${home}/bridges`)
  const { id: join } = await ask('POST', `/api/homes/${home}/joins`, { bridge: bridge.id, seconds: 254 })
  const lock = devices.find(({ kind }) => kind === 'lock')!.id
  const { pairing } = await ask('POST', `/api/homes/${home}/panels`, {
    name: 'Hall',
    pin: '246810',
    limits: {
      reach: 'all',
      rules: [{ effect: 'allow', on: { device: lock }, acts: ['see', 'control'] }],
      hours: [],
    },
  })
  // The demonstration's newcomer takes some ten seconds to be there.
  await pause(11_000)
  return {
    home,
    room,
    group,
    join,
    wall: pairing.link,
    devices: await ask('GET', `/api/homes/${home}/devices`),
  }
}

/** A partner, a grandmother, a child and a cleaner come in; one more is invited. */
async function family(
  owner: SignedIn['ask'],
  server: Running,
  home: string,
  devices: readonly Listed[],
): Promise<{ readonly child: string; readonly code: string }> {
  const { accountId } = await owner<{ accountId: string }>('GET', '/api/me')
  const lock = devices.find(({ kind }) => kind === 'lock')!
  const rooms = [...new Set(devices.flatMap((each) => each.room ?? []))]
  const invite = async (wish: object): Promise<string> =>
    (await owner<{ code: string }>('POST', `/api/homes/${home}/invitations`, wish)).code
  const come = async (name: string, wish: object): Promise<SignedIn> =>
    joinByHttp(server, house, `${name.toLowerCase()}@example.org`, await invite({ name, ...wish }))
  await come('Bea', { role: 'admin' })
  const child = await come('Kim', {
    role: 'child',
    guardian: accountId,
    limits: {
      reach: 'all',
      rules: [{ effect: 'deny', on: { room: rooms[0] }, acts: ['control'] }],
      hours: [],
    },
  })
  await come('Ruth', { role: 'adult' })
  const tuesdays = [{ days: [2], from: '09:00', to: '12:00' }]
  const allow = (on: object) => ({ effect: 'allow', on, acts: ['see', 'control'] })
  const limits = {
    reach: 'listed',
    rules: [allow({ room: rooms[1] }), allow({ device: lock.id })],
    hours: tuesdays,
  }
  await come('Cleaner', { role: 'guest', limits })
  return { child: child.accountId, code: await invite({ role: 'guest', name: 'Plumber', limits }) }
}

/** Which device stands for a page: of this kind, with this capability. */
const pictured = [
  ['light', 'light', 'color'],
  ['plug', 'plug', 'energy'],
  ['climate', 'climate', 'thermostat'],
  ['cover', 'cover', 'cover'],
  ['lock', 'lock', 'lock'],
  ['sensor', 'sensor', 'occupancy'],
  ['alarm', 'alarm', 'alarmPanel'],
  ['vacuum', 'vacuum', 'vacuum'],
] as const

const plain = household()
const house = household({ EAVES_MQTT_PORT: String(await freePort()) })
const browser = await openBrowser()
try {
  const context = await browser.newContext({
    deviceScaleFactor: 1,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const fresh = await plain.start()
  await page.goto(`${local(fresh.base)}/documents`)
  await take(page, local(fresh.base), [['claim', `/claim#${fresh.claimCode() ?? ''}`]])
  await context.clearCookies()

  const server = await house.start({}, ['--demo', '--time', '19:30'])
  const base = local(server.base)
  await page.goto(await until(() => /Open the demo: (\S+)/.exec(server.output())?.[1], 'the link'))
  await page.waitForURL('**/gate*')
  const { home, room, group, join, wall, devices } = await page.evaluate(furnish)
  const owner = asSignedIn(
    server,
    (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; '),
  )
  const { child, code } = await family(owner, server, home, devices)
  const details = pictured.map(([picture, kind, capability]): [string, string] => {
    const device = devices.find(
      (each) => each.kind === kind && each.parts.some(({ capabilities }) => capability in capabilities),
    )
    if (device === undefined) throw new Error(`The demonstration has no ${kind} with ${capability}.`)
    return [picture, `/homes/${home}/devices/${device.id}`]
  })
  const [old, by] = devices.filter(({ kind }) => kind === 'light')
  await take(page, base, [
    ['home', `/homes/${home}`],
    ['rooms', `/homes/${home}/rooms`],
    ['room', `/homes/${home}/rooms/${room}`],
    ...details,
    ['group', `/homes/${home}/devices/${group}`],
    ['new-group', `/homes/${home}/groups/new`],
    ['add-device', `/homes/${home}/add`],
    ['joining', `/homes/${home}/add?join=${join}`],
    ['access-data', `/homes/${home}/add?with=built-in`],
    ['replace', `/homes/${home}/replace/${old!.id}?by=${by!.id}`],
    ['about', `/homes/${home}/about`],
    ['members', `/homes/${home}/members`],
    ['member', `/homes/${home}/members/${child}`],
    ['view-as', `/homes/${home}/members/${child}/view`],
    ['invite', `/homes/${home}/members/invite`],
    ['hand-over', `/homes/${home}/members/owner`],
    ['your-place', `/homes/${home}/place`],
    ['search', `/homes/${home}`, search],
    ['me', '/me'],
    ['security', '/me/security'],
    ['second-factor', '/me/security', secondFactor],
    ['sign-ins', '/me/sign-ins'],
    ['activity', '/me/activity'],
    ['tokens', '/me/tokens'],
    ['step-up', '/me/tokens', stepUp],
    ['notifications', '/me/notifications'],
    ['phone', '/me/phone'],
    ['backup', '/me/backup'],
    ['locks', '/me/locks'],
    ['panels', `/homes/${home}/panels`],
    ['documents', '/documents'],
    ['versions', '/documents/versions'],
    ['your-data', '/me/privacy'],
    ['held', '/me/privacy/held', openFirst],
    ['received', '/me/privacy/received'],
    ['choices', '/me/choices'],
    ['requests', '/me/privacy/requests'],
    ['erase', '/me/privacy/requests', (page) => showing(page, '#erase')],
    ['guardian', `/homes/${home}/members/${child}`, (page) => showing(page, '#consent')],
    ['contact', '/contact'],
  ])
  for (const [name, fault] of [
    ['Bedroom window', 'low-battery'],
    ['Worktop light', 'offline'],
  ] as const)
    await house.run(['demo', 'fault', name, fault])
  await take(page, base, [['care', `/homes/${home}/maintenance`]])
  await context.clearCookies()
  await page.goto('about:blank')
  await page.goto(base + wall)
  await page.getByRole('button', { name: '用作墙面面板' }).click()
  await page.getByRole('article').first().waitFor()
  await take(page, base, [['wall', '/wall']])
  await context.clearCookies()
  await take(page, base, [
    ['join', `/join#${code}`],
    ['undo', '/undo#a2b3c4d5e6f7a2b3c4d5e6f7a2'],
    ['welcome', '/welcome'],
    ['gate', '/gate'],
    ['gate-age', '/gate', (page) => showing(page, 'section:has([aria-haspopup]) >> nth=-1')],
    ['sign-in', '/sign-in'],
  ])
} finally {
  await browser.close()
  await house.dispose()
  await plain.dispose()
}

/** The app is at localhost on the machine itself. */
function local(base: string): string {
  return base.replace('127.0.0.1', 'localhost')
}

async function showing(page: Page, part: string): Promise<void> {
  await page.locator(part).first().waitFor()
  await page.locator(part).first().scrollIntoViewIfNeeded()
}
async function openFirst(page: Page): Promise<void> {
  await page.getByRole('listitem').getByRole('button').first().click()
}
async function search(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await page.getByRole('dialog').locator('input').fill('lamp')
  await page.getByRole('option').first().waitFor()
}
async function secondFactor(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Set up an authenticator app|设置身份验证器应用/ }).click()
  const code = page.getByRole('img').first()
  await code.waitFor()
  await code.scrollIntoViewIfNeeded()
}
/** The sign-in is fresh here: the server's refusal to a stale one is told in its place. */
async function stepUp(page: Page): Promise<void> {
  const refusal = { status: 403, code: 'auth.step-up-required', title: 'Prove it', todo: 'Prove it again.' }
  await page.route('**/api/me/tokens', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify(refusal) })
      : route.continue(),
  )
  await page.getByRole('textbox').first().fill('Solar program')
  await page.getByRole('button', { name: /^(Make token|生成令牌)$/ }).click()
  await page.getByRole('dialog').waitFor()
  await page.unroute('**/api/me/tokens')
}

async function take(
  page: Page,
  base: string,
  screens: readonly (readonly [name: string, path: string, act?: (page: Page) => Promise<void>])[],
): Promise<void> {
  for (const look of looks) {
    await page.setViewportSize(look.viewport)
    await page.evaluate(
      ([theme, locale]) => {
        localStorage.setItem('eaves.theme', theme)
        localStorage.setItem('eaves.locale', locale)
      },
      [look.theme, look.locale] as const,
    )
    for (const [name, path, act] of screens) {
      if (only.size > 0 && !only.has(name)) continue
      await page.goto('about:blank')
      await page.goto(base + path)
      await page.waitForLoadState('networkidle')
      await act?.(page)
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) })
    }
  }
}
