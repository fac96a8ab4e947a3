import { Trans } from '@lingui/react/macro'
import type { PartView } from '@eaves/model'
import { isBinary, isReading, readingsOf, type Reading } from '../../devices/facts.ts'
import { readingName } from '../../words/later/capabilities.ts'
import { formatLater } from '../../words/later/values.ts'
import { HistoryChart } from './history.tsx'
import { HistoryStrip } from './history-strip.tsx'
import type { PartProps } from './part-controls.tsx'

const charted: readonly string[] = [
  'temperature',
  'humidity',
  'carbonDioxide',
  'illuminance',
  'pressure',
  'soilMoisture',
  'particlesPm25',
  'power',
]
/** Has a control of its own, which is what one looks at first. */
const led: readonly string[] = ['alarmPanel', 'siren', 'humidifier', 'vacuum', 'mower', 'valve', 'camera']
/** What the part's own control already shows large. */
function isShownAbove({ capabilities }: PartView, { capability, attribute }: Reading): boolean {
  if (capability === 'power' && attribute === 'watts')
    return 'onOff' in capabilities && !isDimmed(capabilities)
  return capability === 'humidity' && 'humidifier' in capabilities
}
const isDimmed = (capabilities: PartView['capabilities']): boolean =>
  ['level', 'color', 'fan', 'humidifier'].some((capability) => capability in capabilities)
const chartable = (reading: Reading): boolean =>
  charted.includes(reading.capability) && (reading.capability !== 'power' || reading.attribute === 'watts')

/** What this part measures: the first reading large, the others as a list, then their last day. */
export function Readings({ home, device, part }: PartProps) {
  const readings = readingsOf({ ...device, parts: [part] }).filter(
    ({ capability }) => capability !== 'battery',
  )
  const battery = part.capabilities.battery
  const measures =
    (device.kind === 'sensor' || device.kind === 'alarm' || device.kind === 'other') &&
    !led.some((capability) => capability in part.capabilities)
  const first = measures ? readings[0] : undefined
  const others = measures ? readings.slice(1) : readings.filter((reading) => !isShownAbove(part, reading))
  const rest = [
    ...others,
    ...Object.entries(battery ?? {})
      .filter(([attribute]) => attribute !== 'low' || battery?.percent === undefined)
      .map(([attribute, value]) => ({ part, capability: 'battery', attribute, value })),
  ]
  const expected = Object.keys(part.capabilities).some(isReading)
  if (!first && rest.length === 0)
    return device.kind !== 'other' && measures && expected ? (
      <p className="text-center text-muted">
        <Trans>No reading yet</Trans>
      </p>
    ) : null
  const danger =
    first?.value === true &&
    ['smoke', 'carbonMonoxide', 'gasAlarm', 'waterLeak', 'tamper'].includes(first.capability)
  return (
    <div className="grid gap-6">
      {first && (
        <div
          {...(danger ? { 'data-tint': 'alert' } : {})}
          className={danger ? 'rounded-card bg-tint p-6 text-center text-tint-ink' : 'text-center'}
        >
          <p className={isBinary(first) ? 'text-title' : 'tabular text-value'}>
            {formatLater(first.capability, first.attribute, first.value)}
          </p>
          <p className="text-state text-muted">{readingName(first.capability, first.attribute)}</p>
        </div>
      )}
      {rest.length > 0 && (
        <dl className="grid rounded-card bg-surface-2 px-4">
          {rest.map((reading) => (
            <div
              key={`${reading.capability}.${reading.attribute}`}
              className="flex min-h-11 items-center justify-between gap-4 border-b border-line py-2 last:border-0"
            >
              <dt className="text-body">{readingName(reading.capability, reading.attribute)}</dt>
              <dd className="tabular text-end text-card">
                {formatLater(reading.capability, reading.attribute, reading.value)}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {readings
        .filter(chartable)
        .slice(0, 3)
        .map((reading) => (
          <HistoryChart
            key={`${reading.capability}.${reading.attribute}`}
            home={home}
            of={{
              device: device.id,
              part: part.id,
              capability: reading.capability,
              attribute: reading.attribute,
            }}
            title={readingName(reading.capability, reading.attribute)}
          />
        ))}
      {measures && first && isBinary(first) && (
        <HistoryStrip
          home={home}
          of={{ device: device.id, part: part.id, capability: first.capability, attribute: first.attribute }}
        />
      )}
    </div>
  )
}
