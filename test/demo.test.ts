// Catches a demonstration that does not open: no link, no agreement asked, devices missing, dead or never faulty, and a program left behind.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { clause } from '@eaves/policy'
import { askControl } from '../server/src/control.ts'
import { freePort } from './broker.ts'
import { actsOn } from './owner-by-http.ts'
import { childrenOf } from './processes.ts'
import { household, until, type Running } from './server.ts'

const house = household()
const settings: Record<string, string> = {}
let server: Running
let cookie = ''
let home = ''

before(async () => {
  settings.EAVES_MQTT_PORT = String(await freePort())
  server = await house.start(settings, ['--demo', '--time', '19:05'])
})
after(() => house.dispose())

const linkCode = (): string | undefined => /Open the demo: \S+\/sign-in#(\S+)/.exec(server.output())?.[1]

async function ask(method: string, path: string, body?: unknown) {
  const response = await fetch(server.base + path, {
    method,
    headers: {
      origin: server.base,
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}

interface Listed {
  readonly id: string
  readonly name: string
  readonly roomName: string | null
  readonly online: boolean
  readonly isNew: boolean
  readonly parts: readonly { readonly capabilities: Readonly<Record<string, Record<string, unknown>>> }[]
}
const devices = async (): Promise<Listed[]> => (await ask('GET', `/api/homes/${home}/devices`)).body
const named = async (name: string): Promise<Listed> => (await devices()).find((each) => each.name === name)!
const isKnown = ({ parts }: Listed): boolean =>
  parts.some(({ capabilities }) => Object.values(capabilities).some((each) => Object.keys(each).length > 0))

test('the link signs in once, and what it opens is closed until the visitor agrees', async () => {
  clause('sa.1')
  assert.doesNotMatch(server.output(), /Claim this home/)
  const code = await until(linkCode, 'the link')
  const entered = await ask('POST', '/api/sign-in/link', { code })
  assert.equal(entered.status, 200)
  assert.equal((await ask('POST', '/api/sign-in/link', { code })).status, 401)
  cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  assert.equal((await ask('GET', '/api/homes')).status, 451)
  assert.deepEqual((await ask('GET', '/api/me/agreements')).body, {
    current: false,
    standing: 'none',
    acts: [],
  })
  const agreed = await ask('POST', '/api/me/agreements', { acts: await actsOn(server) })
  assert.equal(agreed.body.current, true)
  home = (await ask('GET', '/api/homes')).body[0].id
})

test('twenty-nine devices in six rooms, all there and telling what they measure', async () => {
  const all = await until(async () => {
    const list = await devices()
    return list.length === 29 && list.every((each) => each.roomName !== null && isKnown(each)) && list
  }, 'the devices')
  assert.equal(new Set(all.map((each) => each.roomName)).size, 6)
  assert.deepEqual(
    all.filter((each) => !each.online || each.isNew).map((each) => each.name),
    [],
  )
})

test('its meters come with the last calendar year', async () => {
  const year = new Date().getFullYear() - 1
  const query = `from=${year}-01-01&to=${year + 1}-01-01&resolution=month`
  const { meters, usedKilowattHours } = await until(async () => {
    const { body } = await ask('GET', `/api/homes/${home}/energy?${query}`)
    return body.meters?.length === 7 && body
  }, 'the meters')
  assert.ok(Math.abs(usedKilowattHours - 7.8 * (year % 4 === 0 ? 366 : 365)) < 0.3, String(usedKilowattHours))
  assert.ok(meters.every((each: { completeness: number }) => each.completeness === 1))
})

test('a lamp is switched and confirms it', async () => {
  const lamp = await named('Hall light')
  const command = lamp.parts[0]!.capabilities.onOff!.on === true ? 'turnOff' : 'turnOn'
  const done = await ask('POST', `/api/homes/${home}/devices/${lamp.id}/commands?wait=confirmed`, {
    capability: 'onOff',
    command,
  })
  assert.equal(done.body.status, 'confirmed', JSON.stringify(done.body))
  assert.equal((await named('Hall light')).parts[0]!.capabilities.onOff!.on, command === 'turnOn')
})

test('a fault that is asked for shows, and ends', async () => {
  const dataDir = join(house.dir, 'data')
  const fault = (device: string, word: string) =>
    askControl(dataDir, { demo: { t: 'fault', device, fault: word } })
  const offline = await house.run(['demo', 'fault', 'bedroom window', 'offline'], settings)
  assert.equal(offline.code, 0, offline.stderr)
  await until(async () => !(await named('Bedroom window')).online, 'the window offline')
  await fault('Front door', 'low-battery')
  const percent = async () => (await named('Front door')).parts[0]!.capabilities.battery?.percent
  await until(async () => (await percent()) === 3, 'the battery low')
  const list = await askControl(dataDir, { demo: { t: 'faults' } })
  const set = ((list?.made ?? []) as { fault: string }[]).filter((each) => each.fault !== 'none')
  assert.equal(set.length, 2)
  await fault('Bedroom window', 'none')
  await until(async () => (await named('Bedroom window')).online, 'the window back')
  const refused = await house.run(['demo', 'fault', 'Floor lamp', 'low-battery'], settings)
  assert.equal(refused.code, 2)
  assert.match(refused.stderr, /Floor lamp has no battery/)
  assert.match((await fault('Nothing', 'slow'))?.problem ?? '', /no device "Nothing"/)
})

test('a folder is a demonstration’s or a home’s, never both, and nothing of it outlives its server', async () => {
  const children = childrenOf(server.process.pid!)
  assert.equal(children.length, 2)
  await server.kill('SIGKILL')
  await until(() => children.every((pid) => !isAlive(pid)), 'the end of what it started')
  const plain = await house.run(['serve'], settings)
  assert.equal(plain.code, 2)
  assert.match(plain.stderr, /belongs to a demonstration/)

  const started = Date.now()
  server = await house.start(settings, ['--demo'])
  await until(linkCode, 'another link')
  const again = childrenOf(server.process.pid!)
  await server.kill('SIGTERM')
  assert.equal(server.process.exitCode, 0)
  assert.ok(Date.now() - started < 8000)
  assert.deepEqual(
    again.filter((pid) => isAlive(pid)),
    [],
  )
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
