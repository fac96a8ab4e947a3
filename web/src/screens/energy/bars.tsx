import type { EnergyMeterReport } from '@eaves/model/api'
import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import type { EnergySpan } from '../../data/energy.ts'
import { withUnit } from '../../words/numbers.ts'
import { unitWord } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

const height = 160
const slot = 20

/** One bar an hour, day or month; where nothing is known, a mark at the foot and no bar. */
export function Bars({
  meter,
  label,
  resolution,
  zone,
}: {
  readonly meter: EnergyMeterReport
  readonly label: string
  readonly resolution: EnergySpan['resolution']
  readonly zone: string
}) {
  const { buckets, unit } = meter
  const most = Math.max(...buckets.map(({ amount }) => amount ?? 0), 0)
  const top = most > 0 ? most : 1
  const width = buckets.length * slot
  const words = tickWords(resolution, zone)
  const every = Math.ceil(buckets.length / 6)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="tabular text-caption text-muted" aria-hidden>
        {withUnit(most, unitWord[unit], 2)}
      </p>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        className="h-40 w-full border-y border-line"
      >
        {buckets.map(({ start, amount, whole }, index) => {
          if (amount === null)
            return (
              <rect
                key={start}
                x={index * slot + 4}
                y={height - 3}
                width={slot - 8}
                height={3}
                className="fill-line"
              />
            )
          const tall = (Math.max(0, amount) / top) * (height - 8)
          return (
            <rect
              key={start}
              x={index * slot + 2}
              y={height - tall}
              width={slot - 4}
              height={tall}
              className={whole ? 'fill-accent' : 'fill-accent opacity-60'}
            />
          )
        })}
      </svg>
      <div
        aria-hidden
        className="tabular grid text-caption text-muted"
        style={{ gridTemplateColumns: `repeat(${buckets.length}, minmax(0, 1fr))` }}
      >
        {buckets.map(({ start }, index) => (
          <span key={start} className="overflow-visible whitespace-nowrap">
            {index % every === 0 ? words(Date.parse(start)) : ''}
          </span>
        ))}
      </div>
    </div>
  )
}

/** Under a bar: the hour, the day or the month, as short as it goes. */
function tickWords(resolution: EnergySpan['resolution'], zone: string): (ms: number) => string {
  const options: Readonly<Record<EnergySpan['resolution'], Intl.DateTimeFormatOptions>> = {
    hour: { hour: 'numeric' },
    day: { day: 'numeric' },
    // A bare number says no month in Chinese.
    month: { month: i18n.locale.startsWith('zh') ? 'short' : 'narrow' },
  }
  const format = new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, ...options[resolution] })
  return (ms) => format.format(ms)
}

/** The same as numbers. */
export function BarTable({
  meter,
  title,
  resolution,
  zone,
  money,
}: {
  readonly meter: EnergyMeterReport
  readonly title: string
  readonly resolution: EnergySpan['resolution']
  readonly zone: string
  readonly money: ((value: number) => string) | undefined
}) {
  const { buckets, unit } = meter
  const options: Readonly<Record<EnergySpan['resolution'], Intl.DateTimeFormatOptions>> = {
    hour: { hour: 'numeric', minute: '2-digit' },
    day: { dateStyle: 'medium' },
    month: { year: 'numeric', month: 'long' },
  }
  const when = new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, ...options[resolution] })
  const heads = [t`Amount`, ...(money ? [t`Cost`] : [])]
  return (
    <details className="min-w-0">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-state text-accent">
        {t`As a table`}
      </summary>
      <table className="tabular w-full text-state">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="py-2 pe-2 text-start">{t`Time`}</th>
            {heads.map((head) => (
              <th key={head} scope="col" className="py-2 ps-2 text-end">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.map(({ start, amount, cost, whole, estimated }) => (
            <tr key={start} className="border-b border-line last:border-0">
              <th scope="row" className="py-2 pe-2 text-start font-normal whitespace-nowrap">
                {when.format(Date.parse(start))}
              </th>
              <td className="py-2 ps-2 text-end">
                {amount === null ? t`not known` : withUnit(amount, unitWord[unit], 2)}
                {amount !== null && !whole && ` (${t`in part`})`}
                {estimated && ` (${t`estimated`})`}
              </td>
              {money && <td className="py-2 ps-2 text-end">{cost === null ? '–' : money(cost)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
