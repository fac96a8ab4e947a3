import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { OwnMode } from '@eaves/model/api'
import { useModeChanges } from '../../data/modes.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Part } from '../../ui/part.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { modeName } from '../../words/later/modes.ts'
import { useByWords } from './by.ts'
import { modeIcon } from './icons.ts'

/** When the mode has changed, and who or what set it. */
export function Changes({ home, own }: { readonly home: string; readonly own: readonly OwnMode[] }) {
  const { data, error, refetch } = useModeChanges(home)
  const by = useByWords(home)
  return (
    <Part id="mode-changes" title={t`Before`} lead={<Trans>Kept for a month.</Trans>}>
      {data === undefined ? (
        error ? (
          <QueryError error={error} retry={refetch} />
        ) : (
          <BlockSkeleton />
        )
      ) : data.length === 0 ? (
        <p className="text-body text-muted">
          <Trans>It has not changed yet.</Trans>
        </p>
      ) : (
        <ul className="grid">
          {data.map(({ mode, at, person, automation }, i) => (
            <li key={`${at}-${i}`} className="flex min-h-11 items-center gap-3 border-b border-line py-2">
              <span className="text-muted">
                <Icon of={modeIcon(mode)} size={18} />
              </span>
              <span className="grid min-w-0">
                <bdi className="text-card wrap-anywhere">{modeName(mode, own) ?? t`a mode that is gone`}</bdi>
                <span className="text-state wrap-anywhere text-muted">
                  {at !== undefined && by({ at, person, automation })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Part>
  )
}
