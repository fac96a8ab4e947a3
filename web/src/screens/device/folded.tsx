import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Icon } from '../../ui/icon.tsx'

/** A part of the page that opens on request. */
export function Folded({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="group rounded-card bg-surface-2 px-4">
      <summary className="flex min-h-12 cursor-pointer list-none items-center justify-between text-card">
        {title}
        <Icon
          of={ChevronRight}
          className="text-muted transition-[rotate] duration-200 group-open:rotate-90"
        />
      </summary>
      <div className="grid gap-4 pb-4">{children}</div>
    </details>
  )
}
