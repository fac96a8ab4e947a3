// Catches a home that calls an address for somebody who may not let it, tells others where, or calls without end or by a rehearsal.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type HomeRole, type SubjectId } from '@eaves/model'
import type { AutomationBody } from '@eaves/model/api'
import { automationWrite } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import type { Caller } from '../http/entry.ts'
import { EgressRefused, type Verb } from '../privacy/privacy.ts'
import { withoutAddresses } from './call-out-shown.ts'
import { automationRoutes } from './routes.ts'
import { withHouse, written, type Setting } from './testing.ts'
import { writtenOf } from './written.ts'

const secret = 'https://example.org/in/s3cret?key=k'
const call = (more: object = {}) => ({ kind: 'webhook', url: secret, ...more })
const warm = (sensor: string) => ({
  kind: 'numeric',
  device: sensor,
  capability: 'temperature',
  attribute: 'celsius',
  above: 20,
})
const bodyFor = ({ sensor }: Setting, ...actions: object[]): AutomationBody =>
  written({ name: 'Tell', triggers: [warm(sensor)], actions, mode: 'parallel', most: 20 })
/** What was begun has come back. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))
/** It becomes warm, a while after all else. */
async function warms({ celsius, advance }: Setting): Promise<void> {
  advance(11_000)
  celsius(10)
  celsius(25)
  await settled()
}
async function member({ house }: Setting, role: HomeRole): Promise<SubjectId> {
  const subject = newId<SubjectId>()
  await house.homes.keepMember(house.home, subject, { role, since: 1, guardian: house.subject })
  return subject
}

test('an address is called once with what was worked out, and its host is all that a run or a rehearsal tells', () =>
  withHouse(async (setting) => {
    clause('pp.3.1')
    const { automations, house, calls, runs, make } = setting
    const { home, subject } = house
    const body = {
      text: 'Hot',
      seen: { $cel: 'trigger.value' },
      high: { $cel: 'trigger.value > 24.0' },
      n: 1,
    }
    const id = await make(bodyFor(setting, call({ body })))
    const plain = written({ name: 'x', triggers: [warm(setting.sensor)], actions: [call()] })
    assert.deepEqual(automations.dryRun(home, subject, { automation: plain }).would, [
      { at: 'actions/0', afterMs: 0, kind: 'webhook', host: 'example.org' },
    ])
    assert.equal(calls.went.length, 0)
    await warms(setting)
    const [went, ...others] = calls.went
    assert.deepEqual([went?.url, went?.namedBy, went?.isAnswerRead, others], [secret, 'client', false, []])
    assert.deepEqual(JSON.parse(String(went?.body)), { text: 'Hot', seen: 25, high: true, n: 1 })
    const [run] = await runs(id)
    const step = run!.steps.at(-1)!
    assert.deepEqual([run!.result, step.outcome, step.seen], ['done', 'done', 'example.org'])
    assert.doesNotMatch(JSON.stringify(run), /s3cret/)
    const replayed = await automations.replay(home, subject, 1, { automation: plain })
    assert.doesNotMatch(JSON.stringify(replayed), /s3cret/)
    assert.equal(calls.went.length, 1)
  }))

test('what it ends with is told by its kind, nothing is tried again, and what is not worked out is not sent', () =>
  withHouse(async (setting) => {
    const { calls, runs, make } = setting
    const id = await make(bodyFor(setting, call()))
    const ends: readonly (readonly [() => Promise<number>, string | undefined])[] = [
      [async () => 204, undefined],
      [async () => 301, 'automation.call-moved'],
      [async () => 404, 'automation.call-refused'],
      [async () => 503, 'automation.call-fault'],
      [() => Promise.reject(new EgressRefused('inside')), 'automation.call-address'],
      [
        () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
        'automation.call-unreached',
      ],
      [() => Promise.reject(new Error('broke off')), 'automation.call-unanswered'],
    ]
    for (const [i, [answer, code]] of ends.entries()) {
      calls.answer = answer
      await warms(setting)
      const { result, steps } = (await runs(id))[0]!
      assert.deepEqual([result, steps.at(-1)!.code], [code === undefined ? 'done' : 'failed', code])
      assert.equal(calls.went.length, i + 1)
    }
    const strange = await make(bodyFor(setting, call({ body: { a: { $cel: 'waited.value' } } })))
    const long = 'あ'.repeat(250)
    const large = Object.fromEntries(Array.from({ length: 32 }, (_, i) => [`v${i}`, long]))
    const big = await make(bodyFor(setting, call({ body: large })))
    const before = calls.went.length
    await warms(setting)
    const codeOf = async (of: typeof id) => (await runs(of))[0]!.steps.at(-1)!.code
    assert.deepEqual(
      [await codeOf(strange), await codeOf(big), calls.went.length],
      ['automation.expression', 'automation.call-too-big', before + 1],
    )
  }))

