import { ChevronDown } from 'lucide-react'
import { Icon } from './icon.tsx'

/** Where a select will be, in its final geometry and with its value, while its part of the app is on the way. */
export function SelectShape({
  label,
  text,
  hint,
}: {
  readonly label: string | undefined
  readonly text: string
  readonly hint?: string | undefined
}) {
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5">
      {label !== undefined && <span className="text-card">{label}</span>}
      <span className="flex min-h-12 w-full items-center justify-between gap-2 rounded-control border border-control bg-surface px-3 text-start text-body text-ink">
        <span className="truncate">{text}</span>
        <Icon of={ChevronDown} size={18} className="shrink-0 text-muted" />
      </span>
      {hint && <span className="text-state font-normal text-muted">{hint}</span>}
    </div>
  )
}
