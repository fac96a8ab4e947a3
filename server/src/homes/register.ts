import type { DeviceId } from '@eaves/model'
import type { LiveDevice } from './state.ts'

const devicesPerHome = 5_000

/** The devices of one home, found by their id and by the hardware they are. */
export class Register {
  readonly byId = new Map<DeviceId, LiveDevice>()
  readonly #byNative = new Map<string, LiveDevice>()

  get isFull(): boolean {
    return this.byId.size >= devicesPerHome
  }

  add(device: LiveDevice): void {
    this.byId.set(device.id, device)
    this.#byNative.set(nativeKey(device.driver, device.shape.nativeId), device)
  }

  remove(device: LiveDevice): void {
    this.byId.delete(device.id)
    this.#byNative.delete(nativeKey(device.driver, device.shape.nativeId))
  }

  of(driver: string, nativeId: string): LiveDevice | undefined {
    return this.#byNative.get(nativeKey(driver, nativeId))
  }
}

function nativeKey(driver: string, nativeId: string): string {
  return `${driver}\n${nativeId}`
}
