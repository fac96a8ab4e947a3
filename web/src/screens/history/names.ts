import type { DeviceView } from '@eaves/model'
import type { HistoryOf } from '../../data/history.ts'
import { readingName } from '../../words/later/capabilities.ts'
import { vendorName } from '../../words/values.ts'

/** "Hall sensor: Temperature", with the part where a device has several. */
export function nameOf(of: HistoryOf, device: DeviceView | undefined): string | undefined {
  if (!device) return undefined
  const value =
    of.capability === 'vendor' ? vendorName(of.attribute) : readingName(of.capability, of.attribute)
  const part = device.parts.length > 1 && of.part !== 'main' ? ` ${of.part}` : ''
  return `${device.name}${part}: ${value}`
}
