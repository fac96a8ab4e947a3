// Catches a home with several brokers that doubles a device, loses it with one of them, or mixes their topics.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DeviceView } from '@eaves/model'
import type { Connection } from '@eaves/model/api'
import { hasMosquitto, startMosquitto, zigbeeLamp, type Lamp } from './broker.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'

describe('a home with two brokers of its own', { skip, timeout: 90_000 }, () => {
  let house: Household, server: Running, http: Api, home: string
  const brokers: Awaited<ReturnType<typeof startMosquitto>>[] = []
  const lamps: Lamp[] = []
  before(async () => {
    for (let n = 0; n < 2; n++) brokers.push(await startMosquitto())
    house = household()
    const { homeId, token } = await house.claim()
    home = homeId
    server = await house.start()
    http = api(server.base, token)
    for (const { url } of brokers) {
      const body = { driver: 'mqtt', config: { url } }
      await until(
        async () => (await http.call('POST', `/api/homes/${home}/onboarding`, body)).status === 201,
        'the onboarding',
      )
    }
  })
  after(async () => {
    for (const lamp of lamps) await lamp.stop().catch(() => undefined)
    await house?.dispose()
    for (const broker of brokers) await broker.stop()
  })
  const devices = async () => (await http.call('GET', `/api/homes/${home}/devices`)).body as DeviceView[]
  const named = async (name: string) => (await devices()).filter((each) => each.name === name)
  const connections = async () =>
    (await http.call('GET', `/api/homes/${home}/connections`)).body as Connection[]
  const turn = async (id: string, command: string) =>
    (
      await http.call('POST', `/api/homes/${home}/devices/${id}/commands?wait=confirmed`, {
        capability: 'onOff',
        command,
      })
    ).body.status

  test('each is a link of its own; the same device on both is one, and answers', async () => {
    lamps.push(await zigbeeLamp(brokers[0]!.url, 'Hall', '0x00158d00000000a1'))
    lamps.push(await zigbeeLamp(brokers[1]!.url, 'Hall', '0x00158d00000000a1'))
    lamps.push(await zigbeeLamp(brokers[0]!.url, 'Attic', '0x00158d00000000a2'))
    await until(async () => (await connections()).every((each) => each.state === 'online'), 'both links')
    assert.equal((await connections()).length, 2)
    const [hall] = await until(async () => {
      const found = await named('Hall')
      return found[0]?.online === true ? found : undefined
    }, 'the lamp')
    await until(async () => (await named('Attic')).length > 0, 'the other lamp')
    assert.equal((await named('Hall')).length, 1)
    assert.equal((await devices()).length, 2)
    assert.equal(await turn(hall!.id, 'turnOn'), 'confirmed')
    assert.equal(await turn(hall!.id, 'turnOff'), 'confirmed')
  })

  test('a broker that goes takes what hung on it alone; the device on both stays, as the same', async () => {
    const [before] = await named('Hall')
    await lamps[0]!.stop().catch(() => undefined)
    await brokers[0]!.stop()
    await until(async () => (await named('Attic'))[0]?.online === false, 'the other lamp to be gone', 15_000)
    const [hall] = await until(
      async () => {
        const found = await named('Hall')
        return found[0]?.online === true ? found : undefined
      },
      'the lamp by its other way',
      15_000,
    )
    assert.equal(hall!.id, before!.id)
    assert.equal(await turn(hall!.id, 'turnOn'), 'confirmed')
  })

  test('the one that comes back is found again by itself, and nothing is doubled', async () => {
    brokers[0] = await startMosquitto(brokers[0]!.port)
    lamps[0] = await zigbeeLamp(brokers[0].url, 'Attic', '0x00158d00000000a2')
    await until(async () => (await named('Attic'))[0]?.online === true, 'the other lamp', 40_000)
    assert.equal((await devices()).length, 2)
  })
})
