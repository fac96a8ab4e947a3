// Catches a wall panel that reaches more than it was given, acts as a person, outlives its removal, or is paired by whoever guesses.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { newId, type DeviceId, type HomeId, type MemberLimits, type SubjectId } from '@eaves/model'
import { clause } from '@eaves/policy'
import type { Listener } from '../server/src/http/listener.ts'
import { ask } from '../server/src/rights/testing.ts'
import { openListener } from '../server/src/listening.ts'
import { describeOnBothDialects, quietLog } from '../server/src/store/testing.ts'
import { internalsOf } from '../server/src/store/internals.ts'
import { openInHouse, told, type InHouse } from './in-house.ts'
import { openLive } from './live-client.ts'
import { sampleOf } from './sample-body.ts'

describeOnBothDialects('wall panels', (dialect) => {
  let inside: InHouse, listener: Listener, base: string
  let owner: SubjectId, home: HomeId, keeper: string, lamp: DeviceId, lock: DeviceId
  before(async () => {
    inside = await openInHouse(dialect)
    const { house } = inside
    owner = (
      await house.people.claim.claim({
        code: inside.codes.at(-1)!,
        identifier: { email: 'owner@example.org' },
        acts: house.privacy.currentActs('en', 'EU'),
        surface: 'app',
        place: { address: '192.0.2.0' },
      })
    ).subject
    home = await house.createHome(owner, { name: 'Elm Street', zone: 'UTC' })
    await inside.furnish(home, owner, 'wall')
    keeper = (await inside.signIn(owner)).cookie
    const { json } = await call('GET', `/devices`)
    const named = (start: string) =>
      (json as { id: DeviceId; name: string }[]).find((each) => each.name.startsWith(start))!.id
    lamp = named('Lamp')
    lock = named('Lock')
    listener = await openListener(house, { host: '127.0.0.1', port: 0, tls: undefined }, quietLog)
    base = `http://127.0.0.1:${listener.port}`
  })
  after(async () => {
    await listener?.stop()
    await inside?.end()
  })
  const call = (method: string, path: string, body?: unknown, cookie: string | undefined = keeper) =>
    inside.call({ method, path: `/api/homes/${home}${path}`, cookie, body })
  const pair = (code: string, cookie?: string) =>
    inside.call({ method: 'POST', path: '/api/panels/pair', body: { code }, cookie })
  const cookieOf = (answer: { headers: readonly (readonly [string, string])[] }) =>
    /=([^;]*)/.exec(answer.headers.find(([name]) => name === 'set-cookie')?.[1] ?? '')?.[1]
  async function hang(wish: { limits?: MemberLimits; pin?: string } = {}) {
    const made = await call('POST', '/panels', { name: 'Hall', ...wish })
    assert.equal(made.status, 201, made.text)
    const { id, pairing } = made.json as { id: string; pairing: { code: string; link: string } }
    assert.match(pairing.code, /^[a-z2-7]{4}-[a-z2-7]{4}$/)
    assert.equal(pairing.link, `/wall#${pairing.code}`)
    const answer = await pair(pairing.code.toUpperCase().replace('-', ' '))
    assert.equal(answer.status, 201, answer.text)
    return { id, code: pairing.code, cookie: cookieOf(answer)! }
  }
  const on = (device: DeviceId, acts: ('see' | 'control')[] = ['see', 'control']): MemberLimits => ({
    reach: 'listed',
    rules: [{ effect: 'allow', on: { device }, acts }],
    hours: [],
  })
  const command = (cookie: string, device: DeviceId, body: object) =>
    call('POST', `/devices/${device}/commands`, body, cookie)
  const ticket = async (cookie: string) =>
    (await inside.call({ method: 'POST', path: '/api/panel/tickets', cookie })).json.ticket as string
  const watching = async (cookie: string) => {
    const live = await openLive(
      listener.port,
      [
        { type: 'hello', ticket: await ticket(cookie) },
        { type: 'watch', home },
      ],
      { origin: base },
    )
    const { devices } = await live.next((each) => each.type === 'snapshot')
    return { live, devices: (devices as { id: string }[]).map((each) => each.id) }
  }
  const soon = (closed: Promise<number>) =>
    Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000, 'still open'))])

  test('a panel reaches the devices it was given by list, by name, by socket and by command, and no others', async () => {
    clause('pp.4.1')
    clause('pp.5.1')
    const { id, cookie } = await hang({ limits: on(lamp) })
    const list = await call('GET', '/devices', undefined, cookie)
    assert.deepEqual(
      list.json.map((each: { id: string }) => each.id),
      [lamp],
    )
    assert.equal((await call('GET', `/devices/${lock}`, undefined, cookie)).status, 404)
    const { live, devices } = await watching(cookie)
    assert.deepEqual(devices, [lamp])
    const turnOn = { capability: 'onOff', command: 'turnOn' }
    assert.equal((await command(cookie, lamp, turnOn)).status, 202)
    const sent = told(inside.driver)
    const unlock = { capability: 'lock', command: 'unlock' }
    assert.equal((await command(cookie, lock, unlock)).status, 404)
    live.send({ type: 'command', ref: 'r', home, device: lock, ...unlock })
    assert.equal((await live.next((each) => each.ref === 'r')).code, 'auth.not-found')
    assert.equal(told(inside.driver), sent)
    live.close()
    const { factsFile, pool } = internalsOf(inside.house.stores)
    const text = 'SELECT actor_subject AS subject FROM command ORDER BY accepted_at DESC LIMIT 1'
    const rows = pool ? (await pool.query(text)).rows : factsFile!.all(text)
    assert.deepEqual(
      [...rows.map((row) => ({ ...row }))],
      [{ subject: id }],
      'what it sends stands under its own id',
    )
    const [seen] = (await call('GET', '/members')).json.filter(
      (each: { accountId: string }) => each.accountId === id,
    )
    assert.deepEqual([seen.role, seen.name], ['kiosk', 'Hall'])
  })

  test('a panel is nobody: no page of a person, nothing of members, pictures, histories or arrangements', async () => {
    const { cookie } = await hang()
    // What devices are, and how a command ended, is written a moment later by itself, and is no consequence of a request.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const running = 'SELECT 1 FROM command WHERE ended_at IS NULL'
    while ((await ask(inside.house.stores, { store: 'facts' }, running)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 200))
    const allowed = new Set([
      'home.list',
      'panel.self',
      'home.read',
      'device.read',
      'device.command',
      'scene.read',
      'scene.run',
      'mode.read',
      'alarm.read',
      'alarm.use',
    ])
    let refused = 0
    for (const entry of inside.house.entries) {
      if (entry.access.kind === 'public' || allowed.has(entry.access.verb)) continue
      const before = await inside.mark()
      const path = entry.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) =>
        name === 'home' ? home : newId(),
      )
      const answer = await inside.call({
        method: entry.method.toUpperCase(),
        path,
        cookie,
        body: entry.body === undefined ? undefined : sampleOf(entry.body, { pin: '1111' }),
      })
      const want = entry.access.kind === 'instance' || /\{(device|group)\}/.test(path) ? 404 : 403
      assert.equal(answer.status, want, `${entry.method} ${entry.path}: ${answer.text}`)
      assert.equal(await inside.mark(), before, `${entry.method} ${entry.path}`)
      refused += 1
    }
    assert.ok(refused > 60, String(refused))
    assert.equal((await inside.call({ method: 'GET', path: '/api/panel', cookie: keeper })).status, 403)
    assert.equal((await inside.call({ method: 'GET', path: '/api/panel' })).status, 401)
    const { json: homes } = await inside.call({ method: 'GET', path: '/api/homes', cookie })
    assert.deepEqual(
      homes.map((each: { id: string; role: string; verbs: string[] }) => [
        each.id,
        each.role,
        each.verbs.toSorted(),
      ]),
      [
        [
          home,
          'kiosk',
          [
            'alarm.read',
            'alarm.use',
            'device.command',
            'device.read',
            'home.read',
            'mode.read',
            'scene.read',
            'scene.run',
          ],
        ],
      ],
    )
  })

  test('a code pairs once, for ten minutes, one of two at once, and is stored nowhere', async () => {
    const { code, cookie, id } = await hang()
    assert.equal((await pair(code)).status, 401, 'a second time')
    const again = (await call('POST', `/panels/${id}/code`)).json as { code: string }
    assert.equal((await inside.call({ method: 'GET', path: '/api/panel', cookie })).status, 200)
    inside.clock.advance(10 * 60_000)
    assert.equal((await pair(again.code)).status, 401, 'late')
    const third = (await call('POST', `/panels/${id}/code`)).json as { code: string }
    const fourth = (await call('POST', `/panels/${id}/code`)).json as { code: string }
    assert.equal((await pair(third.code)).status, 401, 'replaced by a newer one')
    const two = await Promise.all([pair(fourth.code), pair(fourth.code)])
    assert.deepEqual(
      two.map((each) => each.status).toSorted((a, b) => a - b),
      [201, 401],
    )
    assert.equal(
      (await inside.call({ method: 'GET', path: '/api/panel', cookie })).status,
      401,
      'the tablet before',
    )
    const { factsFile, pool } = internalsOf(inside.house.stores)
    const rows = pool ? (await pool.query('SELECT * FROM panel')).rows : factsFile!.all('SELECT * FROM panel')
    assert.ok(rows.length > 0)
    for (const each of [code, again.code, fourth.code, cookie])
      assert.ok(!JSON.stringify(rows).includes(each.replace('-', '')))
  })

  test('whoever guesses codes is slowed down, and told nothing of how near a guess was', async () => {
    inside.clock.advance(60 * 60_000)
    const answers: string[] = []
    for (let i = 0; i < 25; i++) {
      const { status, json } = await pair(newId().slice(0, 8))
      answers.push(`${status} ${json.code}`)
    }
    assert.deepEqual(new Set(answers.slice(0, 20)), new Set(['401 auth.code-wrong']))
    assert.deepEqual(new Set(answers.slice(20)), new Set(['429 auth.too-many']))
    const { json } = await call('POST', '/panels', { name: 'Late' })
    assert.equal((await pair(json.pairing.code)).status, 429, 'nor does the right one get through')
    inside.clock.advance(15 * 60_000)
  })

  test('whoever was signed in on the tablet is signed out by pairing it', async () => {
    const { json } = await call('POST', '/panels', { name: 'Hall' })
    const { cookie } = await inside.signIn(owner)
    assert.equal((await pair(json.pairing.code, cookie)).status, 201)
    assert.equal((await inside.call({ method: 'GET', path: '/api/me', cookie })).status, 401)
  })

  test('a panel that is removed is gone within a second, however it was removed', async () => {
    const ways: readonly ((id: string) => Promise<unknown>)[] = [
      (id) => call('DELETE', `/panels/${id}`),
      async (id) => inside.house.homes.relations.remove(home, id as SubjectId),
      async (id) => pair((await call('POST', `/panels/${id}/code`)).json.code),
    ]
    for (const way of ways) {
      const { id, cookie } = await hang()
      const { live } = await watching(cookie)
      const unused = await ticket(cookie)
      await way(id)
      assert.equal(await soon(live.closed), 4401)
      assert.equal((await inside.call({ method: 'GET', path: '/api/homes', cookie })).status, 401)
      const late = await openLive(listener.port, [{ type: 'hello', ticket: unused }], { origin: base })
      assert.equal(await soon(late.closed), 4401)
    }
  })

  test('what a panel no longer reaches ends on its open socket', async () => {
    const { id, cookie } = await hang()
    const { live, devices } = await watching(cookie)
    assert.deepEqual(devices.toSorted(), [lamp, lock].toSorted())
    assert.equal((await call('PATCH', `/panels/${id}`, { limits: on(lamp) })).status, 200)
    const again = await live.next((each) => each.type === 'snapshot' && each.devices.length === 1)
    assert.equal(again.devices[0].id, lamp)
    live.close()
  })

  test('a lock named for a panel asks for the panel’s PIN, by HTTP and by socket, and for no person’s', async () => {
    const limits = on(lock)
    const bare = await hang({ limits })
    const unlock = { capability: 'lock', command: 'unlock' }
    const code = async (cookie: string, confirm?: object) => {
      const answer = await command(cookie, lock, { ...unlock, ...(confirm ? { confirm } : {}) })
      return answer.json.code ?? answer.status
    }
    assert.equal(await code(bare.cookie, { pin: '2468' }), 'home.confirm-required')
    const pin = await call('PUT', '/members/me/pin', { pin: '1357' }, (await inside.signIn(owner)).cookie)
    assert.equal(pin.status, 204, pin.text)
    const { cookie } = await hang({ limits, pin: '2468' })
    assert.equal(await code(cookie), 'home.confirm-required')
    assert.equal(await code(cookie, { pin: '1357' }), 'home.pin-wrong')
    assert.equal(await code(cookie, { pin: '2468' }), 202)
    inside.clock.advance(1_100)
    const { live } = await watching(cookie)
    live.send({ type: 'command', ref: 'a', home, device: lock, ...unlock })
    assert.equal((await live.next((each) => each.ref === 'a')).code, 'home.confirm-required')
    live.send({ type: 'command', ref: 'b', home, device: lock, ...unlock, confirm: { pin: '0000' } })
    const wrong = await live.next((each) => each.ref === 'b')
    assert.deepEqual([wrong.code, wrong.triesLeft], ['home.pin-wrong', 4])
    live.send({ type: 'command', ref: 'c', home, device: lock, ...unlock, confirm: { pin: '2468' } })
    assert.equal((await live.next((each) => each.ref === 'c')).status, 'accepted')
    live.close()
  })

  test('a panel leaves the wall by its PIN alone', async () => {
    const leave = (cookie: string, pin: string) =>
      inside.call({ method: 'POST', path: '/api/panel/leave', cookie, body: { pin } })
    const bare = await hang()
    assert.equal((await leave(bare.cookie, '2468')).json.code, 'home.confirm-required')
    const { cookie, id } = await hang({ pin: '2468' })
    const smuggled = { pin: '2468', smuggled: 1 }
    const strange = await inside.call({ method: 'POST', path: '/api/panel/leave', cookie, body: smuggled })
    assert.deepEqual([strange.status, strange.json.errors[0].path], [422, 'smuggled'])
    assert.equal((await leave(cookie, '0000')).json.code, 'home.pin-wrong')
    assert.equal((await leave(cookie, '2468')).status, 204)
    assert.equal((await inside.call({ method: 'GET', path: '/api/panel', cookie })).status, 401)
    const [row] = (await call('GET', '/panels')).json.filter((each: { id: string }) => each.id === id)
    assert.equal(row.state, 'unpaired')
  })

  test('a panel acts while a keeper has agreed to the current documents, and not a moment longer', async () => {
    clause('sa.1')
    const { house } = inside
    const admin = await inside.person(`admin-${newId()}@example.org`)
    await inside.join(home, admin, 'admin')
    const adult = await inside.person(`adult-${newId()}@example.org`)
    await inside.join(home, adult, 'adult')
    const { cookie } = await hang()
    const ask = async () => (await call('GET', '/devices', undefined, cookie)).status
    const first = await watching(cookie)
    await house.privacy.refuse(owner, 'en', 'EU', 'app')
    assert.equal(await ask(), 200, 'the other keeper has agreed')
    const { live } = await watching(cookie)
    await house.privacy.refuse(admin, 'en', 'EU', 'app')
    assert.equal(await soon(live.closed), 4401)
    assert.equal(await soon(first.live.closed), 4401)
    assert.equal(await ask(), 451)
    await house.privacy.act(owner, house.privacy.currentActs('en', 'EU'), 'app')
    assert.equal(await ask(), 200)
  })
})
