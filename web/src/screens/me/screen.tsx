import { Navigate, useParams } from '@tanstack/react-router'
import { lazy, Suspense, type ComponentType } from 'react'
import { useCurrentHome, useHomes } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Overview } from './overview.tsx'

type OfHome = ComponentType<{ readonly home: string }>
const own: Readonly<Record<string, ComponentType>> = {
  security: lazy(async () => ({ default: (await import('./security/security.tsx')).Security })),
  'sign-ins': lazy(async () => ({ default: (await import('./sign-ins.tsx')).SignIns })),
  activity: lazy(async () => ({ default: (await import('./activity.tsx')).Activity })),
  tokens: lazy(async () => ({ default: (await import('./tokens.tsx')).Tokens })),
  notifications: lazy(async () => ({ default: (await import('./notifications.tsx')).Notifications })),
  'notification-rules': lazy(async () => ({
    default: (await import('./notification-rules.tsx')).NotificationRules,
  })),
  phone: lazy(async () => ({ default: (await import('./phone.tsx')).Phone })),
  backup: lazy(async () => ({ default: (await import('./backup.tsx')).Backup })),
  watch: lazy(async () => ({ default: (await import('./watch.tsx')).Watch })),
  corrections: lazy(async () => ({ default: (await import('./corrections.tsx')).Corrections })),
  choices: lazy(async () => ({ default: (await import('./choices.tsx')).Choices })),
  agreements: lazy(async () => ({ default: (await import('./agreements.tsx')).Agreements })),
}
const ofHome: Readonly<Record<string, OfHome>> = {
  home: lazy(async () => ({ default: (await import('./home-settings.tsx')).HomeSettings })),
  connections: lazy(async () => ({ default: (await import('./connections.tsx')).Connections })),
  locks: lazy(async () => ({ default: (await import('./locks.tsx')).Locks })),
  /** Where members once were. */
  members: ({ home }) => <Navigate to={paths.members(home)} replace />,
}

export function Screen() {
  const { page } = useParams({ strict: false }) as { page?: string }
  const Own = page === undefined ? Overview : own[page]
  const Of = page === undefined ? undefined : ofHome[page]
  return (
    <main id="main" tabIndex={-1} className="page-gutter min-w-0 py-6 md:py-8">
      <div className="max-w-[48rem]">
        <Suspense fallback={<BlockSkeleton />}>
          {Own ? <Own /> : Of ? <WithHome Page={Of} /> : <NotFound />}
        </Suspense>
      </div>
    </main>
  )
}

/** The home opened last on this device, else the first. */
function WithHome({ Page }: { readonly Page: OfHome }) {
  const homes = useHomes()
  const home = useCurrentHome()
  if (homes.error && !homes.data) return <QueryError error={homes.error} retry={homes.refetch} />
  if (!homes.data) return <BlockSkeleton />
  return home ? <Page key={home.id} home={home.id} /> : <NotFound />
}
