import { Link } from '@tanstack/react-router'
import type { CSSProperties, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type LucideIcon } from './icon.tsx'
import { Ring } from './ring.tsx'

export type Tint = 'light' | 'heat' | 'cool' | 'secure' | 'energy' | 'media' | 'alert' | 'warn' | 'hue'
export interface CardProps {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  /** The device's id: focus comes back here when its panel closes. */
  readonly id?: string
  readonly icon: LucideIcon
  readonly name: string
  /** Spoken name: device and room. */
  readonly label: string
  readonly state: ReactNode
  /** A third line, only for stale or battery. */
  readonly note?: ReactNode
  /** The one control, top end. */
  readonly control?: ReactNode
  readonly badge?: ReactNode
  readonly tint?: Tint | undefined
  readonly hue?: number | undefined
  readonly faded?: boolean
  readonly ring?: boolean
  readonly current?: boolean
}

/** A device: the body opens its detail, the control acts; the one never does the other's work. */
export function Card({
  to,
  search,
  id,
  icon,
  name,
  label,
  state,
  note,
  control,
  badge,
  tint,
  hue,
  faded,
  ring,
  current,
}: CardProps) {
  return (
    <article
      {...(tint ? { 'data-tint': tint } : {})}
      {...(hue === undefined ? {} : { style: { '--hue': hue } as CSSProperties })}
      className={cx(
        'press relative flex min-h-32 flex-col justify-between rounded-card border p-4',
        tint ? 'bg-tint border-transparent forced-colors:border-[CanvasText]' : 'bg-surface border-line',
        current && 'ring-2 ring-accent',
        faded && 'saturate-[.35]',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <span className={cx('-ms-0.5 inline-flex', tint ? 'text-tint-ink' : 'text-muted')}>
          <Ring show={ring ?? false}>
            <Icon of={icon} size={28} />
          </Ring>
        </span>
        {control && <div className="relative z-10 -my-2 -me-1 flex">{control}</div>}
      </div>
      <div className="mt-3 min-w-0">
        <h3 className="line-clamp-2 text-card wrap-anywhere text-ink">
          <Link
            to={to}
            {...(search ? { search } : {})}
            {...(id ? { id: `card-${id}` } : {})}
            aria-label={label}
            className="after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{name}</bdi>
          </Link>
          {badge}
        </h3>
        <p className={cx('tabular text-state', tint ? 'text-tint-ink' : 'text-muted')}>{state}</p>
        {note && <p className="mt-0.5 text-caption text-muted">{note}</p>}
      </div>
    </article>
  )
}
