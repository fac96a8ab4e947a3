import type { CommandRequest, DeviceView, PartView, VendorValue } from '@eaves/model'
import { useCallback, useSyncExternalStore } from 'react'
import { askFirst, asksFirst } from './ask-first.ts'
import { useConnection } from './connection.ts'
import { mergeValues } from './frames.ts'
import { controlKey, isOptimistic, type ActOptions, type Failure, type LiveValues } from './pending.ts'
import { controls } from './session.ts'
import { specOf } from './specs.ts'

export interface Control {
  /** What the control shows: the wish while it is under way, else the report; for locks always the report. */
  readonly shown: LiveValues
  readonly reported: LiveValues
  /** What was asked for, while under way. */
  readonly desired: LiveValues | undefined
  readonly pending: boolean
  readonly slow: boolean
  readonly assumed: boolean
  readonly failure: Failure | undefined
  /** Why it cannot be used now; undefined when it can. */
  readonly blocked: 'connection' | 'device' | undefined
  readonly retry: () => void
  readonly dismiss: () => void
}
export interface CapabilityControl extends Control {
  readonly act: (command: string, args?: Readonly<Record<string, VendorValue>>, options?: ActOptions) => void
}
export interface VendorControl extends Control {
  readonly set: (value: VendorValue, options?: ActOptions) => void
}

export function useWish(key: string) {
  const subscribe = useCallback((listener: () => void) => controls.subscribe(key, listener), [key])
  return useSyncExternalStore(subscribe, () => controls.wish(key))
}

function useControlState(device: DeviceView, capability: string, key: string, reported: LiveValues): Control {
  const wish = useWish(key)
  const connection = useConnection()
  const moved =
    wish !== undefined &&
    wish.failure === undefined &&
    (wish.pending || wish.assumed) &&
    isOptimistic(capability, device.guarded)
  return {
    reported,
    shown: moved ? mergeValues(capability, reported, wish.desired) : reported,
    desired: wish?.pending ? wish.desired : undefined,
    pending: wish?.pending ?? false,
    slow: wish?.slow ?? false,
    assumed: wish?.assumed ?? false,
    failure: wish?.failure,
    blocked: !connection.live ? 'connection' : device.online ? undefined : 'device',
    retry: () => controls.retry(key),
    dismiss: () => controls.dismiss(key),
  }
}

/** One capability of one part as a control: its state and the way to act on it. */
export function useControl(device: DeviceView, part: PartView, capability: string): CapabilityControl {
  const target = { device: device.id, part: part.id, capability }
  const reported = part.capabilities[capability] ?? {}
  const state = useControlState(device, capability, controlKey(target), reported)
  return {
    ...state,
    act: (command, args = {}, options) => {
      const spec = specOf(capability)?.commands[command]
      const desired = spec?.expects(
        args as Readonly<Record<string, string | number | boolean>>,
        state.shown as Readonly<Record<string, string | number | boolean>>,
      )
      const run = (more?: ActOptions): void =>
        controls.act(target, { part: part.id, capability, command, args }, desired ?? {}, more)
      if (asksFirst(device, capability, command, options?.held)) askFirst(device, run)
      else run(options)
    },
  }
}

/** One vendor attribute of one part as a control. */
export function useVendorControl(device: DeviceView, part: PartView, name: string): VendorControl {
  const target = { device: device.id, part: part.id, capability: 'vendor' }
  const reported = name in part.vendor ? { [name]: part.vendor[name]! } : {}
  const state = useControlState(device, 'vendor', controlKey(target, name), reported)
  return {
    ...state,
    set: (value, options) => {
      const request = { part: part.id, capability: 'vendor', command: 'set', args: { key: name, value } }
      const run = (more?: ActOptions): void => controls.act(target, request, { [name]: value }, more)
      if (device.guarded === true) askFirst(device, run)
      else run(options)
    },
  }
}

/** One act without a control of its own (a room's "All off"). */
export function send(
  device: DeviceView,
  part: string,
  capability: string,
  command: string,
  desired: LiveValues,
): void {
  const request: CommandRequest = { part, capability, command, args: {} }
  controls.act({ device: device.id, part, capability }, request, desired)
}
