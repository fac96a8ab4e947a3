import { t } from '@lingui/core/macro'
import { sortOf, type Sort } from './generic.ts'
import { Folded } from './folded.tsx'
import { GenericCards } from './generic-card.tsx'
import type { PartProps } from './part-controls.tsx'
import { VendorRows } from './vendor-controls.tsx'

const categories = { use: 'state', settings: 'config', diagnostics: 'diagnostic' } as const

/** Everything else a part can do: for use at once, settings and diagnostics folded away. */
export function MoreControls(props: PartProps) {
  const { shape } = props
  const present = (sort: Sort): boolean =>
    Object.keys(shape?.capabilities ?? {}).some((capability) => sortOf(capability) === sort) ||
    Object.values(shape?.vendor ?? {}).some((attribute) => attribute.category === categories[sort])
  const rows = (sort: Sort) => (
    <>
      <GenericCards {...props} sort={sort} />
      <VendorRows {...props} category={categories[sort]} />
    </>
  )
  return (
    <div className="grid gap-4 empty:hidden">
      {present('use') && rows('use')}
      {present('settings') && <Folded title={t`Device options`}>{rows('settings')}</Folded>}
      {present('diagnostics') && <Folded title={t`Diagnostics`}>{rows('diagnostics')}</Folded>}
    </div>
  )
}
