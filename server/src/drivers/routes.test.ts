// Catches a driver list that shows more of a manifest than the API says, or that is open to strangers.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { driverRoutes } from './routes.ts'

test('the list of drivers is for people who are signed in and holds what its schema names', async () => {
  const manifest = {
    id: 'x',
    name: 'X',
    reach: 'local',
    quality: 'gold',
    talksTo: ['the device'],
    sockets: [{ module: 'mqtt', why: 'its own' }],
    collects: ['home.activity'],
    config: [{ key: 'host', type: 'text', required: true }],
    steps: [],
  } as const
  const [route] = driverRoutes({ drivers: { manifests: () => [manifest] } })
  assert.deepEqual(route!.access, { kind: 'self', verb: 'self.read' })
  const answer = await route!.handle(undefined as never)
  assert.deepEqual(route!.answer!.parse(answer), answer)
  assert.deepEqual(answer, [
    {
      id: 'x',
      name: 'X',
      reach: 'local',
      talksTo: ['the device'],
      collects: ['home.activity'],
      config: [{ key: 'host', type: 'text', required: true }],
    },
  ])
})
