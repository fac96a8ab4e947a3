import { silentAfterMs, speaksByItself } from './rhythm.ts'
import type { LiveDevice } from './state.ts'

/** Works out anew whether what is shown of the device is older than it should be; true when that has changed. */
export function weighSilence(device: LiveDevice, now: number): boolean {
  if (device.members !== undefined) return false
  const isSilent = device.owner !== undefined && isBeyondUsual(device, now)
  const interval = device.shape.reportIntervalMs
  const isStale =
    device.owner === undefined ||
    isSilent ||
    (interval !== undefined && device.lastSeen !== undefined && now - device.lastSeen > 2 * interval)
  const silentSince = isSilent ? (device.lastSeen ?? device.rhythm.heardAt) : undefined
  if (isStale === device.isStale && silentSince === device.silentSince) return false
  device.isStale = isStale
  device.silentSince = silentSince
  return true
}

function isBeyondUsual(device: LiveDevice, now: number): boolean {
  const { rhythm, shape } = device
  const after = silentAfterMs(rhythm, shape.sleepy === true)
  return after !== undefined && now - rhythm.heardAt > after && speaksByItself(shape)
}

/** The longest gap between its words that is usual; undefined while that is not known. */
export function usualGapMs(device: LiveDevice): number | undefined {
  return silentAfterMs(device.rhythm, false) === undefined ? undefined : device.rhythm.usualMs
}
