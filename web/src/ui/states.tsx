import type { ReactNode, Ref } from 'react'
import { Icon, type LucideIcon } from './icon.tsx'

export interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
  /** 1 where it is the whole page. */
  readonly level?: 1 | 2
  /** For a page that comes unasked: the heading can then take the focus. */
  readonly headingRef?: Ref<HTMLHeadingElement>
}
export function EmptyState({ icon, title, children, action, level = 2, headingRef }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center">
      <span className="flex size-16 items-center justify-center rounded-sheet bg-surface-2 text-muted">
        <Icon of={icon} size={28} />
      </span>
      <Heading {...(headingRef ? { ref: headingRef, tabIndex: -1 } : {})} className="text-section">
        {title}
      </Heading>
      {children && <div className="text-body text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-3">{action}</div>}
    </div>
  )
}
