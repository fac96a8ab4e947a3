import type { DeviceView } from '@eaves/model'
import { t } from '@lingui/core/macro'
import type { HistoryOf } from '../../data/history.ts'
import { readingName } from '../../words/later/capabilities.ts'
import { vendorName } from '../../words/values.ts'

/** "Hall sensor: Temperature", with the part where a device has several. */
export function nameOf(of: HistoryOf, device: DeviceView | undefined): string | undefined {
  if (!device) return undefined
  const [name, what] = [`${device.name}${partOf(of, device)}`, bareName(of)]
  return t`${name}: ${what}`
}
/** The same beside the others of its device: "Temperature". */
export function valueName(of: HistoryOf, device: DeviceView): string {
  const part = partOf(of, device).trim()
  const what = bareName(of)
  return part === '' ? what : t`${part}: ${what}`
}
const bareName = ({ capability, attribute }: HistoryOf): string =>
  capability === 'vendor' ? vendorName(attribute) : readingName(capability, attribute)
const partOf = ({ part }: HistoryOf, device: DeviceView): string =>
  device.parts.length > 1 && part !== 'main' ? ` ${part}` : ''
