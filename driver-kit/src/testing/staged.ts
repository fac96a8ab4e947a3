import type { TestContext } from 'node:test'
import type { DeviceShape, VendorValue } from '@eaves/model'
import type { DeviceCommand, DeviceHandle, Driver, DriverConnection, DriverContext } from '../driver.ts'
import { settle } from './clock.ts'
import { createHarness, type Harness } from './harness.ts'

/** A driver with nothing in it but what the test gives it. */
export const stagedDriver = (over: Partial<Driver> = {}): Driver => ({
  id: 'staged',
  name: 'Staged',
  reach: 'local',
  quality: 'bronze',
  talksTo: [],
  sockets: [],
  collects: [],
  config: [],
  steps: [],
  connect: () => ({ command: async () => undefined, close: async () => undefined }),
  ...over,
})

export const shape = (
  nativeId: string,
  attributes: readonly string[] = ['on'],
  name = 'Lamp',
): DeviceShape => ({
  nativeId,
  name,
  kind: 'light',
  confirmable: true,
  parts: [
    {
      id: 'main',
      capabilities: {
        onOff: { attributes, commands: ['turnOn'] },
        level: { attributes: ['percent'], commands: ['setLevel'], limits: { percent: { min: 10, max: 90 } } },
        button: { attributes: [], commands: [], events: ['pressed'] },
      },
      vendor: {
        mood: {
          type: 'enum',
          name: 'Mood',
          values: ['calm', 'bright'],
          readable: true,
          writable: true,
          category: 'state',
        },
        map: { type: 'composite', name: 'Map', readable: true, writable: false, category: 'state' },
        hidden: { type: 'text', name: 'Hidden', readable: false, writable: true, category: 'config' },
      },
    },
  ],
})
export const turnOn: DeviceCommand = { part: 'main', capability: 'onOff', name: 'turnOn', args: {} }

export interface Staged {
  readonly harness: Harness
  context: DriverContext
  connects: number
  closes: number
  command: DriverConnection['command']
  connect: () => void
}
/** A port with a driver that does what the test says, in a process that the test plays. */
export function stage(t: TestContext): Staged {
  const driver = stagedDriver({
    connect(context) {
      staged.context = context
      staged.connects++
      staged.connect()
      return {
        command: (id, command) => staged.command(id, command),
        close: async () => void staged.closes++,
      }
    },
  })
  const staged: Staged = {
    harness: createHarness(driver),
    context: undefined as unknown as DriverContext,
    connects: 0,
    closes: 0,
    command: async () => undefined,
    connect: () => undefined,
  }
  t.after(() => staged.harness.stop())
  return staged
}
export async function withDevice(t: TestContext): Promise<Staged & { readonly device: DeviceHandle }> {
  const staged = stage(t)
  staged.harness.open()
  const device = staged.context.device(shape('lamp'), true)
  await settle()
  return Object.assign(staged, { device })
}
export const runs = (harness: Harness): VendorValue[][] =>
  harness.messages.filter((m) => m.t === 'r').map((m) => [...m.v])
