// Catches a plan that leaves a topic unheard, that brings a message twice, or that takes a whole second for a large house.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planFilters } from './subscriptions.ts'
import { matches } from './topics.ts'

test('every topic is brought by exactly one filter, wherever wildcards overlap', () => {
  const wildcards = ['zigbee2mqtt/+', 'zigbee2mqtt/bridge/devices', '+/status', 'homeassistant/+/+/config']
  const topics = [
    ...Array.from({ length: 100 }, (_, i) => `plant/bed_${i}/moisture`),
    ...Array.from({ length: 100 }, (_, i) => `own_${i}/status`),
    ...Array.from({ length: 3 }, (_, i) => `own_${i}/temperature`),
    'zigbee2mqtt/lamp',
    'single',
  ]
  const plan = [...planFilters(wildcards, topics)]
  for (const topic of topics)
    assert.equal(plan.filter((filter) => matches(filter, topic)).length, 1, `${topic} in ${plan.join(' ')}`)
  assert.ok(plan.includes('plant/+/moisture'))
  assert.ok(plan.includes('zigbee2mqtt/bridge/devices'))
})

test('a wildcard that another takes whole is left out', () => {
  assert.deepEqual([...planFilters(['a/#', 'a/+/b', 'a/c'], [])], ['a/#'])
  assert.deepEqual([...planFilters(['#', '+/b', 'c'], ['d/e'])], ['#'])
})

test('twenty thousand devices with first levels of their own are planned within a second', () => {
  const topics = Array.from({ length: 20_000 }, (_, i) => `own_${i}/temperature`)
  const began = performance.now()
  assert.equal(planFilters(['homeassistant/+/+/config'], topics).size, 20_001)
  assert.ok(performance.now() - began < 1000)
})
