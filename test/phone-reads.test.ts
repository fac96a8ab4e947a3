// Catches an app that reads more of the phone than its person granted, or a server that asks for it or keeps what an old or forged client sends all the same.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { clause } from '@eaves/policy'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { hasMosquitto, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { hasChromium, openBrowser } from './browser.ts'
import { claimByHttp } from './owner-by-http.ts'
import { filesBelow, formsOf, hits } from './residue-scan.ts'
import { household, until, type Household, type Running } from './server.ts'

const missing = [
  hasChromium ? undefined : 'Chromium',
  hasMosquitto ? undefined : 'Debian’s mosquitto',
].filter((name) => name !== undefined)
const skip = missing.length === 0 ? false : `not run: ${missing.join(' and ')} missing`
const password = 'a long pass phrase'
const phone =
  'Mozilla/5.0 (Linux; Android 14; Zq7Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'

/** Runs in the page before its scripts: whatever recognises a device tells that it was read. */
function watchReads(): void {
  const already = new Set<string>()
  const tell = (name: string) => {
    if (already.has(name)) return
    already.add(name)
    void (globalThis as unknown as { read: (name: string) => Promise<void> }).read(name)
  }
  const holder = (path: string): object | undefined =>
    path.split('.').reduce<any>((each, name) => (each === undefined ? undefined : each[name]), globalThis) as
      | object
      | undefined
  const wrap = (path: string, names: readonly string[]) => {
    const object = holder(path)
    if (object === undefined) return
    for (const name of names) {
      const found = Object.getOwnPropertyDescriptor(object, name)
      if (found === undefined) continue
      const told = `${path.replace('.prototype', '')}.${name}`
      const wrapped = (part: 'get' | 'value') => ({
        ...found,
        [part](this: unknown, ...args: unknown[]) {
          tell(told)
          return Reflect.apply(found[part] as () => unknown, this, args) as unknown
        },
      })
      if (found.get !== undefined) Object.defineProperty(object, name, wrapped('get'))
      else if (typeof found.value === 'function') Object.defineProperty(object, name, wrapped('value'))
    }
  }
  const construct = (name: string) => {
    const made = (globalThis as any)[name]
    if (made === undefined) return
    ;(globalThis as any)[name] = new Proxy(made, {
      construct(target, args) {
        tell(`new ${name}`)
        return Reflect.construct(target, args)
      },
    })
  }
  wrap('NavigatorUAData.prototype', ['getHighEntropyValues', 'toJSON'])
  wrap('Navigator.prototype', [
    'plugins',
    'mimeTypes',
    'deviceMemory',
    'hardwareConcurrency',
    'connection',
    'getBattery',
    'geolocation',
    'mediaDevices',
    'getUserMedia',
    'bluetooth',
    'usb',
    'hid',
    'serial',
    'keyboard',
    'gpu',
    'xr',
    'getGamepads',
    'requestMIDIAccess',
    'userAgent',
    'appVersion',
  ])
  wrap('Screen.prototype', ['width', 'height', 'availWidth', 'availHeight', 'colorDepth', 'pixelDepth'])
  wrap('HTMLCanvasElement.prototype', ['getContext', 'toDataURL', 'toBlob'])
  wrap('OffscreenCanvas.prototype', ['getContext', 'convertToBlob'])
  wrap('CanvasRenderingContext2D.prototype', ['getImageData', 'measureText'])
  wrap('WebGLRenderingContext.prototype', ['getParameter', 'getExtension', 'readPixels'])
  wrap('WebGL2RenderingContext.prototype', ['getParameter', 'getExtension', 'readPixels'])
  wrap('MediaDevices.prototype', ['enumerateDevices', 'getUserMedia', 'getDisplayMedia'])
  wrap('Geolocation.prototype', ['getCurrentPosition', 'watchPosition'])
  wrap('SpeechSynthesis.prototype', ['getVoices'])
  wrap('FontFaceSet.prototype', ['check'])
  wrap('StorageManager.prototype', ['estimate'])
  wrap('Performance.prototype', ['memory'])
  wrap('globalThis', ['queryLocalFonts'])
  for (const name of ['AudioContext', 'OfflineAudioContext', 'RTCPeerConnection', 'IdleDetector'])
    construct(name)
  const listen = Reflect.get(EventTarget.prototype, 'addEventListener') as (...args: unknown[]) => void
  EventTarget.prototype.addEventListener = function (...args: unknown[]) {
    if (/^device(motion|orientation|light)/.test(String(args[0]))) tell(String(args[0]))
    return Reflect.apply(listen, this, args)
  }
}

