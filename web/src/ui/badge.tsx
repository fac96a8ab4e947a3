import type { ReactNode } from 'react'

export function Badge({ children }: { readonly children: ReactNode }) {
  return (
    <span className="ms-2 inline-block rounded-pill bg-accent px-2 align-[0.1em] text-caption text-on-accent">
      {children}
    </span>
  )
}
