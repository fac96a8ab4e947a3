import type { EnergyPrices } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { spansOf, type MeterPrices } from './price-shape.ts'
import { priceWords } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

const height = 120
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const everyHours = 12

/** A bar for each step of today and tomorrow; below the line where it is paid for, the one of now stands out, and what is not known is left out. */
export function PriceBars({
  label,
  zone,
  now,
  span: { from, to },
  prices: { steps, stepMinutes },
}: {
  readonly label: string
  readonly zone: string
  /** When it was asked. */
  readonly now: number
  readonly span: Pick<EnergyPrices, 'from' | 'to'>
  readonly prices: MeterPrices
}) {
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  const all = steps.map(({ price }) => price)
  const [top, bottom] = [Math.max(0, ...all), Math.min(0, ...all)]
  const tall = top - bottom || 1
  const y = (price: number): number => ((top - price) / tall) * height
  const stepMs = stepMinutes * minuteMs
  const highest = steps.find(({ price }) => price === Math.max(...all))!
  const hour = new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, hour: 'numeric' })
  const ticks = Array.from({ length: 4 }, (_, i) => begin + i * everyHours * hourMs)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <p className="tabular text-caption text-muted" aria-hidden>
        {priceWords(highest.price, highest.currency)}
      </p>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${(end - begin) / minuteMs} ${height}`}
        preserveAspectRatio="none"
        className="h-30 w-full border-y border-line"
      >
        {steps.map(({ start, price }) => {
          const at = Date.parse(start)
          const isNow = at <= now && now < at + stepMs
          return (
            <rect
              key={start}
              x={(at - begin) / minuteMs + stepMinutes * 0.06}
              y={Math.min(y(price), y(0))}
              width={stepMinutes * 0.88}
              height={Math.max(1, Math.abs(y(price) - y(0)))}
              className={isNow ? 'fill-ink' : 'fill-accent opacity-60'}
            />
          )
        })}
      </svg>
      <div aria-hidden className="tabular grid grid-cols-4 text-caption text-muted">
        {ticks.map((at) => (
          <span key={at} className="whitespace-nowrap">
            {hour.format(at)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The same as numbers. */
export function PriceTable({
  title,
  zone,
  prices,
}: {
  readonly title: string
  readonly zone: string
  readonly prices: MeterPrices
}) {
  const when = new Intl.DateTimeFormat(formatLocale(), {
    ...{ timeZone: zone, weekday: 'short', hour: 'numeric', minute: '2-digit' },
  })
  return (
    <details className="min-w-0">
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-state text-accent">
        {t`As a table`}
      </summary>
      <table className="tabular w-full text-state">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <th scope="col" className="py-2 pe-2 text-start">{t`From`}</th>
            <th scope="col" className="px-2 py-2 text-start">{t`To`}</th>
            <th scope="col" className="py-2 ps-2 text-end">{t`Price`}</th>
          </tr>
        </thead>
        <tbody>
          {spansOf(prices).map(({ from, to, price, currency }) => (
            <tr key={from} className="border-b border-line last:border-0">
              <th scope="row" className="py-2 pe-2 text-start font-normal whitespace-nowrap">
                {when.format(from)}
              </th>
              <td className="px-2 py-2 whitespace-nowrap">{when.format(to)}</td>
              <td className="py-2 ps-2 text-end">{priceWords(price, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
