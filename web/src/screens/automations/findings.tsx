import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationFinding } from '@eaves/model/api'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { Icon } from '../../ui/icon.tsx'
import { findingWords } from './finding-words.ts'

const icons = { error: CircleAlert, warning: TriangleAlert, hint: Info } as const
const tints = { error: 'text-alert', warning: 'text-warn', hint: 'text-muted' } as const
const weight = { error: 0, warning: 1, hint: 2 } as const

/** What a look over an automation found, the weightiest first; what is saved stays saved. */
export function Findings({
  findings,
  nameOfAutomation,
  nameOfDevice,
  onGo,
}: {
  readonly findings: readonly AutomationFinding[]
  readonly nameOfAutomation: (id: string) => string | undefined
  readonly nameOfDevice: (id: string) => string | undefined
  /** Goes to where it stands in the sentence. */
  readonly onGo?: ((at: string) => void) | undefined
}) {
  if (findings.length === 0)
    return (
      <p className="text-muted">
        <Trans>Nothing looks wrong.</Trans>
      </p>
    )
  const nameOf = (of: (id: string) => string | undefined, id: string | undefined): string | undefined =>
    id === undefined ? undefined : of(id)
  return (
    <ul className="grid gap-3" aria-label={t`What looks wrong`}>
      {findings
        .toSorted((a, b) => weight[a.severity] - weight[b.severity])
        .map((finding) => {
          const { code, severity, at, other, device } = finding
          const [what, todo] = findingWords(finding, {
            other: nameOf(nameOfAutomation, other),
            device: nameOf(nameOfDevice, device),
          })
          return (
            <li key={`${code} ${at} ${other ?? ''} ${device ?? ''}`} className="flex gap-3">
              <Icon of={icons[severity]} className={`mt-0.5 shrink-0 ${tints[severity]}`} />
              <div className="min-w-0">
                <p className="wrap-anywhere">{what}</p>
                <p className="text-state text-muted">{todo}</p>
                {onGo !== undefined && at !== 'author' && (
                  <button
                    type="button"
                    className="min-h-11 text-state text-accent underline"
                    onClick={() => onGo(at)}
                  >
                    <Trans>Show where</Trans>
                  </button>
                )}
              </div>
            </li>
          )
        })}
    </ul>
  )
}
