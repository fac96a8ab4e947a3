import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Region as RegionId } from '@eaves/model'
import { Select } from '../../ui/select.tsx'
import { regionName } from '../../words/regions.ts'

const regions = ['other', 'EU', 'CN', 'US'] as const satisfies readonly RegionId[]

/** Which law reads the documents. Nothing is guessed from the device; the strictest reading holds until the person says otherwise. */
export function Region({
  value,
  onChange,
}: {
  readonly value: RegionId
  readonly onChange: (region: RegionId) => void
}) {
  return (
    <section className="grid gap-2">
      <Select
        label={t`Where you live`}
        value={value}
        onChange={onChange}
        options={regions.map((id) => ({ id, name: regionName(id) }))}
      />
      <p className="text-state font-normal text-muted">
        <Trans>
          It decides which law is named on your records. “Elsewhere” takes the strictest of them. It is kept
          with your agreement and used for nothing else.
        </Trans>
      </p>
    </section>
  )
}
