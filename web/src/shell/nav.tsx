import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link, useLocation } from '@tanstack/react-router'
import type { Home } from '@eaves/model/api'
import { CirclePlus, CircleUser, House, LayoutGrid, Search } from 'lucide-react'
import { useCan } from '../data/homes.ts'
import { paths } from '../paths.ts'
import { hasScreen } from '../screens.ts'
import { cx } from '../ui/cx.ts'
import { Icon, type LucideIcon } from '../ui/icon.tsx'
import { CurrentHome } from './current-home.tsx'
import { search } from './searching.ts'

interface Place {
  readonly to: string
  readonly name: string
  readonly icon: LucideIcon
  readonly here: boolean
}
/** Pages of a home that are reached from Me. */
const underMe = /^\/homes\/[^/]+\/(members|place|about|panels|automations)\b/
/** The main places; one whose screen is not there yet is absent, not disabled. */
function usePlaces(home: string | undefined): readonly Place[] {
  const { pathname, search } = useLocation()
  const can = useCan(home)
  const inRoom = 'in' in (search as object)
  const places: (Place | false)[] = [
    home !== undefined && {
      to: paths.home(home),
      name: t`Home`,
      icon: House,
      here: pathname === paths.home(home) || (pathname.includes('/devices/') && !inRoom),
    },
    home !== undefined && {
      to: paths.rooms(home),
      name: t`Rooms`,
      icon: LayoutGrid,
      here: pathname.startsWith(paths.rooms(home)) || (pathname.includes('/devices/') && inRoom),
    },
    home !== undefined &&
      can('device.onboard') &&
      hasScreen('add-device') && {
        to: paths.add(home),
        name: t`Add`,
        icon: CirclePlus,
        here: pathname.startsWith(paths.add(home)),
      },
    hasScreen('me') && {
      to: paths.me,
      name: t`Me`,
      icon: CircleUser,
      here: pathname.startsWith(paths.me) || underMe.test(pathname),
    },
  ]
  return places.filter((place) => place !== false)
}

/** Tabs at the bottom of a phone, a rail on a tablet, a sidebar with words on a desktop. */
export function Nav({
  home,
  current,
}: {
  readonly home: string | undefined
  readonly current: Home | undefined
}) {
  const places = usePlaces(home)
  return (
    <nav
      aria-label={t`Main`}
      className="fixed inset-x-0 bottom-0 z-40 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:sticky md:inset-auto md:top-0 md:h-dvh md:border-e md:border-t-0 md:bg-bg md:px-3 md:py-6"
    >
      <div className="mb-3 hidden md:block">
        <CurrentHome current={current} place="sidebar" />
      </div>
      {home !== undefined && (
        <button
          type="button"
          aria-label={t`Search`}
          aria-keyshortcuts="/ Control+K Meta+K"
          onClick={search.open}
          className="mb-3 hidden min-h-12 w-full flex-col items-center justify-center rounded-control text-card text-muted outline-offset-[-2px] hover:text-ink md:flex xl:flex-row xl:justify-start xl:gap-3 xl:px-3"
        >
          <Icon of={Search} size={22} />
          <span aria-hidden className="hidden xl:inline">
            <Trans>Search</Trans>
          </span>
          <kbd
            aria-hidden
            className="ms-auto hidden rounded border border-line px-1.5 font-sans text-caption xl:inline"
          >
            /
          </kbd>
        </button>
      )}
      <ul className="grid auto-cols-fr grid-flow-col md:flex md:flex-col md:gap-1">
        {places.map((place) => (
          <li key={place.to}>
            <Link
              to={place.to}
              {...(place.here ? { 'aria-current': 'page' } : {})}
              className={cx(
                'flex min-h-14 flex-col items-center justify-center gap-0.5 rounded-control text-caption outline-offset-[-2px] md:min-h-12 xl:flex-row xl:justify-start xl:gap-3 xl:px-3 xl:text-card',
                place.here ? 'text-accent md:bg-surface-2 md:text-ink' : 'text-muted hover:text-ink',
              )}
            >
              <Icon of={place.icon} size={22} />
              <span className="md:sr-only xl:not-sr-only">{place.name}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
