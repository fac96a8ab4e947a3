import { defineDriver } from '@eaves/driver-kit'
import { Household } from './household.ts'

export default defineDriver({
  id: 'simulated',
  name: 'Simulated devices',
  reach: 'local',
  quality: 'silver',
  talksTo: [],
  sockets: [],
  collects: [
    'home.activity',
    'home.presence',
    'home.climate',
    'home.energy',
    'home.safety',
    'home.image',
    'device.health',
    'device.settings',
    'device.identity',
  ],
  config: [
    { key: 'seed', type: 'text', required: false },
    { key: 'tickMs', type: 'text', required: false },
    { key: 'faults', type: 'text', required: false },
  ],
  steps: [
    { id: 'connect', name: 'Starting the simulation', usualSeconds: 1 },
    { id: 'devices', name: 'Bringing its devices in', usualSeconds: 1 },
  ],
  connect(context) {
    const household = new Household(context)
    household.start()
    return household
  },
})
