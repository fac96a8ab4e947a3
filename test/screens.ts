// Takes the pictures in docs/screens: each screen on a phone in light English and on a desktop in dark Chinese.
// Run from the root with our Node after a build: node_modules/.bin/node test/screens.ts
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { household, root } from './server.ts'

const folder = join(root, 'docs/screens')
mkdirSync(folder, { recursive: true })
const looks = [
  { name: 'phone-light-en', viewport: { width: 390, height: 844 }, theme: 'light', locale: 'en' },
  { name: 'desktop-dark-zh', viewport: { width: 1280, height: 800 }, theme: 'dark', locale: 'zh-Hans' },
] as const

interface Furnished {
  readonly home: string
  readonly room: string
  readonly devices: readonly { readonly id: string; readonly kind: string; readonly name: string }[]
}

/** Runs in the page: claims the server and moves the simulated household in, as its API allows. */
async function furnish(code: string): Promise<Furnished> {
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
  const gate = await ask('GET', '/api/gate?locale=en')
  const hash = (name: string) => gate.documents.find((each: any) => each.document === name).sha256 as string
  const acts = {
    agreement: { act: 'accept', sha256: hash('agreement') },
    privacy: { act: 'acknowledge', sha256: hash('privacy') },
    locale: 'en',
    region: 'EU',
  }
  await ask('POST', '/api/claim', { code, identifier: { email: 'ada@example.org' }, acts })
  const { id: home } = await ask('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })
  const rooms: Record<string, string> = {}
  for (const name of ['Living room', 'Kitchen', 'Bedroom', 'Hall', 'Garage and garden'])
    rooms[name] = (await ask('POST', `/api/homes/${home}/rooms`, { name })).id
  await ask('POST', `/api/homes/${home}/onboarding`, { driver: 'simulated', config: {} })
  let devices: any[] = []
  for (let turn = 0; turn < 100 && devices.length < 18; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    devices = await ask('GET', `/api/homes/${home}/devices`)
  }
  const places: [RegExp, string][] = [
    [/kitchen|coffee|leak/i, 'Kitchen'],
    [/bed|fan/i, 'Bedroom'],
    [/hall|door$|door contact|wall/i, 'Hall'],
    [/garage|garden/i, 'Garage and garden'],
  ]
  for (const device of devices) {
    const room = rooms[places.find(([name]) => name.test(device.name))?.[1] ?? 'Living room']
    await ask('PATCH', `/api/homes/${home}/devices/${device.id}`, { room })
    if (['light', 'plug'].includes(device.kind))
      await ask('POST', `/api/homes/${home}/devices/${device.id}/commands?wait=confirmed`, {
        capability: 'onOff',
        command: 'turnOn',
      })
  }
  return { home, room: rooms['Living room']!, devices }
}

const house = household()
const browser = await openBrowser()
try {
  const server = await house.start()
  const base = server.base.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext({
    deviceScaleFactor: 1,
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(`${base}/documents`)
  await take(page, base, [['claim', `/claim#${server.claimCode() ?? ''}`]])
  const { home, room, devices } = await page.evaluate(furnish, server.claimCode() ?? '')
  const kinds = ['light', 'plug', 'climate', 'cover', 'lock', 'sensor', 'other'] as const
  const details = kinds.map((kind): [string, string] => [
    kind,
    `/homes/${home}/devices/${devices.find((each) => each.kind === kind)!.id}`,
  ])
  await take(page, base, [
    ['home', `/homes/${home}`],
    ['rooms', `/homes/${home}/rooms`],
    ['room', `/homes/${home}/rooms/${room}`],
    ...details,
    ['add-device', `/homes/${home}/add`],
    ['me', '/me'],
    ['documents', '/documents'],
    ['contact', '/contact'],
  ])
  await context.clearCookies()
  await take(page, base, [
    ['welcome', '/welcome'],
    ['gate', '/gate'],
    ['sign-in', '/sign-in'],
  ])
} finally {
  await browser.close()
  await house.dispose()
}

async function take(
  page: Page,
  base: string,
  screens: readonly (readonly [name: string, path: string])[],
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
    for (const [name, path] of screens) {
      await page.goto('about:blank')
      await page.goto(base + path)
      await page.waitForLoadState('networkidle')
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `${name}-${look.name}.png`) })
    }
  }
}
