// A driver that misbehaves on demand: its commands are the faults that a supervisor must survive.
import { writeSync } from 'node:fs'
import type { DeviceCommand, DeviceHandle, Driver, DriverContext } from '@eaves/driver-kit'

const shape = {
  nativeId: 'staged',
  name: 'Staged',
  kind: 'other',
  confirmable: true,
  parts: [
    {
      id: 'main',
      capabilities: { level: { attributes: ['percent'], commands: ['setLevel'] } },
      vendor: { act: { type: 'text', name: 'Act', readable: true, writable: true, category: 'state' } },
    },
  ],
} as const

const reportsPerTick = 500
function burst(handle: DeviceHandle, count: number): void {
  const slot = handle.slot('main', 'level', 'percent')!
  let sent = 0
  const tick = (): void => {
    for (let i = 0; i < reportsPerTick && sent < count; i++) handle.reportSlot(slot, sent++ % 100)
    if (sent < count) setImmediate(tick)
  }
  tick()
}

function act(context: DriverContext, handle: DeviceHandle, what: string): void {
  const [name, amount] = what.split(' ')
  if (name === 'throw') throw new Error('person@example.org')
  if (name === 'throw-later')
    setTimeout(() => {
      throw new Error('person@example.org')
    }, 0)
  if (name === 'reject-later') void Promise.reject(new Error('person@example.org'))
  if (name === 'print') console.error('a private word')
  if (name === 'block') for (const end = Date.now() + 60_000; Date.now() < end;);
  if (name === 'exit') process.exit(3)
  if (name === 'environment') handle.report('main', 'vendor', 'act', JSON.stringify(process.env))
  if (name === 'malformed') writeSync(3, '{"not": "a batch"}\n[1,{"t":"r","v":[1]},{"t":"gone"}]\nnot json\n')
  if (name === 'burst') burst(handle, Number(amount))
  if (name === 'hang') context.setTimer(1, () => undefined)
}

const driver: Driver = {
  id: 'staged',
  name: 'Staged',
  reach: 'local',
  quality: 'bronze',
  talksTo: [],
  sockets: [],
  collects: ['home.activity'],
  config: [],
  steps: [],
  connect(context) {
    if (context.config.fails === true) throw new Error('person@example.org')
    const handle = context.device(shape, true)
    context.state('online')
    return {
      command: async (_nativeId: string, command: DeviceCommand) =>
        act(context, handle, command.args.value as string),
      close: async () => (context.config.hangs === true ? new Promise(() => undefined) : undefined),
    }
  },
}
export default driver