/** The UI kit asks these how keys and touch behave; the test holds that they go nowhere. */
const kept = new Set(['Navigator.userAgent'])

interface Sent {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

describe('what the app reads of the phone', { skip }, () => {
  let house: Household,
    server: Running,
    broker: Awaited<ReturnType<typeof startMosquitto>>,
    lamp: Lamp,
    browser: Browser,
    context: BrowserContext,
    page: Page,
    owner: string,
    home: string
  const reads = new Set<string>()
  const sent: Sent[] = []
  const asked: string[] = []
  const call = async (method: string, path: string, body?: unknown, cookie = owner) => {
    const answer = await fetch(server.base + path, {
      method,
      headers: { cookie, origin: server.base, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, text, body: text === '' ? undefined : JSON.parse(text) }
  }
  before(async () => {
    broker = await startMosquitto()
    lamp = await zigbeeLamp(broker.url, 'Reading lamp')
    house = household({ EAVES_LOG: 'info' })
    server = await house.start()
    owner = (await claimByHttp(server, { password })).cookie
    home = (await call('POST', '/api/homes', { name: 'Elm Street', zone: 'Europe/Berlin' })).body.id
    await call('POST', `/api/homes/${home}/onboarding`, { driver: 'mqtt', config: { url: broker.url } })
    browser = await openBrowser()
    context = await browser.newContext({ userAgent: phone, locale: 'en-GB', reducedMotion: 'reduce' })
    await context.exposeFunction('read', (name: string) => void reads.add(name))
    await context.addInitScript(watchReads)
    page = await context.newPage()
    page.setDefaultTimeout(8000)
    page.on('request', (request) => {
      sent.push({ url: request.url(), headers: request.headers(), body: request.postData() ?? '' })
    })
    page.on('response', (response) => {
      const { 'accept-ch': hints, 'critical-ch': critical } = response.headers()
      if (hints !== undefined || critical !== undefined) asked.push(response.url())
    })
  })
  after(async () => {
    await browser?.close()
    await house?.dispose()
    await lamp?.stop()
    await broker?.stop()
  })
  const open = async (path: string) => {
    await page.goto(server.base.replace('127.0.0.1', 'localhost') + path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    await until(async () => !(await page.getByRole('status').count()), `${path} to be loaded`)
  }
  const signIn = async () => {
    await open('/sign-in')
    await page.getByRole('button', { name: 'Use a password' }).click()
    await page.getByLabel('E-mail address or phone number').fill('ada@example.org')
    await page.getByRole('textbox', { name: 'Password' }).fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await page.getByRole('heading', { level: 1 }).filter({ hasNotText: 'Sign in' }).first().waitFor()
  }
  const isGranted = ({ body }: Sent) => body.includes('Zq7Phone')
  const judge = (when: string) => {
    assert.deepEqual(
      [...reads].filter((name) => !kept.has(name)),
      [],
      when,
    )
    assert.deepEqual(asked, [], when)
    for (const { url, headers } of sent) {
      assert.ok(!url.includes('Zq7Phone'), url)
      const hints = Object.keys(headers).filter(
        (name) => /^(sec-ch-ua-(?!mobile$|platform$)|x-device)/.test(name) || name.endsWith('-id'),
      )
      assert.deepEqual(hints, [], url)
    }
  }

  test('the instruments notice what they are made for', async () => {
    await open('/welcome')
    reads.clear()
    await page.evaluate(`(async () => {
      document.createElement('canvas').getContext('2d').getImageData(0, 0, 1, 1)
      void [navigator.plugins, navigator.deviceMemory, navigator.geolocation]
      await navigator.userAgentData.getHighEntropyValues(['model'])
      new OfflineAudioContext(1, 1, 8000)
    })()`)
    await until(() => reads.size >= 7, 'the reads')
    assert.deepEqual([...reads].toSorted(), [
      'CanvasRenderingContext2D.getImageData',
      'HTMLCanvasElement.getContext',
      'Navigator.deviceMemory',
      'Navigator.geolocation',
      'Navigator.plugins',
      'NavigatorUAData.getHighEntropyValues',
      'new OfflineAudioContext',
    ])
    reads.clear()
    sent.length = 0
  })

  test('signed out and in, nothing that recognises the phone is read, asked for or sent', async () => {
    clause('pp.2.2.2')
    for (const path of ['/welcome', '/gate', '/documents', '/documents/privacy', '/contact', '/sign-in'])
      await open(path)
    await signIn()
    const { id: device } = await until(
      async () => (await call('GET', `/api/homes/${home}/devices`)).body[0] as { id: string } | undefined,
      'the lamp',
    )
    for (const path of [
      `/homes/${home}`,
      `/homes/${home}/rooms`,
      `/homes/${home}/devices/${device}`,
      `/homes/${home}/add`,
      `/homes/${home}/maintenance`,
      '/me',
      '/me/choices',
      '/me/sign-ins',
      '/me/activity',
      '/me/security',
      '/me/tokens',
      '/me/agreements',
      '/me/home',
      '/me/connections',
      '/me/members',
    ])
      await open(path)
    judge('without the choice')
    assert.deepEqual(sent.filter(isGranted), [])
    const rows = (await call('GET', '/api/me/sign-ins')).body as { device?: string }[]
    assert.equal(rows.length, 2)
    assert.ok(rows.every((row) => row.device === undefined))
  })

  test('what an old or forged client sends without the choice is refused or let fall, counted, and kept nowhere', async () => {
    clause('pp.2.2.2')
    const identifier = { email: 'ada@example.org' }
    const forge = (body: object) =>
      fetch(`${server.base}/api/sign-in/password`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Zq8Agent/1',
          'sec-ch-ua-model': '"Zq8Model"',
          'x-device-id': 'Zq8Header',
        },
        body: JSON.stringify({ identifier, password, ...body }),
      })
    const withId = await forge({ deviceId: 'Zq8Serial' })
    assert.equal(withId.status, 422)
    assert.equal(((await withId.json()) as { code: string }).code, 'input.unknown-field')
    const withLabel = await forge({ device: 'Zq8Label' })
    assert.equal(withLabel.status, 200)
    const cookie = withLabel.headers.get('set-cookie')!.split(';')[0]!
    assert.ok(!(await call('GET', '/api/me/sign-ins', undefined, cookie)).text.includes('Zq8'))
    assert.ok(!(await call('GET', '/api/me/activity', undefined, cookie)).text.includes('Zq8'))
    await until(() => /"event":"device label dropped","count":1/.test(server.output()), 'the count')
    const words = ['Zq8Agent', 'Zq8Model', 'Zq8Header', 'Zq8Serial', 'Zq8Label', 'Zq7Phone']
    const traces = new Map(words.map((word) => [word, formsOf(word)] as const))
    const places = new Map([
      ...filesBelow(`${house.dir}/data`),
      ['the log', Buffer.from(server.output())] as const,
    ])
    assert.deepEqual(hits(places, traces), [])
  })

  test('once it is granted, the name of the phone and nothing else is sent, with the sign-in alone', async () => {
    clause('pp.2.2.2')
    await open('/me/choices')
    const article = page.getByRole('article', { name: 'Naming the phone in your list of sign-ins' })
    await article.getByText('Yes', { exact: true }).click()
    await article.getByText('You said yes').waitFor()
    sent.length = 0
    await signIn()
    judge('with the choice')
    const granted = sent.filter(isGranted)
    assert.deepEqual(
      granted.map(({ url, body }) => [
        new URL(url).pathname,
        (JSON.parse(body) as { device: string }).device,
      ]),
      [['/api/sign-in/password', 'Zq7Phone · Chrome']],
    )
    const rows = (await call('GET', '/api/me/sign-ins')).body as { device?: string }[]
    assert.deepEqual(
      rows.flatMap(({ device }) => device ?? []),
      ['Zq7Phone · Chrome'],
    )
    // Whoever takes the same browser next is not named by somebody else's choice.
    await open('/me')
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor()
    sent.length = 0
    await signIn()
    assert.deepEqual(sent.filter(isGranted), [])
  })
})
