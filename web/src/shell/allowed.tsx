import type { HomeVerb } from '@eaves/policy'
import { useParams, type RouteComponent } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useHomes } from '../data/homes.ts'
import { loadLaterWords } from '../words/locale.ts'

const NotYours = lazy(async () => {
  const [{ NotYours: found }] = await Promise.all([
    import('../screens/members/not-yours.tsx'),
    loadLaterWords(),
  ])
  return { default: found }
})

/** A screen for those who can do this in the home of the address; nobody else is led to it, and an old link says why it is empty. */
export function allowed(verb: HomeVerb | undefined, Screen: RouteComponent): RouteComponent {
  if (verb === undefined) return Screen
  const wanted = verb
  function Allowed() {
    const { home } = useParams({ strict: false }) as { home: string }
    const verbs: readonly string[] | undefined = useHomes().data?.find(({ id }) => id === home)?.verbs
    if (verbs === undefined) return null
    return verbs.includes(wanted) ? (
      <Screen />
    ) : (
      <Suspense fallback={null}>
        <NotYours home={home} />
      </Suspense>
    )
  }
  // The router fetches the part of the app ahead of the click by this.
  return 'preload' in Screen ? Object.assign(Allowed, { preload: Screen.preload }) : Allowed
}
