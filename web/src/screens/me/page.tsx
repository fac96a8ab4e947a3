import { t } from '@lingui/core/macro'
import type { ReactNode } from 'react'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'

/** The frame of every page under Me. */
export function Page({
  title,
  lead,
  up = { to: paths.me, name: t`Me` },
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  /** Where it leads back to. */
  readonly up?: { readonly to: string; readonly name: string }
  readonly children: ReactNode
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={up.to}>{up.name}</Back>
        <h1 className="text-display">{title}</h1>
        {lead && <p className="text-body text-muted">{lead}</p>}
      </header>
      {children}
    </div>
  )
}
export function Rows({ children }: { readonly children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-card border border-line bg-surface">{children}</ul>
}
/** What it says keeps a readable width: where that is not left beside the action, the action goes below. */
export function Row({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 p-4">
      <div className="grid min-w-0 flex-[1_1_12rem] grid-cols-[minmax(0,1fr)] gap-0.5 wrap-anywhere">
        {children}
      </div>
      {action}
    </li>
  )
}
