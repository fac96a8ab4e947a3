import { cx } from './cx.ts'

const looks = {
  primary: 'bg-accent text-on-accent border-transparent hover:brightness-110',
  plain: 'bg-surface text-ink border-control hover:bg-surface-2',
  quiet: 'bg-transparent text-accent border-transparent hover:bg-surface-2',
  danger: 'bg-transparent text-alert border-current hover:bg-surface-2',
  tint: 'bg-transparent text-tint-ink border-current',
} as const
const roundLooks = {
  quiet: 'bg-transparent text-ink border-transparent hover:bg-surface-2',
  plain: 'bg-surface text-ink border-control hover:bg-surface-2',
  tint: 'bg-transparent text-tint-ink border-current',
} as const
export type ButtonVariant = keyof typeof looks
export type IconButtonVariant = keyof typeof roundLooks

export const buttonLook = (variant: ButtonVariant, full: boolean | undefined): string =>
  cx(
    'press inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-4 py-2 text-card disabled:opacity-50',
    looks[variant],
    full && 'w-full',
  )
export const iconButtonLook = (variant: IconButtonVariant): string =>
  cx(
    'press inline-flex size-11 shrink-0 items-center justify-center rounded-pill border disabled:opacity-50',
    roundLooks[variant],
  )
