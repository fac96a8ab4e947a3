import type { EnergyPrices, MeterView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { useEnergyPrices } from '../../data/energy.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { PriceBars, PriceTable } from './price-bars.tsx'
import { extremesOf, type MeterPrices } from './price-shape.ts'
import { priceWords } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

/** What a kWh costs now and next; nothing is shown where it costs the same all the time. */
export function Prices({
  home,
  zone,
  meters,
}: {
  readonly home: string
  readonly zone: string
  readonly meters: readonly MeterView[]
}) {
  const isAsked = meters.some(({ kind, tariffs }) => kind === 'grid-import' && tariffs.length > 0)
  const { data, dataUpdatedAt, error, refetch } = useEnergyPrices(home, isAsked)
  if (!isAsked) return null
  if (!data) return error ? <QueryError error={error} retry={refetch} /> : null
  const changing = data.meters.filter(({ changes }) => changes)
  return changing.map((prices) => {
    const name = meters.find(({ id }) => id === prices.meter)?.name
    const title = changing.length > 1 && name !== undefined ? t`Price: ${name}` : t`Price`
    return (
      <Card key={prices.meter} title={title} zone={zone} asked={dataUpdatedAt} span={data} prices={prices} />
    )
  })
}

function Card({
  title,
  zone,
  asked,
  span,
  prices,
}: {
  readonly title: string
  readonly zone: string
  readonly asked: number
  readonly span: Pick<EnergyPrices, 'from' | 'to'>
  readonly prices: MeterPrices
}) {
  const { now, steps, until } = prices
  const endOfDay = midnightIn(zone, span)
  const extremes = extremesOf(prices, endOfDay)
  const [low, high] = [
    extremes && whenWords(extremes.lowest, zone),
    extremes && whenWords(extremes.highest, zone),
  ]
  const much = now === null ? undefined : priceWords(now.price, now.currency)
  const says = much === undefined ? t`What a kWh costs now is not known.` : t`${much} a kWh now`
  const lowest = low === undefined ? undefined : t`Lowest today: ${low}`
  const highest = high === undefined ? undefined : t`Highest today: ${high}`
  const all = [says, lowest, highest].filter((each) => each !== undefined).join(' · ')
  return (
    <section
      aria-label={title}
      className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-card border border-line bg-surface p-4"
    >
      <h2 className="text-card wrap-anywhere">{title}</h2>
      <p className="text-section">{says}</p>
      {steps.length > 0 && <PriceBars label={all} zone={zone} now={asked} span={span} prices={prices} />}
      <div className="grid gap-1 text-state">
        {lowest !== undefined && <p>{lowest}</p>}
        {highest !== undefined && <p>{highest}</p>}
        {until !== undefined && (
          <p className="text-muted">{t`Prices are known until ${untilWords(until, zone)}.`}</p>
        )}
      </div>
      {steps.length > 0 && <PriceTable title={title} zone={zone} prices={prices} />}
    </section>
  )
}

/** When today ends: the midnight within the two days. */
function midnightIn(zone: string, { from, to }: Pick<EnergyPrices, 'from' | 'to'>): number {
  const day = new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short' })
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  const today = day.format(begin)
  for (let at = begin; at < end; at += 900_000) if (day.format(at) !== today) return at
  return end
}

function whenWords(
  { from, to, price, currency }: { from: number; to: number; price: number; currency: string },
  zone: string,
): string {
  const clock = new Intl.DateTimeFormat(formatLocale(), {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
  })
  const [much, begin, end] = [priceWords(price, currency), clock.format(from), clock.format(to)]
  return t`${much}, from ${begin} to ${end}`
}
const untilWords = (at: string, zone: string): string =>
  new Intl.DateTimeFormat(formatLocale(), { timeZone: zone, dateStyle: 'medium', timeStyle: 'short' }).format(
    Date.parse(at),
  )
