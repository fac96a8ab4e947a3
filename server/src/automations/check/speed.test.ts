// Catches a look over automations that compares each with each, so that a large home waits for every save.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AutomationId, DeviceId, RoomId, SubjectId } from '@eaves/model'
import { automationWrite } from '@eaves/model/api'
import { checkHome, checkOne, type Looked, type LookedHome } from './check.ts'
import { homeOf, idOf } from './corpus/read.ts'

const rooms = 40
const devices = 400
/** Three times what a quiet machine is to need. */
const mostMs = 600

const letters = 'bcdefghijklmnopqrstuvwxyz234567'
const nameOf = (n: number, kind: string): string =>
  `${kind}${letters[Math.floor(n / 961) % 31]}${letters[Math.floor(n / 31) % 31]}${letters[n % 31]}`
const lamp = (n: number): string => idOf<DeviceId>(nameOf(n % (devices / 2), 'l'))
const sensor = (n: number): string => idOf<DeviceId>(nameOf(n % (devices / 2), 's'))
const room = (n: number): string => nameOf(n % rooms, 'r')

/** As large homes have them: most name their devices, some mean a room, a few mean everything, and some make chains. */
function bodyOf(n: number): unknown {
  const isOn = { capability: 'onOff', attribute: 'on' }
  const seen = { kind: 'state', capability: 'occupancy', attribute: 'occupied', to: true }
  const turn = (command: string) => ({ kind: 'command', capability: 'onOff', command })
  const dark = { kind: 'sun', is: 'dark' }
  const evening = { kind: 'time', after: '18:00', before: '23:00' }
  switch (n % 10) {
    case 0:
      return {
        triggers: [{ ...seen, room: idOf<RoomId>(room(n)) }],
        conditions: [{ kind: 'or', conditions: [dark, evening] }],
        actions: [{ ...turn('turnOn'), room: idOf<RoomId>(room(n)), of: 'light' }],
      }
    case 1:
      return {
        triggers: [{ kind: 'time', at: `${String(10 + (n % 14))}:00` }],
        actions: [{ ...turn('turnOff'), everywhere: true, of: 'light' }],
      }
    case 2:
      return {
        triggers: [{ kind: 'state', ...isOn, to: true, device: lamp(n) }],
        actions: [{ ...turn('turnOn'), device: lamp(n + 1) }],
      }
    case 3:
      return {
        triggers: [{ ...seen, everywhere: true }],
        conditions: [{ kind: 'state', ...isOn, is: false, everywhere: true, match: 'all' }],
        actions: [{ kind: 'notify', to: 'author', text: 'Motion' }],
      }
    default:
      return {
        triggers: [{ ...seen, device: sensor(n) }],
        conditions: [dark, { kind: 'state', ...isOn, is: false, device: lamp(n) }],
        actions: [
          { ...turn('turnOn'), device: lamp(n) },
          { kind: 'delay', seconds: 120 },
          { ...turn('turnOff'), device: lamp(n) },
        ],
      }
  }
}

function large(count: number): LookedHome {
  const written: Record<string, { kind: 'light' | 'sensor'; room: string; has: ('onOff' | 'occupancy')[] }> =
    {}
  for (let n = 0; n < devices / 2; n++) {
    written[nameOf(n, 'l')] = { kind: 'light', room: room(n), has: ['onOff'] }
    written[nameOf(n, 's')] = { kind: 'sensor', room: room(n), has: ['occupancy'] }
  }
  const home = homeOf({ name: 'large', devices: written, automations: {}, expect: {} })
  const automations = new Map<AutomationId, Looked>()
  for (let n = 0; n < count; n++) {
    const id = idOf<AutomationId>(nameOf(n, 'z'))
    const { enabled: _enabled, ...body } = automationWrite.parse({
      name: `Number ${n}`,
      ...(bodyOf(n) as object),
    })
    automations.set(id, { id, body, enabled: true, author: idOf<SubjectId>('owner') })
  }
  return { ...home, automations }
}

function quickest(times: number, work: () => void): number {
  let best = Infinity
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    work()
    best = Math.min(best, performance.now() - began)
  }
  return best
}

test('a thousand automations are looked over in a fifth of a second', (t) => {
  const home = large(1_000)
  const ms = quickest(3, () => checkHome(home))
  const [first] = home.automations.keys()
  const oneMs = quickest(3, () => checkOne(home, first!))
  t.diagnostic(
    `1,000 automations of ${devices} devices: ${ms.toFixed(0)} ms; one among them: ${oneMs.toFixed(0)} ms`,
  )
  assert.ok(ms <= mostMs, `${ms} ms`)
  assert.ok(oneMs <= mostMs, `${oneMs} ms`)
})

test('twice as many take about twice as long', () => {
  const few = large(500)
  const many = large(2_000)
  const [least, most] = [quickest(3, () => checkHome(few)), quickest(3, () => checkHome(many))]
  assert.ok(most <= 4 * 3 * least, `${least} ms for 500 and ${most} ms for 2,000`)
})

test('a home in which everything sets off everything does not hold up its server', (t) => {
  const home = large(1)
  const automations = new Map<AutomationId, Looked>()
  for (let n = 0; n < 2_000; n++) {
    const id = idOf<AutomationId>(nameOf(n, 'z'))
    const onOff = { capability: 'onOff', everywhere: true }
    const { enabled: _enabled, ...body } = automationWrite.parse({
      name: `Number ${n}`,
      triggers: [
        { kind: 'state', attribute: 'on', ...onOff },
        { kind: 'time', at: `07:${String(10 + (n % 50))}` },
      ],
      actions: [{ kind: 'command', command: n % 2 === 0 ? 'toggle' : 'turnOff', ...onOff }],
    })
    automations.set(id, { id, body, enabled: true, author: idOf<SubjectId>('owner') })
  }
  const [first] = automations.keys()
  const began = performance.now()
  const codes = new Set(checkOne({ ...home, automations }, first!).map(({ code }) => code))
  const ms = performance.now() - began
  t.diagnostic(`2,000 automations that all set off each other: ${ms.toFixed(0)} ms`)
  assert.deepEqual([...codes].toSorted(), ['conflict', 'loop'])
  assert.ok(ms < 10_000, `${ms} ms`)
})
