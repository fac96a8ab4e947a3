import { t } from '@lingui/core/macro'
import { Power } from 'lucide-react'
import type { CapabilityControl } from '../../data/control.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Ring } from '../../ui/ring.tsx'

/** One large round button: on and off. */
export function PowerButton({
  name,
  control,
}: {
  readonly name: string
  readonly control: CapabilityControl
}) {
  const on = control.shown.on === true
  return (
    <Ring show={control.slow}>
      <button
        type="button"
        aria-pressed={on}
        onClick={() => control.act(on ? 'turnOff' : 'turnOn')}
        disabled={control.blocked !== undefined}
        aria-label={t`${name} power`}
        className={cx(
          'press flex size-16 items-center justify-center rounded-pill border-2 disabled:opacity-50',
          on ? 'border-transparent bg-tint text-tint-ink' : 'border-control bg-surface text-muted',
        )}
      >
        <Icon of={Power} size={28} />
      </button>
    </Ring>
  )
}
