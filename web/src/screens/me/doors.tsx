import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'

/** Leads to a page of its own, and says what is there. */
export function Door({
  to,
  icon,
  name,
  hint,
}: {
  readonly to: string
  readonly icon: LucideIcon
  readonly name: string
  readonly hint?: string
}) {
  return (
    <li>
      <Link
        to={to}
        className="flex min-h-16 items-center gap-4 rounded-card px-4 py-2 outline-offset-[-2px] hover:bg-surface-2"
      >
        <Icon of={icon} className="shrink-0 text-muted" />
        <span className="grid min-w-0 flex-1">
          <span className="text-card">{name}</span>
          {hint !== undefined && <span className="text-state font-normal text-muted">{hint}</span>}
        </span>
        <Icon of={ChevronRight} size={18} className="shrink-0 text-muted rtl:-scale-x-100" />
      </Link>
    </li>
  )
}
export const Doors = ({ children }: { readonly children: ReactNode }) => (
  <ul className="divide-y divide-line rounded-card border border-line bg-surface">{children}</ul>
)
