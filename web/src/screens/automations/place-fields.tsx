import { t } from '@lingui/core/macro'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { DurationField } from './fields.tsx'
import type { Known } from './known.ts'
import { placeName, whoName } from './names.ts'

interface AtPlace {
  readonly kind: 'place'
  readonly who: string
  readonly place: string
  readonly is: 'there' | 'elsewhere'
  readonly forSeconds?: number | undefined
}
/** Who is meant, which place, whether they are there or not, and for how long. */
export function PlaceFields({
  item,
  known,
  onChange,
}: {
  readonly item: AtPlace
  readonly known: Known
  readonly onChange: (item: AtPlace) => void
}) {
  const { people = [], places = [] } = known
  const all = [...new Set(['anyone', 'everyone', ...people.map(({ id }) => id), item.who])]
  const those = [...new Set([...places.map(({ id }) => id), item.place])]
  const { forSeconds: _held, ...rest } = item
  return (
    <>
      <Select
        label={t`Who`}
        value={item.who}
        options={all.map((id) => ({ id, name: whoName(known, id) }))}
        onChange={(who) => onChange({ ...item, who })}
      />
      <Select
        label={t`Place`}
        value={item.place}
        options={those.map((id) => ({ id, name: placeName(known, id) }))}
        onChange={(place) => onChange({ ...item, place })}
      />
      <Segmented
        label={t`There or not`}
        value={item.is}
        options={[
          { id: 'there', name: t`There` },
          { id: 'elsewhere', name: t`Not there` },
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
