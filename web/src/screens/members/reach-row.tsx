import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { X } from 'lucide-react'
import { IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Name } from '../../ui/name.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { levelName } from '../../words/later/members.ts'
import type { Level, ReachRow } from './reach-model.ts'

const levels: readonly Level[] = ['none', 'look', 'use']
export interface ReachRowProps {
  readonly name: string
  readonly hint?: string | undefined
  readonly level: Level
  readonly row: ReachRow | undefined
  /** Which further acts can be given here; those that the role never has are absent. */
  readonly extras: { readonly history: boolean; readonly pictures: boolean }
  readonly onChange: (change: Partial<ReachRow>) => void
  readonly onRemove?: () => void
}
/** One room, kind or device, and how much of it somebody gets. */
export function ReachRowEditor({ name, hint, level, row, extras, onChange, onRemove }: ReachRowProps) {
  return (
    <li className="grid gap-2 p-4">
      <div className="grid items-center gap-x-4 gap-y-2 sm:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex items-center justify-between gap-2">
          <div className="min-w-0">
            <p className="text-card">
              <Name of={name} lines={2} />
            </p>
            {hint !== undefined && <p className="text-state font-normal text-muted">{hint}</p>}
          </div>
          {onRemove && <IconButton icon={X} label={t`No exception for ${name}`} onPress={onRemove} />}
        </div>
        <Segmented
          label={t`What they get of ${name}`}
          value={level}
          onChange={(next) => onChange({ level: next })}
          options={levels.map((id) => ({ id, name: levelName(id) }))}
        />
      </div>
      {level !== 'none' && row !== undefined && (extras.history || extras.pictures) && (
        <div className="flex flex-wrap gap-x-6">
          {extras.history && (
            <Checkbox selected={row.history} onChange={(history) => onChange({ history })}>
              <Trans>Its history</Trans>
            </Checkbox>
          )}
          {extras.pictures && (
            <Checkbox selected={row.pictures} onChange={(pictures) => onChange({ pictures })}>
              <Trans>Pictures of its cameras</Trans>
            </Checkbox>
          )}
        </div>
      )}
    </li>
  )
}
