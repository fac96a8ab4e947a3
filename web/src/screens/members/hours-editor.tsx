import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Hours } from '@eaves/model'
import { Plus, Trash2 } from 'lucide-react'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup'
import { Button, IconButton } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/field.tsx'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { hoursInWords, weekday } from '../../words/later/hours.ts'
import { crossesMidnight, isTime } from './wall-time.ts'

const week = [1, 2, 3, 4, 5, 6, 7] as const
const mostWindows = 50
const fresh: Hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }

/** When somebody's access is open: days of the week with a beginning and an end, as the clocks of the home show them. */
export function HoursEditor({
  hours,
  zone,
  onChange,
}: {
  readonly hours: readonly Hours[]
  readonly zone: string
  readonly onChange: (hours: readonly Hours[]) => void
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {hours.length === 0 && (
        <p className="text-muted">
          <Trans>At any hour, every day.</Trans>
        </p>
      )}
      {hours.map((window, i) => (
        <Window
          // Windows have no identity of their own; their place is it.
          key={i}
          window={window}
          onChange={(next) => onChange(hours.map((each, k) => (k === i ? next : each)))}
          onRemove={() => onChange(hours.filter((_, k) => k !== i))}
        />
      ))}
      {hours.length < mostWindows && (
        <div>
          <Button icon={Plus} onPress={() => onChange([...hours, fresh])}>
            {hours.length === 0 ? <Trans>Only at certain hours</Trans> : <Trans>Add more hours</Trans>}
          </Button>
        </div>
      )}
      {hours.length > 0 && (
        <p className="text-state font-normal text-muted">
          <Trans>Times are those of the home ({zone.replaceAll('_', ' ')}), wherever their phone is.</Trans>
        </p>
      )}
    </div>
  )
}

function Window({
  window,
  onChange,
  onRemove,
}: {
  readonly window: Hours
  readonly onChange: (window: Hours) => void
  readonly onRemove: () => void
}) {
  const { days, from, to } = window
  const isWhole = isTime(from) && isTime(to) && days.length > 0
  return (
    <div
      role="group"
      aria-label={isWhole ? hoursInWords([window]) : t`Hours`}
      className="grid gap-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="flex items-start justify-between gap-3">
        <ToggleButtonGroup
          aria-label={t`Days`}
          selectionMode="multiple"
          selectedKeys={days}
          onSelectionChange={(keys) =>
            onChange({ ...window, days: [...keys].map(Number).toSorted((a, b) => a - b) })
          }
          className="flex flex-wrap gap-1.5"
        >
          {week.map((day) => (
            <ToggleButton
              key={day}
              id={day}
              className={({ isSelected }) =>
                cx(
                  'press min-h-11 min-w-11 rounded-control border px-2 text-state',
                  isSelected
                    ? 'border-accent bg-accent text-on-accent forced-colors:bg-[Highlight]'
                    : 'border-control bg-surface text-ink',
                )
              }
            >
              <span aria-hidden>{weekday(day, 'short')}</span>
              <VisuallyHidden>{weekday(day)}</VisuallyHidden>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <IconButton icon={Trash2} label={t`Remove these hours`} onPress={onRemove} />
      </div>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label={t`From`}
          type="time"
          value={from}
          onChange={(next) => onChange({ ...window, from: next })}
        />
        <TextField
          label={t`To`}
          type="time"
          value={to}
          onChange={(next) => onChange({ ...window, to: next })}
        />
      </div>
      {!isWhole ? (
        <p className="text-state text-alert">
          <Trans>Choose at least one day, and both times.</Trans>
        </p>
      ) : (
        crossesMidnight(window) && (
          <p className="text-state font-normal text-muted">
            {from === to ? (
              <Trans>
                Runs around the clock: until the same time on the next day. The days are those on which it
                begins.
              </Trans>
            ) : (
              <Trans>Runs past midnight into the next day. The days are those on which it begins.</Trans>
            )}
          </p>
        )
      )}
    </div>
  )
}
