import { useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Choose } from './choose.tsx'
import { LinkDriver } from './link-driver.tsx'
import { Progress } from './progress.tsx'

const BuiltInBroker = lazy(async () => ({ default: (await import('./built-in-broker.tsx')).BuiltInBroker }))
const LetIn = lazy(async () => ({ default: (await import('./let-in.tsx')).LetIn }))
const Joining = lazy(async () => ({ default: (await import('./joining.tsx')).Joining }))

/** Choosing a way in, the settings it needs, and then how far it is; each has an address of its own. */
export function Screen() {
  const { home, onboarding } = useParams({ strict: false }) as { home: string; onboarding?: string }
  const {
    with: way,
    again,
    join,
  } = useSearch({ strict: false }) as {
    with?: string
    again?: string
    join?: string
  }
  if (onboarding !== undefined) return <Progress home={home} onboarding={onboarding} />
  if (join !== undefined)
    return (
      <Suspense fallback={<BlockSkeleton />}>
        <Joining home={home} join={join} />
      </Suspense>
    )
  if (way === 'zigbee')
    return (
      <Suspense fallback={<BlockSkeleton />}>
        <LetIn home={home} />
      </Suspense>
    )
  if (way === 'built-in')
    return (
      <Suspense fallback={<BlockSkeleton />}>
        <BuiltInBroker home={home} />
      </Suspense>
    )
  if (way !== undefined)
    return <LinkDriver key={way} home={home} driver={way} {...(again === undefined ? {} : { again })} />
  return <Choose home={home} />
}
