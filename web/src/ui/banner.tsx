import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Icon, type LucideIcon } from './icon.tsx'

export interface BannerProps {
  readonly tone?: 'alert' | 'warn' | 'calm'
  readonly icon?: LucideIcon
  readonly children: ReactNode
  readonly action?: ReactNode
}
const icons = { alert: CircleAlert, warn: TriangleAlert, calm: Info } as const

export function Banner({ tone = 'calm', icon, children, action }: BannerProps) {
  return (
    <div
      {...(tone === 'calm' ? {} : { 'data-tint': tone })}
      className={cx(
        'fade-in flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 rounded-card px-4 py-2 text-card',
        tone === 'calm' ? 'bg-surface-2 text-ink' : 'bg-tint text-ink',
      )}
    >
      <Icon
        of={icon ?? icons[tone]}
        className={tone === 'calm' ? 'shrink-0 text-muted' : 'shrink-0 text-tint-ink'}
      />
      <div className="min-w-0 grow basis-48 py-1 wrap-anywhere">{children}</div>
      {action}
    </div>
  )
}
