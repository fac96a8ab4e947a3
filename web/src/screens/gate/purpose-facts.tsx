import { t } from '@lingui/core/macro'
import type { Gate } from '@eaves/model/api'
import { list } from '../../words/time.ts'

/** What, why, how long, who, and what a no costs: beside every optional switch. // pp.lb.3 */
export function PurposeFacts({
  id,
  purpose,
}: {
  readonly id: string
  readonly purpose: Gate['purposes'][number]
}) {
  const rows = [
    [t`What`, purpose.what],
    [t`Why`, purpose.why],
    [t`If you say no`, purpose.effectOfNo],
    [t`Kept`, purpose.keptFor],
    [t`Who gets it`, purpose.recipients.length === 0 ? t`Nobody else` : list(purpose.recipients)],
  ] as const
  return (
    <dl id={id} className="grid gap-2 text-state font-normal">
      {rows.map(([name, text]) => (
        <div key={name} className="grid gap-x-4 sm:grid-cols-[7rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
