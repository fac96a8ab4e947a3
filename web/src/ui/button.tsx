import type { ReactNode, Ref } from 'react'
import { Button as AriaButton, type ButtonProps as AriaProps } from 'react-aria-components/Button'
import { cx } from './cx.ts'
import { Icon, type LucideIcon } from './icon.tsx'

export interface ButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  readonly variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'tint'
  readonly icon?: LucideIcon
  readonly full?: boolean
  readonly children: ReactNode
  readonly ref?: Ref<HTMLButtonElement>
}
const looks = {
  primary: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-control hover:bg-surface-2',
  quiet: 'bg-transparent text-accent border-transparent hover:bg-surface-2',
  danger: 'bg-transparent text-alert border-current hover:bg-surface-2',
  tint: 'bg-transparent text-tint-ink border-current',
} as const

/** A verb. At least 44 px high. */
export function Button({ variant = 'plain', icon, full, children, ref, ...props }: ButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(ref ? { ref } : {})}
      className={cx(
        'press inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-4 py-2 text-card disabled:opacity-50',
        looks[variant],
        full && 'w-full',
      )}
    >
      {icon && <Icon of={icon} size={18} className="shrink-0" />}
      {children}
    </AriaButton>
  )
}

export interface IconButtonProps extends Omit<AriaProps, 'className' | 'children' | 'style'> {
  readonly icon: LucideIcon
  /** What it does, with what it does it to. */
  readonly label: string
  readonly variant?: 'quiet' | 'plain' | 'tint'
  readonly ref?: Ref<HTMLButtonElement>
}
const roundLooks = {
  quiet: 'bg-transparent text-ink border-transparent hover:bg-surface-2',
  plain: 'bg-surface text-ink border-control hover:bg-surface-2',
  tint: 'bg-transparent text-tint-ink border-current',
} as const
export function IconButton({ icon, label, variant = 'quiet', ref, ...props }: IconButtonProps) {
  return (
    <AriaButton
      {...props}
      {...(ref ? { ref } : {})}
      aria-label={label}
      className={cx(
        'press inline-flex size-11 shrink-0 items-center justify-center rounded-pill border disabled:opacity-50',
        roundLooks[variant],
      )}
    >
      <Icon of={icon} />
    </AriaButton>
  )
}
