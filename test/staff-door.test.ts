// Catches a way into the console that stays open behind its owner, and emergencies without end.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { ask } from '../server/src/rights/testing.ts'
import { assertOk, told } from './family-house.ts'
import { codeOf, cookieIn, openHosted, type HostedHouse } from './staff-house.ts'

const minuteMs = 60_000
async function inHosted(fn: (house: HostedHouse) => Promise<void>) {
  const house = await openHosted()
  try {
    await fn(house)
  } finally {
    await house.end()
  }
}

test('proving anew ends the sign-in it was asked with, and a wrong proof ends none', async () =>
  inHosted(async (house) => {
    clause('pp.5.1')
    const { call, clock } = house
    const kim = await house.work('Kim', 'support')
    const self = (cookie: string) => call({ method: 'GET', path: '/api/operator/staff', cookie })
    const prove = (cookie: string, totp: string) => {
      const body = { name: kim.name, password: kim.password, totp }
      return call({ method: 'POST', path: '/api/operator/sign-in', cookie, body })
    }
    const before = kim.cookie()
    assert.equal((await prove(before, '000000')).status, 401)
    assertOk(await self(before))
    clock.advance(30_000)
    const proved = await prove(before, codeOf(kim.totp, clock.now()))
    assertOk(proved, 204)
    assertOk(await self(cookieIn(proved)))
    assert.equal((await self(before)).status, 401)
    // At another browser they stay signed in.
    assertOk(await kim.again(), 204)
    assertOk(await self(cookieIn(proved)))
  }))

test('whoever looked behind the link before holds a secret that opens nothing', async () =>
  inHosted(async (house) => {
    clause('pp.5.1')
    const { call, clock } = house
    const { code } = await house.house.staff!.accounts.add({ name: 'Kim', role: 'support' })
    const look = () => call({ method: 'POST', path: '/api/operator/enrolment', body: { code } })
    const [stolen, own] = [assertOk(await look()).secret, assertOk(await look()).secret]
    const confirm = (secret: string) =>
      call({
        method: 'POST',
        path: '/api/operator/enrolment/confirm',
        body: { code, password: 'long enough to be kept', totp: codeOf(secret, clock.now()) },
      })
    assert.notEqual(stolen, own)
    assert.equal(told(await confirm(stolen)), '401 auth.code-wrong')
    assertOk(await confirm(own), 204)
  }))

test('one emergency after the other ends with the third in an hour, and trying addresses with it', async () =>
  inHosted(async (house) => {
    clause('pp.5.1')
    const lee = await house.work('Lee', 'privacy')
    const reason = 'somebody says that they are in danger'
    const emergency = async (email: string) => {
      await lee.prove()
      return (await lee.ask('POST', '/api/operator/openings', { address: { email }, reason })).status
    }
    assert.deepEqual(
      [
        await emergency(house.owner.email),
        await emergency('nobody@example.org'),
        await emergency(house.owner.email),
        await emergency(house.owner.email),
        await emergency('nobody@example.org'),
      ],
      [201, 404, 201, 429, 429],
    )
    const { entries } = assertOk(await house.owner.ask('GET', '/api/me/access-log'))
    assert.equal(entries.length, 2)
    house.clock.advance(61 * minuteMs)
    assert.equal(await emergency(house.owner.email), 201)
  }))

test('a removal that was cut short is ended with the next start: neither key nor row stays', async () =>
  inHosted(async (house) => {
    clause('pp.5.2')
    await house.work('Kim', 'support')
    const { stores } = house.house
    const [row] = await ask(stores, { store: 'facts' }, 'SELECT subject FROM staff', [])
    const subject = row!.subject as string
    await ask(stores, { store: 'facts' }, 'UPDATE staff SET ended_at = 1', [])
    await house.reopen()
    const now = house.house.stores
    assert.deepEqual(await ask(now, { store: 'facts' }, 'SELECT subject FROM staff', []), [])
    assert.equal(await now.vault.hasKey({ subject: subject as never }), false)
  }))
