import type { ReactNode } from 'react'
import { Back } from '../../shell/back.tsx'
import { useTitle } from '../../shell/title.ts'
import { Name } from '../../ui/name.tsx'

/** The frame of every page about the people of a home. */
export function Page({
  title,
  lead,
  back,
  wide,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly back: { readonly to: string; readonly name: string }
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  useTitle(title)
  return (
    <div
      className={
        wide ? 'grid grid-cols-[minmax(0,1fr)] gap-8' : 'grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8'
      }
    >
      <header className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <Back to={back.to}>
          <Name of={back.name} />
        </Back>
        <h1 className="text-display">
          <Name of={title} lines={2} />
        </h1>
        {lead && <div className="text-body text-muted">{lead}</div>}
      </header>
      {children}
    </div>
  )
}
