import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** A link that looks like a button: it leads to another page. */
export function LinkButton({
  to,
  search,
  variant = 'plain',
  full,
  children,
}: {
  readonly to: string
  readonly search?: Readonly<Record<string, string>>
  readonly variant?: 'primary' | 'plain' | 'quiet'
  readonly full?: boolean
  readonly children: ReactNode
}) {
  const looks = {
    primary: 'bg-accent text-on-accent border-transparent hover:brightness-110',
    plain: 'bg-surface text-ink border-control hover:bg-surface-2',
    quiet: 'bg-transparent text-accent border-transparent hover:bg-surface-2',
  } as const
  return (
    <Link
      to={to}
      {...(search ? { search } : {})}
      className={cx(
        'press inline-flex min-h-11 items-center justify-center gap-2 rounded-control border px-4 py-2 text-card',
        looks[variant],
        full && 'w-full',
      )}
    >
      {children}
    </Link>
  )
}
