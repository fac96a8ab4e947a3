import type { ReactNode } from 'react'

/** One thing that can be asked for, in a box of its own. */
export function Part({
  id,
  title,
  badge,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly badge?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-card border border-line bg-surface p-4 md:p-6"
    >
      <h2 id={id} className="text-section">
        {title}
        {badge}
      </h2>
      {children}
    </section>
  )
}
