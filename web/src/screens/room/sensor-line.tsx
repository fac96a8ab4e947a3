import type { DeviceView } from '@eaves/model'
import { readingsOf } from '../../devices/facts.ts'
import { formatReading } from '../../words/values.ts'

const shownHere = ['temperature', 'humidity', 'carbonDioxide', 'occupancy', 'contact', 'illuminance']
/** The room's air and openings in one line: the first present reading of each kind. */
export function SensorLine({ devices }: { readonly devices: readonly DeviceView[] }) {
  const now = devices.filter((device) => device.online && device.stale !== true).flatMap(readingsOf)
  const words = shownHere.flatMap((capability) => {
    const reading = now.find((entry) => entry.capability === capability)
    return reading ? [formatReading(reading.capability, reading.attribute, reading.value)] : []
  })
  return words.length === 0 ? null : <p className="tabular text-body text-muted">{words.join(' · ')}</p>
}
