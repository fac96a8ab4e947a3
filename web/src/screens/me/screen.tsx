import { useParams } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { lastHome, useHomes } from '../../data/homes.ts'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Agreements } from './agreements.tsx'
import { Choices } from './choices.tsx'
import { Connections } from './connections.tsx'
import { HomeSettings } from './home-settings.tsx'
import { Members } from './members.tsx'
import { Overview } from './overview.tsx'
import { Security } from './security.tsx'
import { SignIns } from './sign-ins.tsx'
import { Tokens } from './tokens.tsx'

const own: Readonly<Record<string, ComponentType>> = { security: Security, 'sign-ins': SignIns, tokens: Tokens, choices: Choices, agreements: Agreements }
const ofHome: Readonly<Record<string, ComponentType<{ readonly home: string }>>> = { home: HomeSettings, connections: Connections, members: Members }

export function Screen() {
  const { page } = useParams({ strict: false }) as { page?: string }
  const Own = page === undefined ? Overview : own[page]
  const OfHome = page === undefined ? undefined : ofHome[page]
  return (
    <main id="main" tabIndex={-1} className="page-gutter min-w-0 max-w-[48rem] py-6 md:py-8">
      {Own ? <Own /> : OfHome ? <WithHome Page={OfHome} /> : <NotFound />}
    </main>
  )
}

/** The home opened last on this device, else the first. */
function WithHome({ Page }: { readonly Page: ComponentType<{ readonly home: string }> }) {
  const homes = useHomes()
  if (homes.error) return <QueryError error={homes.error} retry={homes.refetch} />
  if (!homes.data) return <BlockSkeleton />
  const home = homes.data.find((entry) => entry.id === lastHome()) ?? homes.data[0]
  return home ? <Page key={home.id} home={home.id} /> : <NotFound />
}
