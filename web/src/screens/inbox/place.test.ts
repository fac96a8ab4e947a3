// Catches a notice that leads nowhere, to a screen that the person may not see, into another home, or to an address out of the message.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticeKinds, type NoticeKind } from '@eaves/model'
import { clause } from '@eaves/policy'
import { aboutIn, placeOf, type About } from './place.ts'

const all = { home: 'h1', can: () => true }
const whole = { home: 'h1', device: 'd1', automation: 'a1', run: 'r1' }

test('each kind leads to the screen of what it is about', () => {
  const places: Partial<Record<NoticeKind, string>> = {
    'sign-in.new': '/me/sign-ins',
    'member.removed': '/homes/h1/members',
    'correction.waits': '/me/corrections',
    'staff.looked': '/me/privacy/access',
    'danger.smoke': '/homes/h1/devices/d1',
    'danger.alarm': '/homes/h1/alarm',
    'battery.low': '/homes/h1/devices/d1',
    'automation.failed': '/homes/h1/automations/a1/runs/r1',
    'disk.full': '/homes/h1/history/space',
    'drivers.down': '/homes/h1/maintenance',
    'backup.failed': '/me/backup',
    'alive.failed': '/me/watch',
    'calendar.failing': '/homes/h1/automations',
    'prices.failing': '/homes/h1/energy',
    test: '/me/notifications',
  }
  for (const [kind, place] of Object.entries(places))
    assert.equal(placeOf({ kind: kind as NoticeKind, ...whole }, all), place)
  const toRun: About = { kind: 'automation.failed', home: 'h1', automation: 'a1' }
  assert.equal(placeOf(toRun, all), '/homes/h1/automations/a1', 'a run that is no longer kept')
  for (const kind of noticeKinds) {
    const place = placeOf({ kind, ...whole }, all)
    if (!['access.ended', 'upkeep.failed'].includes(kind))
      assert.match(place ?? '', /^\/(?:me\/|homes\/h1\/|documents$)/, kind)
  }
})

test('nobody is led to what they may not see, nor from a home that they left into another one', () => {
  clause('pp.5.1')
  const none = { home: 'h1', can: () => false }
  for (const kind of ['automation.failed', 'danger.alarm', 'battery.low', 'member.removed'] as const) {
    assert.equal(placeOf({ kind, ...whole }, none), undefined, kind)
    assert.equal(placeOf({ kind, ...whole }, { ...all, home: 'h2' }), undefined, kind)
    assert.equal(placeOf({ kind, ...whole }, { ...all, home: undefined }), undefined, kind)
  }
  assert.equal(
    placeOf({ kind: 'battery.low', home: 'h1' }, all),
    undefined,
    'several devices are no one place',
  )
})

test('of an address only a kind, an instant and ids are taken', () => {
  const at = '2026-07-05T20:00:00.000Z'
  assert.deepEqual(aboutIn(`kind=battery.low&home=h1&device=d1&at=${encodeURIComponent(at)}`), {
    kind: 'battery.low',
    at,
    home: 'h1',
    device: 'd1',
    automation: undefined,
    run: undefined,
  })
  for (const hash of ['', 'kind=', 'kind=__proto__', 'kind=constructor', 'home=h1', 'day-2026-07-05'])
    assert.equal(aboutIn(hash), undefined, hash)
  const evil = aboutIn('kind=left.open&home=..%2F..%2Fx&device=https://evil.example&at=soon')
  assert.ok(
    evil !== undefined && evil.at === undefined && evil.home === undefined && evil.device === undefined,
  )
})
