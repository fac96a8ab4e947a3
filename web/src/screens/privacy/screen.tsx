import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import { NotFound } from '../../shell/not-found.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Overview } from './overview.tsx'

const pages: Readonly<Record<string, ComponentType>> = {
  access: lazy(async () => ({ default: (await import('./access.tsx')).Access })),
  bring: lazy(async () => ({ default: (await import('./bring.tsx')).BringPage })),
  held: lazy(async () => ({ default: (await import('./held.tsx')).HeldPage })),
  received: lazy(async () => ({ default: (await import('./received.tsx')).Received })),
  requests: lazy(async () => ({ default: (await import('./requests.tsx')).Requests })),
}

/** The privacy centre: what is held, who got it, and what one can ask for. // pp.8 */
export function Screen() {
  const { page } = useParams({ strict: false }) as { page?: string }
  const Page = page === undefined ? Overview : pages[page]
  return (
    <main id="main" tabIndex={-1} className="page-gutter min-w-0 py-6 md:py-8">
      <div className="max-w-[48rem]">
        <Suspense fallback={<BlockSkeleton />}>{Page ? <Page /> : <NotFound />}</Suspense>
      </div>
    </main>
  )
}
