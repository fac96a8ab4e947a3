// Catches a household's own broker that is reached in clear, by a stranger's certificate, or not at all though all is right.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Connection } from '@eaves/model/api'
import { clause } from '@eaves/policy'
import mqtt from 'mqtt'
import { makeAuthority } from '../drivers/mqtt/testing/certificate.ts'
import { freePort, hasMosquitto, lampEntry } from './broker.ts'
import { api, household, until, type Api, type Household, type Running } from './server.ts'

const skip = hasMosquitto ? false : 'not run: Debian’s mosquitto is missing'

describe('a broker of the household’s own that asks for a certificate', { skip, timeout: 90_000 }, () => {
  const authority = makeAuthority()
  const [broker, own] = [authority.sign('localhost'), authority.sign('hub')]
  const dir = mkdtempSync(join(tmpdir(), 'eaves-broker-tls-'))
  let house: Household, server: Running, http: Api, home: string, port: number
  let stop = async (): Promise<void> => undefined
  before(async () => {
    port = await freePort()
    const at = (name: string, text: string): string => {
      writeFileSync(join(dir, name), text, { mode: 0o600 })
      return join(dir, name)
    }
    const conf = at(
      'conf',
      [
        `listener ${port} 127.0.0.1`,
        'allow_anonymous true',
        'persistence false',
        'log_type error',
        `cafile ${at('ca', authority.cert)}`,
        `certfile ${at('cert', broker.cert)}`,
        `keyfile ${at('key', broker.key)}`,
        'require_certificate true',
        ...(process.getuid?.() === 0 ? ['user root'] : []),
      ].join('\n'),
    )
    const child = spawn('/usr/sbin/mosquitto', ['-c', conf], { stdio: 'ignore' })
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    stop = async () => {
      child.kill()
      await exited
    }
    await until(
      () =>
        new Promise<boolean>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            socket.destroy()
            resolve(true)
          })
          socket.on('error', () => resolve(false))
        }),
      'mosquitto',
    )
    house = household()
    const { homeId, token } = await house.claim()
    home = homeId
    server = await house.start()
    http = api(server.base, token)
  })
  after(async () => {
    await house?.dispose()
    await stop()
    rmSync(dir, { recursive: true, force: true })
  })
  /** The state, or the fault, that a connection with this config comes to. */
  const outcome = async (config: Readonly<Record<string, string>>): Promise<string> => {
    const list = async () => (await http.call('GET', `/api/homes/${home}/connections`)).body as Connection[]
    const known = new Set((await list()).map((each) => each.id))
    await until(
      async () =>
        (await http.call('POST', `/api/homes/${home}/onboarding`, { driver: 'mqtt', config })).status === 201,
      'the onboarding',
    )
    return until(
      async () => {
        const mine = (await list()).find((each) => !known.has(each.id))
        return mine?.state === 'online' ? 'online' : mine?.error?.code
      },
      'an outcome',
      10_000,
    )
  }

  test('with its authority and a certificate of ours the devices are there; with less they are not, and why is said', async () => {
    clause('pp.5.1')
    const url = `mqtts://127.0.0.1:${port}`
    const { cert, key } = own
    assert.equal(await outcome({ url, ca: authority.cert, cert, key }), 'online')
    const client = await mqtt.connectAsync(url, { protocolVersion: 4, ca: authority.cert, cert, key })
    await client.publishAsync('zigbee2mqtt/bridge/state', '{"state":"online"}', { retain: true })
    await client.publishAsync(
      'zigbee2mqtt/bridge/devices',
      JSON.stringify([lampEntry('Porch', '0x00158d00000000b1')]),
      { retain: true },
    )
    await until(
      async () =>
        (await http.call('GET', `/api/homes/${home}/devices`)).body.some(
          (each: any) => each.name === 'Porch',
        ),
      'the lamp',
    )
    await client.endAsync()
    const stranger = makeAuthority('Another')
    const other = stranger.sign('hub')
    assert.equal(await outcome({ url, cert, key }), 'connection.tls', 'an authority nobody named')
    assert.equal(await outcome({ url, ca: stranger.cert, cert, key }), 'connection.tls', 'another authority')
    const poor: readonly Readonly<Record<string, string>>[] = [{}, { cert: other.cert, key: other.key }]
    for (const given of poor) assert.notEqual(await outcome({ url, ca: authority.cert, ...given }), 'online')
    assert.notEqual(await outcome({ url: `mqtt://127.0.0.1:${port}` }), 'online', 'in clear')
    const shown = await http.call('GET', `/api/homes/${home}/connections`)
    assert.ok(!shown.text.includes('PRIVATE KEY') && !shown.text.includes('BEGIN'))
    assert.ok(!server.output().includes('BEGIN'))
  })
})
