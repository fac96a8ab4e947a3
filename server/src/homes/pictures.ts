import type { LiveDevice } from './state.ts'

type Picture = NonNullable<LiveDevice['image']>

/** The most that the pictures of one home take; the ones that came first make room. */
const mostBytes = 32 * 1024 * 1024

/** The last picture of each camera of a home: in memory only, never written. // pp.2.3.1 */
export class Pictures {
  /** The cameras that have one, the longest kept first. */
  readonly #kept = new Map<LiveDevice, number>()
  #bytes = 0

  /** False for a picture of what is no camera. */
  take(device: LiveDevice, picture: Picture): boolean {
    if (!isCamera(device, picture.part)) return false
    this.drop(device)
    device.image = picture
    this.#kept.set(device, picture.data.length)
    this.#bytes += picture.data.length
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= mostBytes) break
      this.drop(oldest)
    }
    return true
  }

  drop(device: LiveDevice): void {
    this.#bytes -= this.#kept.get(device) ?? 0
    this.#kept.delete(device)
    device.image = undefined
  }

  /** The picture goes with the hardware that took it. */
  move(from: LiveDevice, to: LiveDevice): void {
    const { image } = from
    this.drop(from)
    this.drop(to)
    if (image !== undefined) this.take(to, image)
  }

  /** A device that is no camera any more has no picture. */
  review(device: LiveDevice): void {
    if (device.image !== undefined && !isCamera(device, device.image.part)) this.drop(device)
  }

  clear(): void {
    for (const device of [...this.#kept.keys()]) this.drop(device)
  }
}

const isCamera = (device: LiveDevice, part: string): boolean =>
  device.parts.get(part)?.shape.capabilities.camera !== undefined
