import type { ReactNode } from 'react'

/** One part of a page under its heading, with what it is for in a sentence. */
export function Part({
  id,
  title,
  lead,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly lead?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <div className="grid gap-1">
        <h2 id={id} className="text-section">
          {title}
        </h2>
        {lead && <p className="text-state font-normal text-muted">{lead}</p>}
      </div>
      {children}
    </section>
  )
}
