import { Navigate } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import { useCan, useCurrentHome, useHomes } from '../../data/homes.ts'
import { useMarkSeen } from '../../data/inbox.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { placeOf, type About } from './place.ts'

/** Where a notice leads for this person, in the home that it is of. */
export function usePlace(about: About): string | undefined {
  const current = useCurrentHome()
  const isOf = useHomes().data?.some(({ id }) => id === about.home) === true
  const home = about.home === undefined ? current?.id : isOf ? about.home : undefined
  return placeOf(about, { home, can: useCan(home) })
}

/** Leads on to what a notice is about that was pressed outside the app; the inbox where that says most. */
export function Opened({ about, children }: { readonly about: About; readonly children: ReactNode }) {
  const homes = useHomes()
  const place = usePlace(about)
  const { mutate: markSeen } = useMarkSeen()
  // What an automation says stands in the inbox, with its answers.
  const leads = place !== undefined && about.kind !== 'automation.says'
  const { at, kind, home } = about
  useEffect(() => {
    if (leads && at !== undefined) markSeen({ upTo: at, kind, ...(home === undefined ? {} : { home }) })
  }, [leads, at, kind, home, markSeen])
  if (leads) return <Navigate to={place} replace />
  return homes.data === undefined && !homes.error ? <BlockSkeleton /> : children
}
