import { t } from '@lingui/core/macro'
import { Droplets, Thermometer, Zap } from 'lucide-react'
import type { HomeFacts } from '../../devices/facts.ts'
import type { Tint } from '../../ui/card.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { celsius, formatAttribute, percent } from '../../words/numbers.ts'

interface Summary {
  readonly icon: LucideIcon
  readonly tint: Tint
  readonly value: string
  readonly name: string
}
/** The house in a few figures; one that nothing measures is absent. */
export function Summaries({ facts }: { readonly facts: HomeFacts }) {
  const all: (Summary | false)[] = [
    facts.celsius !== undefined && {
      icon: Thermometer,
      tint: 'heat',
      value: celsius(facts.celsius),
      name: t`Indoors`,
    },
    facts.humidity !== undefined && {
      icon: Droplets,
      tint: 'cool',
      value: percent(facts.humidity),
      name: t`Humidity`,
    },
    facts.watts !== undefined && {
      icon: Zap,
      tint: 'energy',
      value: formatAttribute('power', 'watts', facts.watts),
      name: t`Power now`,
    },
  ]
  const shown = all.filter((summary) => summary !== false)
  if (shown.length === 0) return null
  return (
    <dl className="-my-2 grid grid-cols-[repeat(auto-fit,minmax(min(6.5rem,100%),1fr))] gap-3 sm:flex sm:flex-wrap sm:gap-x-8">
      {shown.map((summary) => (
        <div
          key={summary.name}
          className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 sm:gap-x-3"
        >
          <dt className="col-start-2 row-start-2 text-caption text-muted">{summary.name}</dt>
          <dd className="tabular col-start-2 row-start-1 text-card">{summary.value}</dd>
          <dd
            aria-hidden
            data-tint={summary.tint}
            className="col-start-1 row-span-2 row-start-1 flex size-9 items-center justify-center rounded-pill bg-tint text-tint-ink"
          >
            <Icon of={summary.icon} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
