// Catches a hub that a phone in the house cannot find, trust or use, or that tells it more in the clear than how to trust it.
import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { clause } from '@eaves/policy'
import { chromium, type Browser } from 'playwright-core'
import { hasChromium } from './browser.ts'
import { codeSentTo } from './join-by-http.ts'
import { canJoinMachines, joinMachines, type TwoMachines } from './namespaces.ts'
import { household, root, until, type Household, type Running } from './server.ts'

const skip = canJoinMachines ? false : 'not run: two network namespaces need root and iproute2'
const hasCertutil = existsSync('/usr/bin/certutil')
const withBrowser = hasChromium && hasCertutil ? false : 'not run: Chromium or Debian’s libnss3-tools missing'
const port = '8420'

describe('a phone on another machine in the house', { skip, timeout: 120_000 }, () => {
  let machines: TwoMachines, house: Household, hub: Running, token: string
  before(async () => {
    machines = joinMachines()
    house = household({ EAVES_HOST: machines.hub, EAVES_PORT: port, EAVES_LOG: 'info' }, machines.onHub)
    token = (await house.claim()).token
    hub = await house.start()
  })
  after(async () => {
    await house?.dispose()
    machines?.dispose()
  })
  const console_ = () =>
    /authority, to compare there \(SHA-256\):\n {2}([0-9A-F:]{95})/.exec(hub.output())?.[1]

  test('finds the hub by name, takes its certificate, trusts that alone, and reaches the app; everything else is refused', async () => {
    clause('pp.5.1')
    const [program, ...args] = [...machines.onPhone, process.execPath, join(root, 'test/phone-client.ts')]
    const ran = await promisify(execFile)(program, [...args, machines.hub, port, machines.phone, token], {
      timeout: 60_000,
    })
    const said = JSON.parse(ran.stdout)
    assert.deepEqual(said.found, [machines.hub])
    assert.equal(hub.base, `https://${machines.hub}:${port}`)
    assert.match(hub.output(), /On a phone open http:\/\/10\.87\.0\.1:8420\/phone/)
    assert.equal(said.fingerprint, console_(), 'what the phone shows is what the console says')
    assert.ok(said.page.includes(said.fingerprint) && said.page.includes(`https://eaves.local:${port}/`))
    assert.doesNotMatch(said.page + hub.output().replace(/claim#\S+/, ''), /PRIVATE KEY|eaves_pat_/)
    assert.deepEqual(said.plain, { api: 307, post: 403, stranger: 421 })
    assert.match(said.untrusted, /SELF_SIGNED|UNABLE_TO/, 'whoever does not trust it gets no further')
    assert.equal(said.signIn.status, 200)
    assert.match(said.signIn.html, /<div id="root">/)
    assert.deepEqual([said.byName, said.stranger, said.forged, said.forgedSender], [200, 421, 421, 401])
    assert.match(said.socket, /"type":"ready"/)
    assert.match(said.foreignSocket, /403/)
  })

  test('the keys of the authority are nowhere in the data folder', () => {
    const inData = spawnSync('grep', ['-rlE', 'PRIVATE KEY|BEGIN CERTIFICATE', house.env.EAVES_DATA!], {
      encoding: 'utf8',
    })
    assert.equal(inData.stdout, '')
    assert.ok(existsSync(`${house.env.EAVES_DATA}.key/kek.tls/ca.key`))
  })

  test(
    'a browser that trusts the hub signs in, opens the home, lets the worker in and gets a live socket',
    { skip: withBrowser },
    async () => {
      const browser = await phoneBrowser(machines, house)
      try {
        const page = await (
          await browser.newContext({ locale: 'en-GB', viewport: { width: 390, height: 844 } })
        ).newPage()
        const faults: string[] = []
        page.on('pageerror', (error) => faults.push(error.message))
        page.on('console', (message) => {
          if (/content.security.policy|trusted ?type/i.test(message.text())) faults.push(message.text())
        })
        await page.goto(`http://${machines.hub}:${port}/`)
        await page.getByText(console_()!).waitFor()
        await page.getByText('Android', { exact: true }).click()
        await page.getByRole('link', { name: 'Certificate (.crt)' }).first().waitFor()
        assert.equal(await page.evaluate('document.scripts.length'), 0)
        await page.goto(`https://${machines.hub}:${port}/sign-in`)
        await page.getByLabel('E-mail address or phone number').fill('ada@example.org')
        await page.getByRole('button', { name: 'Continue' }).click()
        await page.getByRole('heading', { level: 1, name: 'Enter the code' }).waitFor()
        await page.getByRole('textbox', { name: 'Code' }).fill(await codeSentTo(house, 'ada@example.org'))
        await page.getByText('Name your rooms').waitFor()
        await until(
          () => page.evaluate<boolean>('navigator.serviceWorker.controller !== null'),
          'the worker',
          10_000,
        )
        assert.equal(
          await page.evaluate(`new Promise((resolve) => {
          const socket = new WebSocket('wss://' + location.host + '/api/live')
          socket.onopen = () => resolve('open')
          socket.onerror = () => resolve('refused')
        })`),
          'open',
        )
        assert.deepEqual(faults, [])
      } finally {
        await browser.close()
      }
    },
  )

  test('a browser that does not trust it is warned', { skip: withBrowser }, async () => {
    const browser = await phoneBrowser(machines)
    try {
      const page = await browser.newPage()
      await assert.rejects(page.goto(`https://${machines.hub}:${port}/sign-in`), /ERR_CERT_AUTHORITY_INVALID/)
    } finally {
      await browser.close()
    }
  })

  test('a device that answers for the hub’s name takes neither the name from its certificate nor the hub from the house', async () => {
    const [program, ...args] = [...machines.onPhone, process.execPath, join(root, 'test/mdns-rival.ts')]
    const ran = await promisify(execFile)(program, [...args, machines.hub, port, machines.phone], {
      timeout: 60_000,
    })
    const { found, names } = JSON.parse(ran.stdout)
    assert.deepEqual(found, [machines.hub], 'announced under another name meanwhile')
    assert.ok(names.includes('DNS:eaves.local') && names.includes('DNS:eaves-2.local'), String(names))
    assert.match(hub.output(), /mdns\.name-contested/)
  })
})

/** Chromium on the phone's side of the cable; with a household it trusts that one's authority, and nobody else it would not trust anyway. */
async function phoneBrowser(machines: TwoMachines, trusted?: Household): Promise<Browser> {
  const home = join(
    trusted?.dir ?? `${process.env.TMPDIR ?? '/tmp'}`,
    `browser-${process.pid}-${trusted === undefined ? 'none' : 'own'}`,
  )
  const store = `sql:${home}/.pki/nssdb`
  mkdirSync(join(home, '.pki/nssdb'), { recursive: true })
  execFileSync('certutil', ['-d', store, '-N', '--empty-password'])
  if (trusted !== undefined) {
    const authority = `${trusted.env.EAVES_DATA}.key/kek.tls/ca.crt`
    assert.match(readFileSync(authority, 'utf8'), /BEGIN CERTIFICATE/)
    execFileSync('certutil', ['-d', store, '-A', '-t', 'C,,', '-n', 'hub', '-i', authority])
  }
  const program = join(home, 'chromium')
  writeFileSync(
    program,
    `#!/bin/sh\nHOME='${home}' exec ${machines.onPhone.join(' ')} /usr/bin/chromium "$@"\n`,
  )
  chmodSync(program, 0o700)
  return chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
