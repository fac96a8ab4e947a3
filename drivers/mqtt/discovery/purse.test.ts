// Catches a device whose templates take the time of every home.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clause } from '@eaves/policy'
import { openHome } from '../testing/memory-link.ts'

const heavy =
  '{% set ns = namespace(n=0) %}{% for i in range(900) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}'
const sensor = (device: number, id: string, topic: string, template: string) => ({
  unique_id: id,
  device: { ids: [`box-${device}`], name: `Box ${device}` },
  stat_t: topic,
  val_tpl: template,
  avty_t: `${topic}/here`,
  avty_tpl: template,
})

test('templates that together take too long wait for the next second, and others of the home go on then', async () => {
  clause('pp.5.1')
  const configs: Record<string, object> = {
    'homeassistant/sensor/fair/config': {
      ...sensor(999, 'fair', 'fair', '{{ value | float * 2 }}'),
      unit_of_measurement: '%',
    },
  }
  for (let n = 0; n < 2000; n++)
    configs[`homeassistant/sensor/s${n}/config`] = sensor(Math.floor(n / 250), `u${n}`, 'flood', heavy)
  const { broker, harness } = await openHome(configs)
  await harness.clock?.advance(2000)
  const start = performance.now()
  for (let n = 0; n < 5; n++) broker.publish('flood', 'x')
  const tookMs = performance.now() - start
  assert.ok(tookMs < 1500, `${Math.round(tookMs)} ms`)
  await harness.clock?.advance(2000)
  broker.publish('fair', '21')
  await harness.clock?.advance(5)
  const device = harness.device('id:box-999')!
  const [key] = Object.keys(device.shape.parts[0]!.vendor)
  assert.equal(harness.value('id:box-999', 'main', 'vendor', key!), 42)
  assert.equal(harness.logs().filter((line) => line.event === 'templates take too long').length, 1)
  await harness.stop()
})