test('only owners and administrators let a home call, with what they may at that moment', () =>
  withHouse(async (setting) => {
    clause('pp.5.1')
    const { automations, house, calls, runs } = setting
    const { home, homes } = house
    const body = bodyFor(setting, call())
    for (const role of ['adult', 'child', 'guest'] as const) {
      const who = await member(setting, role)
      await assert.rejects(automations.create(home, who, body, true), (error: { errors?: unknown }) => {
        assert.deepEqual(error.errors, [{ path: 'actions.0', code: 'call-rights' }], role)
        return true
      })
      assert.throws(() => automations.dryRun(home, who, { automation: body }), role)
    }
    const admin = await member(setting, 'admin')
    const id = await automations.create(home, admin, body, true)
    await warms(setting)
    assert.equal(calls.went.length, 1)
    house.stores.stores.stops.set(admin, { restricted: true, objections: new Set() })
    await warms(setting)
    assert.equal((await runs(id))[0]!.steps.at(-1)!.code, 'automation.call-resting')
    house.stores.stores.stops.set(admin, { restricted: false, objections: new Set() })
    await homes.keepMember(home, admin, { role: 'adult', since: 1 })
    await warms(setting)
    assert.equal((await runs(id))[0]!.steps.at(-1)!.code, 'auth.forbidden')
    assert.equal(calls.went.length, 1)
  }))

test('a home calls sixty times an hour at most, and ten times of one happening', () =>
  withHouse(async (setting) => {
    const { calls, runs, make, advance } = setting
    const id = await make(bodyFor(setting, { kind: 'repeat', times: 12, actions: [call()] }))
    const codes = async () => (await runs(id))[0]!.steps.flatMap(({ code }) => code ?? [])
    await warms(setting)
    assert.deepEqual([calls.went.length, await codes()], [10, Array(2).fill('automation.too-many-calls')])
    for (let i = 0; i < 6; i++) await warms(setting)
    assert.deepEqual([calls.went.length, (await codes()).length], [60, 12])
    advance(3_600_000)
    await warms(setting)
    assert.equal(calls.went.length, 70)
  }))

test('who may not let it call reads whom alone; what is read so is not brought in, and a blueprint asks for it', () =>
  withHouse(async (setting) => {
    clause('pp.5.1')
    const { automations, house, make } = setting
    const { home, subject } = house
    const token = call({ body: { token: 't0ken', room: 'Hall', as: { $cel: "'t0ken'" } } })
    const nested = [
      { kind: 'repeat', times: 2, actions: [token] },
      {
        kind: 'choose',
        options: [{ when: [{ kind: 'time', after: '01:00' }], then: [token] }],
        otherwise: [token],
      },
      {
        kind: 'ask',
        to: 'author',
        text: 'Shall I?',
        answers: [{ label: 'Yes', then: [token] }],
        timeoutSeconds: 9,
        otherwise: [token],
      },
    ]
    const body = bodyFor(setting, token, ...nested)
    const hidden = withoutAddresses(body)
    assert.doesNotMatch(JSON.stringify(hidden), /s3cret|t0ken/)
    assert.equal(JSON.stringify(hidden).match(/https:\/\/example\.org\/…/g)?.length, 6)
    assert.throws(() => automations.check(home, subject, hidden), /cannot run/)
    await make(body)
    const { texts, blueprints } = writtenOf(automations)
    assert.doesNotMatch(await texts.write(home, {}), /s3cret|t0ken/)
    const whole = await texts.write(home, {}, true)
    assert.deepEqual((await texts.preview(home, subject, whole)).automations[0]!.faults, [])
    await assert.rejects(
      texts.save(home, subject, JSON.stringify({ ...body, name: 'Other' }), false),
      /not allowed|may not/i,
    )
    const { text, inputs } = await blueprints.write(home, {
      automation: automationWrite.parse(body),
      inputs: [],
    })
    assert.doesNotMatch(text, /s3cret|t0ken|Hall/)
    assert.ok(inputs.some(({ now, must }) => now === secret && must))
  }))

