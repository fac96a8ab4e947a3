import { SkipForward, Check, Minus, X } from 'lucide-react'
import { cx } from '../../ui/cx.ts'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import type { Tone } from './trace-words.ts'

const looks: Readonly<Record<Tone, { readonly icon: LucideIcon; readonly tint?: string }>> = {
  good: { icon: Check, tint: 'secure' },
  bad: { icon: X, tint: 'alert' },
  no: { icon: SkipForward, tint: 'warn' },
  quiet: { icon: Minus },
}
/** How it went, by a sign and not by colour alone; the words beside it say it. */
export function Dot({ tone }: { readonly tone: Tone }) {
  const { icon, tint } = looks[tone]
  return (
    <span
      {...(tint ? { 'data-tint': tint } : {})}
      className={cx(
        'inline-flex size-6 shrink-0 items-center justify-center rounded-pill',
        tint ? 'bg-tint text-tint-ink' : 'bg-surface-2 text-muted',
      )}
    >
      <Icon of={icon} size={14} />
    </span>
  )
}
