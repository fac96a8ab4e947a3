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
  readonly known: Known
  readonly onChange: (item: Presence) => void
}) {
  return (
    <>
      <WhoField known={known} who={item.who} onChange={(who) => onChange({ ...item, who })} />
      <Segmented
        label={t`Home or away`}
        value={item.is}
        options={[
          { id: 'home', name: t`At home` },
          { id: 'away', name: t`Away` },
        ]}
        onChange={(is) => onChange({ ...item, is })}
      />
      <StaysField item={item} onChange={onChange} />
    </>
  )
}

/** One person, anyone or everyone; one who is gone stays to be seen. */
export function WhoField({
  known,
  who,
  onChange,
}: {
  readonly known: Known
  readonly who: string
  readonly onChange: (who: string) => void
}) {
  const all = [...new Set(['anyone', 'everyone', ...(known.people ?? []).map(({ id }) => id), who])]
  return (
    <Select
      label={t`Who`}
      value={who}
      options={all.map((id) => ({ id, name: whoName(known, id) }))}
      onChange={onChange}
    />
  )
}
/** How long it has to stay so; left out it counts at once. */
export function StaysField<T extends { readonly forSeconds?: number | undefined }>({
  item,
  onChange,
}: {
  readonly item: T
  readonly onChange: (item: T) => void
}) {
  const { forSeconds: _held, ...rest } = item
  return (
    <DurationField
      label={t`Only when it stays so for`}
      none={t`at once`}
      seconds={item.forSeconds}
      onChange={(seconds) => onChange((seconds === undefined ? rest : { ...rest, forSeconds: seconds }) as T)}
    />
  )
}
