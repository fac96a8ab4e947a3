// Catches limits that say something else than what was switched on the page, a dangerous device given by accident, and finer limits lost without a word.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DeviceId, MemberLimits, ReachAct, RoomId } from '@eaves/model'
import { clause, reaches, withinSafety, type DeviceFacts } from '@eaves/policy'
import {
  draftOf,
  everything,
  isPlain,
  limitsOf,
  nothing,
  withRow,
  type Level,
  type ReachDraft,
  type RowTarget,
} from './reach-model.ts'

const at = (id: string, room: string | null, kind: DeviceFacts['kind']): DeviceFacts => ({
  id: id as DeviceId,
  room: room as RoomId | null,
  kind,
})
const lamp = at('lamp', 'kitchen', 'light')
const bulb = at('bulb', 'hall', 'light')
const lock = at('lock', 'hall', 'lock')
const camera = at('camera', null, 'camera')
const home = [lamp, bulb, lock, camera]
const kitchen: RowTarget = { room: 'kitchen' as RoomId }
const hall: RowTarget = { room: 'hall' as RoomId }
const byLock: RowTarget = { device: 'lock' as DeviceId }

const gets = (draft: ReachDraft, device: DeviceFacts, act: ReachAct): boolean => {
  const limits = limitsOf(draft, [])
  return reaches(limits && { isClosed: false, ...limits }, device, act)
}
const levelOf = (draft: ReachDraft, device: DeviceFacts): Level =>
  !gets(draft, device, 'see') ? 'none' : gets(draft, device, 'control') ? 'use' : 'look'
const levels = (draft: ReachDraft): Level[] => home.map((device) => levelOf(draft, device))

test('the three beginnings give everything, sight of everything, and nothing', () => {
  clause('pp.5.1')
  assert.equal(limitsOf(everything, []), undefined)
  assert.deepEqual(levels(everything), ['use', 'use', 'use', 'use'])
  assert.deepEqual(levels({ ...everything, base: 'look' }), ['look', 'look', 'look', 'look'])
  assert.deepEqual(levels(nothing), ['none', 'none', 'none', 'none'])
})
test('each row does what it says, from every beginning', () => {
  for (const base of ['all', 'look', 'listed'] as const)
    for (const level of ['none', 'look', 'use'] as const) {
      const draft = withRow({ ...everything, base }, kitchen, { level })
      assert.equal(levelOf(draft, lamp), level, `${base} ${level}`)
      const untouched = { all: 'use', look: 'look', listed: 'none' }[base]
      assert.deepEqual(levels(draft).slice(1), [untouched, untouched, untouched], `${base} ${level}: others`)
    }
})
test('where two rows meet, the stricter counts', () => {
  for (const base of ['all', 'look', 'listed'] as const)
    for (const [wide, narrow, both] of [
      ['use', 'look', 'look'],
      ['look', 'use', 'look'],
      ['use', 'none', 'none'],
      ['none', 'use', 'none'],
    ] as const) {
      const one = withRow({ ...everything, base }, { kind: 'light' }, { level: wide })
      const draft = withRow(one, hall, { level: narrow })
      assert.equal(levelOf(draft, bulb), both, `${base}: ${wide} and ${narrow}`)
    }
})
test('a lock is lifted for a child only where it is named itself', () => {
  const lifted = (draft: ReachDraft): boolean => {
    const limits = limitsOf(draft, [])
    return withinSafety('child', 'security', limits && { isClosed: false, ...limits }, lock)
  }
  assert.equal(lifted(everything), false)
  assert.equal(lifted(withRow(everything, hall, { level: 'use' })), false)
  assert.equal(lifted(withRow(everything, { kind: 'lock' }, { level: 'use' })), false)
  for (const base of ['all', 'look', 'listed'] as const)
    assert.equal(lifted(withRow({ ...everything, base }, byLock, { level: 'use' })), true, base)
  assert.equal(lifted(withRow(everything, byLock, { level: 'look' })), false)
})
test('history and pictures are given and taken apart from use', () => {
  const blind = { ...everything, history: false, pictures: false }
  assert.deepEqual(
    (['see', 'control', 'history', 'pictures'] as const).map((act) => gets(blind, camera, act)),
    [true, true, false, false],
  )
  const listed = withRow(nothing, { kind: 'camera' }, { level: 'look', pictures: true })
  assert.deepEqual(
    (['see', 'control', 'history', 'pictures'] as const).map((act) => gets(listed, camera, act)),
    [true, false, false, true],
  )
  const without = withRow(everything, { kind: 'camera' }, { pictures: false })
  assert.deepEqual([gets(without, camera, 'pictures'), gets(without, camera, 'history')], [false, true])
})
test('what was saved comes back as it was', () => {
  for (const base of ['all', 'look', 'listed'] as const) {
    const general = base === 'listed' ? nothing : { ...everything, base }
    for (const level of ['none', 'look', 'use'] as const) {
      const one = withRow(general, kitchen, {
        level,
        ...(level === 'none' ? { history: false, pictures: false } : {}),
      })
      const draft = withRow(one, byLock, { level: 'use' })
      const saved = limitsOf(draft, [])!
      const again = draftOf(saved)
      assert.equal(again.base, base)
      assert.deepEqual(levels(again), levels(draft), `${base} ${level}`)
      assert.deepEqual(limitsOf(again, []), saved, `${base} ${level}`)
      assert.equal(isPlain(saved, home), true)
    }
  }
})
test('hours alone narrow nothing else, and limits that the page cannot show are found out', () => {
  const hours = [{ days: [2], from: '09:00', to: '12:00' }]
  assert.deepEqual(limitsOf(everything, hours), { reach: 'all', rules: [], hours })
  const fine: MemberLimits = {
    reach: 'listed',
    rules: [
      { effect: 'allow', on: { home: true }, acts: ['see', 'control'] },
      { effect: 'allow', on: kitchen, acts: ['history'] },
    ],
    hours: [],
  }
  assert.equal(isPlain(fine, home), false)
  assert.equal(isPlain({ reach: 'all', rules: [] }, home), true)
})
test('a row that is taken out leaves the others in their order', () => {
  const rows = [kitchen, hall, byLock].reduce<ReachDraft>(
    (draft, on) => withRow(draft, on, { level: 'look' }),
    everything,
  )
  assert.deepEqual(
    withRow(rows, hall, undefined).rows.map(({ on }) => on),
    [kitchen, byLock],
  )
})
