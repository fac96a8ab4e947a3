// Catches a device that, by what it announces, makes us write where it may not.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import mqtt from 'mqtt'
import { createHarness } from '@eaves/driver-kit/testing'
import { clause } from '@eaves/policy'
import driver from '../driver.ts'
import { credential, deviceScope, passwordOf } from '../testing/embedded.ts'

test('what a device announces speaks for its own topics alone', async (t) => {
  clause('pp.5.1')
  const harness = createHarness(driver, { time: 'real' })
  t.after(() => harness.stop())
  const list = [credential('lamp', 'home-a', deviceScope('lamp')), credential('bridge', 'home-a')]
  harness.send({ t: 'credentials', list }, { t: 'broker', listen: { host: '127.0.0.1', port: 0 } })
  const port = (): number | undefined => harness.messages.filter((m) => m.t === 'broker').at(-1)?.port
  await harness.until('the broker listens', () => port() !== undefined)
  harness.open({ embedded: true })
  const dial = (username: string) =>
    mqtt.connectAsync(`mqtt://127.0.0.1:${port()}`, {
      protocolVersion: 4,
      username,
      password: passwordOf(username),
      reconnectPeriod: 0,
    })
  const [lamp, bridge] = [await dial('lamp'), await dial('bridge')]
  t.after(() => [lamp, bridge].forEach((client) => client.end(true)))
  const config = (box: string, topic: string) =>
    JSON.stringify({
      uniq_id: `u-${box}`,
      dev: { ids: [box], name: box },
      cmd_t: topic,
      pl_on: '{"state":"UNLOCK"}',
      stat_t: 'lamp/state',
      opt: true,
    })
  const heard: string[] = []
  bridge.on('message', (topic) => heard.push(topic))
  await bridge.subscribeAsync('door/set')
  await lamp.publishAsync('homeassistant/switch/trap/config', config('trap', 'door/set'), {
    qos: 1,
    retain: true,
  })
  await lamp.publishAsync('homeassistant/switch/fair/config', config('fair', 'lamp/set'), {
    qos: 1,
    retain: true,
  })
  await bridge.publishAsync('homeassistant/switch/own/config', config('own', 'door/set'), { qos: 1 })
  const device = (id: string) => harness.device(`id:${id}`)
  await harness.until('all are announced', () =>
    ['trap', 'fair', 'own'].every((id) => device(id) !== undefined),
  )
  const commands = (id: string) =>
    device(id)!.shape.parts.flatMap((part) => part.capabilities.onOff?.commands ?? [])
  assert.deepEqual([commands('trap'), commands('fair').length > 0], [[], true])
  assert.match(device('trap')!.shape.problems!.join(), /not among the topics that its access data is for/)
  const on = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }
  assert.equal((await harness.command('id:trap', on)).code, 'device.unsupported')
  assert.deepEqual(heard, [])
  assert.equal((await harness.command('id:own', on)).state, 'sent')
  await harness.until('what a bridge announces is written', () => heard.length === 1)
})
