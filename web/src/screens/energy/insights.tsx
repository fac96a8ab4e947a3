import type { EnergyInsight } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useInsights } from '../../data/energy.ts'
import { useEditMe, useMe } from '../../data/me.ts'
import { Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { withUnit } from '../../words/numbers.ts'
import { amountWords, money } from './words.ts'
import { formatLocale } from '../../words/formats.ts'

/** What stands out in the last weeks, in a sentence each, with the numbers behind it. */
export function Insights({
  home,
  zone,
  onDay,
}: {
  readonly home: string
  readonly zone: string
  readonly onDay: (date: string) => void
}) {
  const me = useMe()
  const edit = useEditMe()
  const { live } = useConnection()
  const chosen = edit.isPending ? edit.variables.insights : me.data?.insights
  const isOn = chosen !== false
  const { data } = useInsights(home, isOn && !me.isPending)
  if (isOn && (!data || data.insights.length === 0)) return null
  return (
    <section aria-labelledby="insights" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 id="insights" className="text-group">
          <Trans>What stands out in the last four weeks</Trans>
        </h2>
        {me.data && (
          <Switch
            selected={isOn}
            label={t`Show what stands out`}
            disabled={!live || edit.isPending}
            onChange={(insights) =>
              edit.mutate({ insights }, { onError: (error) => toasts.show(errorWords(error).title) })
            }
          />
        )}
      </div>
      {isOn && data ? (
        <List home={home} zone={zone} insights={data.insights} onDay={onDay} />
      ) : (
        <p className="text-state text-muted">
          <Trans>You have turned this off for yourself. Nothing of it is asked for.</Trans>
        </p>
      )}
    </section>
  )
}

function List({
  home,
  zone,
  insights,
  onDay,
}: {
  readonly home: string
  readonly zone: string
  readonly insights: readonly EnergyInsight[]
  readonly onDay: (date: string) => void
}) {
  const devices = useDevices(home).data
  const nameOf = (device: string) =>
    devices?.find(({ id }) => id === device)?.name ?? t`A device that is gone`
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
      {insights.map((insight) => {
        const { says, numbers } = wordsOf(insight, zone, nameOf)
        return (
          <li key={says} className="grid justify-items-start gap-1 py-3">
            <p className="text-card wrap-anywhere">{says}</p>
            <p className="tabular text-state text-muted">{numbers}</p>
            {insight.kind === 'dearest-hour' && (
              <Button variant="quiet" onPress={() => onDay(dateIn(zone, insight.start))}>
                <Trans>See that day</Trans>
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
const dateIn = (zone: string, at: string): string =>
  new Intl.DateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(Date.parse(at))

interface Said {
  readonly says: string
  readonly numbers: string
}
function wordsOf(insight: EnergyInsight, zone: string, nameOf: (device: string) => string): Said {
  if (insight.kind === 'base-load') return baseWords(insight)
  if (insight.kind === 'grown') return grownWords(insight, nameOf(insight.device))
  const when = new Intl.DateTimeFormat(formatLocale(), {
    ...{ timeZone: zone, dateStyle: 'medium', timeStyle: 'short' },
  }).format(Date.parse(insight.start))
  const [cost, amount] = [money(insight.cost, insight.currency), amountWords(insight.amount, 'kilowattHours')]
  return {
    says: t`The dearest hour cost ${cost}.`,
    numbers: t`From ${when} on: ${amount} drawn from the grid.`,
  }
}
function baseWords({ watts, nights, kilowattHours }: Extract<EnergyInsight, { kind: 'base-load' }>): Said {
  const base = withUnit(watts, 'W', 0)
  const yearly = amountWords(kilowattHours, 'kilowattHours')
  return {
    says: t`While all sleep, the home draws ${base}.`,
    numbers: t`The quietest hour of each of ${nights} nights; in a year that comes to ${yearly}.`,
  }
}
function grownWords(
  { percent, kilowattHours, before }: Extract<EnergyInsight, { kind: 'grown' }>,
  name: string,
): Said {
  const more = new Intl.NumberFormat(formatLocale(), { style: 'percent', maximumFractionDigits: 0 }).format(
    percent / 100,
  )
  const [now, was] = [amountWords(kilowattHours, 'kilowattHours'), amountWords(before, 'kilowattHours')]
  return {
    says: t`${name} used ${more} more than in the four weeks before.`,
    numbers: t`${now} after ${was}.`,
  }
}
