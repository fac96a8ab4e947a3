import {
  DriverError,
  type DeviceCommand,
  type DeviceHandle,
  type DriverConnection,
  type DriverContext,
} from '@eaves/driver-kit'
import { openLine, type Line } from './line.ts'
import { readState, shapeOf, writeOf, type LampState } from './map.ts'

/** One lamp: announced when it has said what it is, told as unreachable while the line is down. */
export function openLamp(context: DriverContext): DriverConnection {
  let lamp: DeviceHandle | undefined
  const report = (state: LampState): void => {
    if (lamp?.nativeId !== state.id) {
      lamp = context.device(shapeOf(state), true)
      context.step('listen', 'done')
    }
    if (state.on !== undefined) lamp.report('main', 'onOff', 'on', state.on)
    if (state.brightness !== undefined) lamp.report('main', 'level', 'percent', state.brightness)
  }
  const line: Line = openLine(context, {
    up: () => {
      context.step('reach', 'done')
      context.step('listen', 'running')
      context.state('online')
      lamp?.reachable(true)
    },
    down: () => {
      lamp?.reachable(false)
      context.state('offline', { code: 'connection.unreachable' })
    },
    heard: (text) => {
      const state = readState(text)
      if (state === undefined) context.log('debug', 'line not understood')
      else report(state)
    },
  })
  return {
    command: async (nativeId: string, command: DeviceCommand) => {
      if (nativeId !== lamp?.nativeId) throw new DriverError('unreachable')
      line.send(writeOf(command))
    },
    close: () => line.close(),
  }
}
