import type { ReactNode } from 'react'
import type { Tint } from '../../../ui/card.tsx'
import { Icon, type LucideIcon } from '../../../ui/icon.tsx'
import { Ring } from '../../../ui/ring.tsx'

/** The one word that says how it stands, large, with its icon; spoken when it changes. */
export function StatePlate({
  icon,
  tint,
  slow,
  children,
  note,
}: {
  readonly icon: LucideIcon
  readonly tint?: Tint | undefined
  readonly slow?: boolean
  readonly children: ReactNode
  readonly note?: ReactNode
}) {
  return (
    <div
      {...(tint ? { 'data-tint': tint } : {})}
      className={
        tint
          ? 'grid justify-items-center gap-3 rounded-card bg-tint p-6 text-center text-tint-ink'
          : 'grid justify-items-center gap-3 rounded-card bg-surface-2 p-6 text-center'
      }
    >
      <Ring show={slow ?? false}>
        <Icon of={icon} size={48} />
      </Ring>
      <p role="status" className="text-section">
        {children}
      </p>
      {note && <p className="text-state">{note}</p>}
    </div>
  )
}
