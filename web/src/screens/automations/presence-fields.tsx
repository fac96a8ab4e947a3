import { t } from '@lingui/core/macro'
import type { Whereabouts } from '@eaves/model/api'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { DurationField } from './fields.tsx'
import type { Known } from './known.ts'
import { whoName } from './names.ts'

export interface Presence {
  readonly kind: 'presence'
  readonly who: string
  readonly is: Whereabouts
  readonly forSeconds?: number | undefined
}
/** Who is meant, whether they are there or not, and for how long. */
export function PresenceFields({
  item,
  known,
  onChange,
}: {
  readonly item: Presence
  readonly known: Pick<Known, 'people' | keyof Known>
  readonly onChange: (item: Presence) => void
}) {
  const people = known.people ?? []
  const all = [...new Set(['anyone', 'everyone', ...people.map(({ id }) => id), item.who])]
  const { forSeconds: _held, ...rest } = item
  return (
    <>
      <Select
        label={t`Who`}
        value={item.who}
        options={all.map((id) => ({ id, name: whoName(known, id) }))}
        onChange={(who) => onChange({ ...item, who })}
      />
      <Segmented
        label={t`Home or away`}
        value={item.is}
        options={[
          { id: 'home', name: t`At home` },
          { id: 'away', name: t`Away` },
        ]}
        onChange={(is) => onChange({ ...item, is })}
      />
      <DurationField
        label={t`Only when it stays so for`}
        none={t`at once`}
        seconds={item.forSeconds}
        onChange={(seconds) => onChange(seconds === undefined ? rest : { ...rest, forSeconds: seconds })}
      />
    </>
  )
}
