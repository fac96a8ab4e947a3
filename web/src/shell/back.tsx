import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'

/** The way up, named after where it leads. */
export function Back({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link
      to={to}
      className="-ms-2 inline-flex min-h-11 max-w-full items-center gap-1 justify-self-start rounded-control px-2 text-card text-accent"
    >
      <Icon of={ChevronLeft} size={18} className="rtl:-scale-x-100" />
      {children}
    </Link>
  )
}
