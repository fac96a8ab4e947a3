import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AgeBand } from '@eaves/model'
import { Select } from '../../ui/select.tsx'
import { ageName, ages } from '../../words/later/ages.ts'

/** Asked of everybody in the same words; nothing is chosen beforehand, and nothing says what an answer leads to. // pp.6 */
export function Age({
  value,
  isMissing,
  onChange,
}: {
  readonly value: AgeBand | undefined
  readonly isMissing: boolean
  readonly onChange: (age: AgeBand) => void
}) {
  return (
    <section className="grid gap-2">
      <Select
        label={t`How old are you?`}
        placeholder={t`Choose`}
        value={value}
        onChange={onChange}
        options={ages.map((id) => ({ id, name: ageName(id) }))}
      />
      {isMissing && (
        <p role="alert" className="text-state text-alert">
          <Trans>Please choose your age.</Trans>
        </p>
      )}
      <p className="text-state font-normal text-muted">
        <Trans>
          It says which rules for young people apply to you. The group is kept with your account, a date of
          birth is not asked for, and it is used for nothing else.
        </Trans>
      </p>
    </section>
  )
}
