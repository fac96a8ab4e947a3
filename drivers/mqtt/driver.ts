import { defineDriver, DriverError, type DriverConnection, type DriverContext } from '@eaves/driver-kit'
import { openClientLink } from './client-link.ts'
import { readConfig } from './config.ts'
import { openConnection } from './connection.ts'
import { createBrokerHub } from './embedded/hub.ts'
import { readLibrary } from './library.ts'

const hub = createBrokerHub()

function connect(context: DriverContext): DriverConnection {
  try {
    const config = readConfig(context.config)
    return openConnection(
      config,
      context,
      config.embedded ? hub.openLink(context.home) : openClientLink(config, context),
    )
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    // A config that names no broker can only be mended by a person: it is told, and nothing is tried.
    context.step('reach', 'failed', { code: 'connection.unreachable', detail: error.message })
    context.state('failed', { code: 'connection.unreachable', detail: error.message })
    return {
      command: () => Promise.reject(new DriverError('unreachable', error.message)),
      close: () => Promise.resolve(),
    }
  }
}

export default defineDriver({
  id: 'mqtt',
  name: 'MQTT: Zigbee2MQTT and Home Assistant discovery',
  reach: 'local',
  quality: 'silver',
  talksTo: ['the broker you name', 'devices that connect to the embedded broker'],
  sockets: [
    {
      module: 'mqtt',
      why: 'The connection to the household’s own broker is a lasting TCP, TLS or WebSocket connection, which no request through the kit could be.',
    },
    { module: 'aedes', why: 'The embedded broker speaks MQTT with devices that have none of their own.' },
    {
      module: 'node:net',
      why: 'The embedded broker’s listener; the core decides whether and where it listens.',
    },
    {
      module: 'node:tls',
      why: 'The same listener, encrypted, when the core gives it a certificate.',
    },
  ],
  collects: [
    'home.presence',
    'home.activity',
    'home.climate',
    'home.energy',
    'home.safety',
    'home.image',
    'device.health',
    'device.settings',
  ],
  config: [
    { key: 'url', type: 'text', required: false },
    { key: 'username', type: 'text', required: false },
    { key: 'password', type: 'secret', required: false },
    { key: 'embedded', type: 'boolean', required: false },
    { key: 'ca', type: 'text', required: false },
    { key: 'cert', type: 'text', required: false },
    { key: 'key', type: 'secret', required: false },
    { key: 'base', type: 'text', required: false },
    { key: 'prefix', type: 'text', required: false },
  ],
  steps: [
    { id: 'reach', name: 'Reach the broker', usualSeconds: 1 },
    { id: 'sign-in', name: 'Sign in', usualSeconds: 1 },
    { id: 'listen', name: 'Listen', usualSeconds: 1 },
    { id: 'find', name: 'Find devices', usualSeconds: 2 },
  ],
  prepare: async () => void (await readLibrary()),
  connect,
  broker: hub.broker,
})
