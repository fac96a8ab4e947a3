import type { Home } from '@eaves/model/api'
import { lazy, Suspense } from 'react'
import { useHomes } from '../data/homes.ts'
import { cx } from '../ui/cx.ts'
import { Mark } from './mark.tsx'

const HomeSwitch = lazy(async () => ({ default: (await import('./home-switch.tsx')).HomeSwitch }))

export interface CurrentHomeProps {
  readonly current: Home | undefined
  /** At the top of the sidebar, or of the page on a phone. */
  readonly place: 'sidebar' | 'page'
}
/** The name of the home; with more than one, what leads to the others. */
export function CurrentHome({ current, place }: CurrentHomeProps) {
  const homes = useHomes().data ?? []
  const name = <HomeName current={current} place={place} />
  if (current === undefined || homes.length < 2) return name
  return (
    <Suspense fallback={name}>
      <HomeSwitch current={current} homes={homes} place={place}>
        {name}
      </HomeSwitch>
    </Suspense>
  )
}

function HomeName({ current, place }: CurrentHomeProps) {
  if (place === 'page') return <p className="truncate text-card text-muted">{current?.name ?? '\u00a0'}</p>
  return (
    <div className={cx('flex min-h-12 min-w-0 items-center gap-3 px-2 xl:px-3')}>
      <Mark />
      <span className="hidden min-w-0 truncate text-group xl:block">{current?.name ?? 'Eaves'}</span>
    </div>
  )
}
