// Catches a capability that nothing can drive or confirm: a command over an attribute it does not have, a range that contradicts itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { units } from '../units.ts'
import type { ArgSpec, AttributeSpec, Values } from './define.ts'
import { families } from './families.ts'
import { capabilities } from './index.ts'

const each = Object.entries(capabilities)
const sampleOf = (arg: ArgSpec): boolean | number | string =>
  arg.type === 'boolean'
    ? true
    : arg.type === 'number'
      ? arg.min
      : arg.type === 'enum'
        ? arg.values[0]!
        : 'word'
const isOf = (spec: AttributeSpec, value: unknown): boolean =>
  spec.type === 'boolean' || spec.type === 'number'
    ? typeof value === spec.type
    : spec.type === 'enum'
      ? spec.values.includes(value as string)
      : typeof value === 'string'

test('every capability is a cluster of Matter or an extension of ours', () => {
  for (const [id, { cluster, name }] of each) {
    assert.ok(cluster.id !== undefined || /^eaves\.[a-zA-Z]+$/.test(cluster.name), id)
    assert.notEqual(name, '', id)
  }
})

test('every number has a possible range and a unit we know', () => {
  for (const [id, { attributes }] of each)
    for (const [name, spec] of Object.entries(attributes)) {
      if (spec.type === 'enum') assert.equal(new Set(spec.values).size, spec.values.length, `${id}.${name}`)
      if (spec.type !== 'number') continue
      assert.ok(spec.min < spec.max && spec.step > 0 && spec.tolerance >= 0, `${id}.${name}`)
      assert.ok(spec.unit === undefined || Object.hasOwn(units, spec.unit), `${id}.${name}`)
    }
})

test('every command speaks of attributes that its capability has, in their types', () => {
  for (const [id, { attributes, commands }] of each)
    for (const [name, { args, expects }] of Object.entries(commands)) {
      for (const [arg, spec] of Object.entries(args)) {
        const of = 'of' in spec ? spec.of : undefined
        if (of === undefined) continue
        assert.ok(Object.hasOwn(attributes, of), `${id}.${name}(${arg}) of ${of}`)
        assert.equal(spec.type, attributes[of]!.type, `${id}.${name}(${arg})`)
      }
      const given = Object.fromEntries(Object.entries(args).map(([arg, spec]) => [arg, sampleOf(spec)]))
      for (const state of [{}, { on: true }] as readonly Values[])
        for (const [attribute, value] of Object.entries(expects(given, state) ?? {}))
          assert.ok(
            Object.hasOwn(attributes, attribute) && isOf(attributes[attribute]!, value),
            `${id}.${name} expects ${attribute} ${String(value)}`,
          )
    }
})

test('a family writes each attribute by a command of that name with that one argument', () => {
  for (const [id, { attributes, commands }] of Object.entries(families))
    for (const [name, { args }] of Object.entries(commands)) {
      if (!name.startsWith('set') || Object.keys(attributes).length === 0) continue
      const attribute = `${name[3]!.toLowerCase()}${name.slice(4)}`
      assert.ok(Object.hasOwn(attributes, attribute), `${id}.${name}`)
      assert.deepEqual(Object.keys(args), [attribute], `${id}.${name}`)
    }
})

test('settings are no history of the home', () => {
  for (const [id, { sensing, attributes }] of Object.entries(families)) {
    if (sensing !== 'device.settings') continue
    for (const [name, spec] of Object.entries(attributes)) assert.equal(spec.history, false, `${id}.${name}`)
  }
})
