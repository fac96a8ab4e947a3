import { t } from '@lingui/core/macro'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import type { Known } from './known.ts'
import { placeName } from './names.ts'
import { StaysField, WhoField } from './presence-fields.tsx'

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
  const { places = [] } = known
  const those = [...new Set([...places.map(({ id }) => id), item.place])]
  return (
    <>
      <WhoField known={known} who={item.who} onChange={(who) => onChange({ ...item, who })} />
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
      <StaysField item={item} onChange={onChange} />
    </>
  )
}
