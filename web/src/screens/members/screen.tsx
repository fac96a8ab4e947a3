import { useLocation, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { MemberList } from './list.tsx'

const Detail = lazy(async () => ({ default: (await import('./detail.tsx')).Detail }))
const Invite = lazy(async () => ({ default: (await import('./invite.tsx')).Invite }))
const HandOver = lazy(async () => ({ default: (await import('./owner.tsx')).Owner }))
const ViewAs = lazy(async () => ({ default: (await import('./view-as.tsx')).ViewAsPage }))
const OwnPlace = lazy(async () => ({ default: (await import('./own-place.tsx')).OwnPlace }))

/** The people of a home, one of them, inviting, handing over, and one's own place: each has an address of its own. */
export function Screen() {
  const { home, member, page } = useParams({ strict: false }) as {
    home: string
    member?: string
    page?: string
  }
  const isPlace = useLocation().pathname.endsWith('/place')
  const shown = isPlace ? (
    <OwnPlace home={home} />
  ) : member === undefined ? (
    <MemberList home={home} />
  ) : member === 'invite' ? (
    <Invite home={home} />
  ) : member === 'owner' ? (
    <HandOver home={home} />
  ) : page === 'view' ? (
    <ViewAs key={member} home={home} member={member} />
  ) : (
    <Detail key={member} home={home} member={member} />
  )
  return <Suspense fallback={<BlockSkeleton />}>{shown}</Suspense>
}
