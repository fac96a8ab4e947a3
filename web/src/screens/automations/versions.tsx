import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationVersionView, AutomationView } from '@eaves/model/api'
import { useState } from 'react'
import { useChangeAutomations, useVersions } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { dateAndTime } from '../../words/time.ts'
import { changesBetween, type Change } from './diff.ts'
import type { Names } from './names.ts'
import { sentenceOf } from './sentence.ts'
import { bodyOf } from './shape.ts'

interface VersionsProps {
  readonly home: string
  readonly automation: AutomationView
  readonly names: Names
  readonly mayEdit: boolean
  /** It reads as it did before; the form takes it. */
  readonly onReverted: (automation: AutomationView) => void
}
/** How it read at each save, what became different, and the way back. */
export function Versions(props: VersionsProps) {
  const [open, setOpen] = useState(false)
  return (
    <Disclosure title={t`Versions`} open={open} onChange={setOpen}>
      {open && <All {...props} />}
    </Disclosure>
  )
}
function All({ home, automation, names, mayEdit, onReverted }: VersionsProps) {
  const versions = useVersions(home, automation.id)
  const { revert } = useChangeAutomations(home)
  const { live } = useConnection()
  if (versions.data === undefined)
    return versions.error ? <QueryError error={versions.error} retry={versions.refetch} /> : <BlockSkeleton />
  const back = ({ version }: AutomationVersionView): void =>
    revert.mutate(
      { automation: automation.id, version },
      {
        onSuccess: (view) => {
          onReverted(view)
          toasts.show(t`It reads again as in version ${version}.`)
        },
      },
    )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Failure error={revert.error} />
      <ol className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {versions.data.map((each, at) => {
          const older = versions.data[at + 1]
          return (
            <li key={each.version} className="grid grid-cols-[minmax(0,1fr)] gap-2 py-3">
              <p className="text-card">
                {t`Version ${each.version}`}
                <span className="tabular text-state text-muted"> · {dateAndTime(each.at)}</span>
              </p>
              <p className="text-state wrap-anywhere text-muted">{sentenceOf(each, names)}</p>
              {older !== undefined && (
                <Changes changes={changesBetween(bodyOf(older), bodyOf(each), names)} />
              )}
              {mayEdit && each.version !== automation.version && (
                <div>
                  <Button isDisabled={!live || revert.isPending} onPress={() => back(each)}>
                    {t`Revert to version ${each.version}`}
                  </Button>
                </div>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
const signs = { added: '+', removed: '−', changed: '~' } as const
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const names = { added: t`added`, removed: t`removed`, changed: t`changed` }
  if (changes.length === 0)
    return (
      <p className="text-state text-muted">
        <Trans>Nothing was changed.</Trans>
      </p>
    )
  return (
    <ul className="grid gap-1 text-state">
      {changes.map(({ kind, text }) => (
        <li key={kind + text} className="grid grid-cols-[auto_minmax(0,1fr)] gap-2 wrap-anywhere">
          <span role="img" aria-label={names[kind]} className="w-4 text-center text-muted">
            {signs[kind]}
          </span>
          {text}
        </li>
      ))}
    </ul>
  )
}
