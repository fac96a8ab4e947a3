import { t } from '@lingui/core/macro'
import type { DeviceView, PartView } from '@eaves/model'
import { Power } from 'lucide-react'
import type { CSSProperties } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { ToggleButton } from 'react-aria-components/ToggleButton'
import { useControl, type CapabilityControl } from '../../data/control.ts'
import { useRights } from '../../data/rights.ts'
import { cardNote, cardState, spokenName } from '../../devices/state.ts'
import { switchParts } from '../../devices/facts.ts'
import { iconOf } from '../../devices/icons.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Ring } from '../../ui/ring.tsx'

interface WallCardProps {
  readonly home: string
  readonly device: DeviceView
  readonly onOpen: () => void
}
/** A device on the wall: the body opens its controls, the round button switches it. */
export function WallCard(props: WallCardProps) {
  const parts = switchParts(props.device)
  const [part] = parts
  return part && parts.length === 1 ? <Switched {...props} part={part} /> : <Plain {...props} />
}

function Switched({ part, ...props }: WallCardProps & { readonly part: PartView }) {
  const control = useControl(props.device, part, 'onOff')
  return <Plain {...props} control={control} />
}

function Plain({ home, device, onOpen, control }: WallCardProps & { readonly control?: CapabilityControl }) {
  const on = control?.shown.on as boolean | undefined
  const state = cardState(device, on)
  const note = cardNote(device)
  const mayAct = useRights(home)(device).commands('onOff')
  const name = spokenName(device)
  const { tint } = state
  return (
    <article
      {...(tint ? { 'data-tint': tint } : {})}
      {...(state.hue === undefined ? {} : { style: { '--hue': state.hue } as CSSProperties })}
      className={cx(
        'press relative flex min-h-36 flex-col justify-between gap-3 rounded-card border p-4',
        tint ? 'border-transparent bg-tint forced-colors:border-[CanvasText]' : 'border-line bg-surface',
        (!device.online || device.stale === true) && 'saturate-[.35]',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <span className={cx('inline-flex', tint ? 'text-tint-ink' : 'text-muted')}>
          <Ring show={control?.slow ?? false}>
            <Icon of={iconOf(device, on)} size={32} />
          </Ring>
        </span>
        {control && mayAct && device.online && device.guarded !== true && (
          <ToggleButton
            isSelected={on === true}
            onChange={(next) => control.act(next ? 'turnOn' : 'turnOff')}
            isDisabled={control.blocked !== undefined}
            aria-label={t`${name} power`}
            className={cx(
              'press relative z-10 -mt-1 -me-1 flex size-15 items-center justify-center rounded-pill border-2 disabled:opacity-50',
              on === true ? 'border-tint-ink text-tint-ink' : 'border-control text-muted',
            )}
          >
            <Icon of={Power} size={24} />
          </ToggleButton>
        )}
      </div>
      <div className="min-w-0">
        <h3 className="text-card">
          <AriaButton
            // The whole card is its target.
            data-body
            onPress={onOpen}
            aria-label={`${name}: ${state.text}`}
            className="line-clamp-2 text-start wrap-anywhere text-ink after:absolute after:inset-0 after:rounded-card"
          >
            {device.name}
          </AriaButton>
        </h3>
        <p className={cx('tabular text-state', tint ? 'text-tint-ink' : 'text-muted')}>{state.text}</p>
        {note && <p className="mt-0.5 text-caption text-muted">{note}</p>}
      </div>
    </article>
  )
}
