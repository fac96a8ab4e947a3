// Catches a message, shape or manifest that gets past the boundary though it is not what it says, or throws there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cleanShape, slotsOf } from './shape.ts'
import { isManifest, readFromDriver, readToDriver } from './wire.ts'

test('no value whatsoever makes the boundary throw', () => {
  const anyMessage = fc.oneof(
    fc.anything(),
    fc.record(
      {
        t: fc.constantFrom(
          'open',
          'command',
          'device',
          'r',
          'ready',
          'log',
          'seen',
          'broker',
          '__proto__',
          'constructor',
        ),
        v: fc.anything(),
        shape: fc.anything(),
        args: fc.anything(),
        watch: fc.anything(),
        slots: fc.anything(),
        drivers: fc.anything(),
        fields: fc.anything(),
      },
      { requiredKeys: ['t'] },
    ),
  )
  fc.assert(
    fc.property(anyMessage, (message) => {
      readToDriver(message)
      readFromDriver(message)
      isManifest(message)
    }),
    { numRuns: 500 },
  )
})

test('a cleaned shape is plain data that comes back the same, whatever it was made of', () => {
  const key = fc.oneof(fc.constantFrom('main', 'onOff', 'level', '__proto__', 'constructor'), fc.string())
  const attribute = fc.record({
    type: fc.constantFrom('number', 'text', 'enum', 'list', 'other'),
    name: fc.anything(),
    min: fc.double(),
    max: fc.double(),
    values: fc.anything(),
    readable: fc.boolean(),
    writable: fc.anything(),
    category: fc.anything(),
  })
  const capability = fc.record({
    attributes: fc.array(fc.constantFrom('on', 'percent', 'kelvin', 'toString')),
    commands: fc.array(fc.string()),
    events: fc.anything(),
    limits: fc.dictionary(key, fc.anything()),
  })
  const shape = fc.record({
    nativeId: fc.string(),
    name: fc.anything(),
    kind: fc.anything(),
    confirmable: fc.anything(),
    problems: fc.anything(),
    parts: fc.array(
      fc.record({
        id: key,
        name: fc.anything(),
        capabilities: fc.dictionary(key, capability),
        vendor: fc.dictionary(key, attribute),
      }),
    ),
  })
  fc.assert(
    fc.property(shape, (raw) => {
      const clean = cleanShape(raw)
      if (!clean) return
      const again = JSON.parse(JSON.stringify(clean.shape)) as unknown
      assert.deepEqual(cleanShape(again), { shape: again, dropped: 0 })
      assert.equal(new Set(slotsOf(clean.shape).map(String)).size, slotsOf(clean.shape).length)
    }),
    { numRuns: 300 },
  )
})

test('runs of reports must be pairs of a slot and a value', () => {
  assert.ok(readFromDriver({ t: 'r', v: [0, true, 1, { a: 1 }] }))
  for (const v of [[0], [-1, true], [1.5, true], ['0', true], [Number.NaN, 1], {}, undefined])
    assert.equal(readFromDriver({ t: 'r', v }), undefined)
})