test('an address leads outside by HTTPS, and the check says that what is sent leaves the home', () =>
  withHouse(async (setting) => {
    clause('pp.3.1')
    const { automations, house } = setting
    const { home, subject } = house
    for (const url of [
      'http://example.org/',
      'ftp://example.org/',
      'https://a:b@example.org/',
      'https://exa mple.org/',
      'example.org',
      `https://example.org/${'a'.repeat(500)}`,
    ])
      assert.throws(() => bodyFor(setting, { kind: 'webhook', url }), url)
    for (const body of [
      { 'a b': 1 },
      { a: { b: 1 } },
      { a: [1] },
      { a: null },
      Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`v${i}`, i])),
    ])
      assert.throws(() => bodyFor(setting, call({ body })), JSON.stringify(body))
    for (const host of ['192.168.1.2', '127.1', '[::1]', '169.254.169.254'])
      assert.throws(
        () =>
          automations.check(home, subject, bodyFor(setting, { kind: 'webhook', url: `https://${host}/` })),
        (error: { errors?: unknown }) => {
          assert.deepEqual(error.errors, [{ path: 'actions.0.url', code: 'call-address' }], host)
          return true
        },
      )
    const found = async (automation: AutomationBody) =>
      (await automations.checks(home, subject, { automation }))
        .filter(({ code }) => code === 'leaves-home')
        .map(({ at, severity }) => [at, severity])
    assert.deepEqual(await found(bodyFor(setting, call())), [['actions/0', 'hint']])
    const coming = {
      ...bodyFor(setting, call()),
      triggers: [{ kind: 'presence', who: 'anyone', is: 'home' }],
    } as AutomationBody
    assert.deepEqual(await found(coming), [['actions/0', 'warning']])
  }))

test('by the API a member reads whom it calls, and a token without the right neither writes nor brings back a call', () =>
  withHouse(async (setting) => {
    clause('pp.5.1')
    const { automations, house, make } = setting
    const { home, subject, homes } = house
    const entries = automationRoutes({ automations, role: 'household' })
    const ask = async (
      who: Pick<Caller, 'principal' | 'subject'>,
      method: string,
      end: string,
      more: { readonly body?: unknown; readonly params?: object } = {},
    ): Promise<unknown> => {
      const one = entries.find((each) => each.method === method && each.path.endsWith(end))
      const handle = one!.handle as (request: object) => Promise<unknown>
      return handle({ query: {}, ...more, params: { home, ...more.params }, caller: who })
    }
    const person = (who: SubjectId) => ({
      subject: who,
      principal: { kind: 'person' as const, subject: who, ...homes.relationsOf(who) },
    })
    const token = (...verbs: Verb[]) => ({
      subject,
      principal: {
        ...{ kind: 'token' as const, subject, ...homes.relationsOf(subject) },
        ...{ homes: 'all' as const, verbs: new Set(verbs) },
      },
    })
    const few = token('automation.read', 'automation.edit', 'device.command')
    const all = token('automation.read', 'automation.edit', 'device.command', 'hook.manage')
    const adult = person(await member(setting, 'adult'))
    const body = bodyFor(setting, call({ body: { key: 't0ken' } }))
    const id = await make(body)
    const params = { automation: id, n: '1' }
    const readings = ['/automations', '/{automation}', '/versions', '/export']
    for (const end of readings) {
      const read = async (who: typeof adult | typeof few) =>
        /s3cret|t0ken/.test(JSON.stringify(await ask(who, 'get', end, { params })))
      assert.deepEqual(
        [await read(person(subject)), await read(all), await read(few), await read(adult)],
        [true, true, false, false],
        end,
      )
    }
    const off = await ask(adult, 'put', '/enabled', { params, body: { enabled: false } })
    assert.doesNotMatch(JSON.stringify(off), /s3cret|t0ken/)
    const forbidden = { code: 'auth.forbidden' }
    const text = JSON.stringify({ ...body, name: 'Other' })
    const writings = (who: typeof few) => [
      () => ask(who, 'post', '/automations', { body }),
      () => ask(who, 'put', '/{automation}', { params, body: { ...body, version: 1 } }),
      () => ask(who, 'post', '/revert', { params }),
      () => ask(who, 'post', '/import', { body: { text } }),
      () => ask(who, 'post', '/step', { body: { action: call() } }),
    ]
    for (const write of writings(few)) await assert.rejects(async () => write(), forbidden)
    for (const write of writings(all)) await write()
  }))
