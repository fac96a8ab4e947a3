import { Trans } from '@lingui/react/macro'
import { ShieldCheck } from 'lucide-react'
import { Icon } from './icon.tsx'

export interface NoticeProps {
  readonly id?: string
  readonly mandatory: string
  readonly why: string
  readonly keptFor: string
  readonly recipients: readonly string[]
}
/** What stands beside a field that asks for something personal: whether one must give it, why, how long, who gets it. // pp.lb.3 */
export function Notice({ id, mandatory, why, keptFor, recipients }: NoticeProps) {
  return (
    <div
      {...(id ? { id } : {})}
      data-notice
      className="flex gap-3 rounded-control bg-surface-2 p-3 text-state font-normal text-muted"
    >
      <Icon of={ShieldCheck} size={18} className="mt-0.5 shrink-0" />
      <div className="grid gap-1">
        <p className="text-ink">{why}</p>
        <p>{mandatory}</p>
        <p>
          <Trans>Kept: {keptFor}</Trans>
        </p>
        <p>
          {recipients.length === 0 ? (
            <Trans>Nobody else gets it.</Trans>
          ) : (
            <Trans>Who gets it: {recipients.join(', ')}</Trans>
          )}
        </p>
      </div>
    </div>
  )
}
