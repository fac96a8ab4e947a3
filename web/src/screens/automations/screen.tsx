import { useLingui } from '@lingui/react'
import type { Locale } from '@eaves/model'
import { useParams } from '@tanstack/react-router'
import { lazy, Suspense, use } from 'react'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { AutomationList } from './list.tsx'
import { wordsFor } from './words.ts'

const Page = lazy(() => import('./page.tsx').then((module) => ({ default: module.AutomationPage })))
const Texts = lazy(() => import('./texts.tsx').then((module) => ({ default: module.TextsPage })))
const Blueprint = lazy(() => import('./blueprint.tsx').then((module) => ({ default: module.BlueprintPage })))
const Run = lazy(() => import('./run.tsx').then((module) => ({ default: module.RunPage })))

/** All automations of a home; or one, to be made or changed; or what one of its runs did; or all of them as a text; or one from a blueprint. */
export function Screen() {
  return (
    <Suspense fallback={<BlockSkeleton />}>
      <Spoken />
    </Suspense>
  )
}

function Spoken() {
  const { i18n } = useLingui()
  use(wordsFor(i18n.locale as Locale))
  const { home, automation, run } = useParams({ strict: false }) as {
    home: string
    automation?: string
    run?: string
  }
  if (automation === undefined) return <AutomationList home={home} />
  if (automation === 'text') return <Texts home={home} />
  if (automation === 'blueprint') return <Blueprint home={home} />
  return run === undefined ? (
    <Page key={automation} home={home} automation={automation === 'new' ? undefined : automation} />
  ) : (
    <Run home={home} automation={automation} run={run} />
  )
}
