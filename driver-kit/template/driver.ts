import { defineDriver } from '@eaves/driver-kit'
import { openLamp } from './lamp.ts'

export default defineDriver({
  id: 'line-lamp',
  name: 'Line lamp',
  reach: 'local',
  quality: 'bronze',
  talksTo: ['the lamp whose address you give'],
  sockets: [{ module: 'node:net', why: 'The lamp speaks lines of JSON over a lasting TCP connection.' }],
  collects: ['home.activity'],
  config: [
    { key: 'host', type: 'text', required: true },
    { key: 'port', type: 'text', required: false },
  ],
  steps: [
    { id: 'reach', name: 'Reaching the lamp', usualSeconds: 2 },
    { id: 'listen', name: 'Hearing what it is', usualSeconds: 1 },
  ],
  connect: openLamp,
})
