import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Home } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { Check, ChevronsUpDown, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Separator } from 'react-aria-components/Separator'
import { useCareCounts } from '../data/maintenance.ts'
import { rememberHome } from '../data/last-home.ts'
import { useMe } from '../data/me.ts'
import { paths } from '../paths.ts'
import { cx } from '../ui/cx.ts'
import { Icon } from '../ui/icon.tsx'

const create = 'create'
const row =
  'flex min-h-11 cursor-pointer items-center gap-3 rounded-control px-3 text-card outline-none focus:bg-surface-2'

/** Leads to one's other homes, and says which of them asks for care. */
export function HomeSwitch({
  current,
  homes,
  place,
  children,
}: {
  readonly current: Home
  readonly homes: readonly Home[]
  readonly place: 'sidebar' | 'page'
  readonly children: ReactNode
}) {
  const navigate = useNavigate()
  const me = useMe().data
  const others = homes.filter(({ id }) => id !== current.id)
  const counts = useCareCounts(others)
  const total = others.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0)
  const go = (id: string): void => {
    if (id === create) return void navigate({ to: paths.createHome })
    rememberHome(id)
    void navigate({ to: paths.home(id) })
  }
  return (
    <MenuTrigger>
      <Button
        className={cx(
          'relative flex min-h-11 max-w-full min-w-0 items-center rounded-control outline-offset-[-2px] hover:bg-surface-2',
          place === 'page' ? '-mx-2 gap-1 px-2' : 'w-full justify-center xl:justify-start xl:pe-2',
        )}
      >
        <span className="sr-only">
          <Trans>Switch home, now:</Trans>{' '}
          <span className={place === 'sidebar' ? 'xl:hidden' : 'hidden'}>{current.name}</span>
        </span>
        {children}
        <Icon
          of={ChevronsUpDown}
          size={16}
          className={cx('shrink-0 text-muted', place === 'sidebar' && 'ms-auto hidden xl:block')}
        />
        {total > 0 && (
          <span
            data-tint="warn"
            className={cx(
              'size-2.5 shrink-0 rounded-pill bg-tint-ink forced-colors:bg-[Highlight]',
              place === 'sidebar' ? 'absolute end-2 top-1 xl:static xl:ms-2' : 'ms-1',
            )}
          >
            <span className="sr-only">
              <Trans>Another home asks for care.</Trans>
            </span>
          </span>
        )}
      </Button>
      <Popover
        placement="bottom start"
        className="fade-in max-h-96 max-w-[calc(100vw-2rem)] min-w-64 overflow-auto rounded-card border border-line bg-surface p-1 text-ink shadow-layer"
      >
        <Menu className="outline-none" onAction={(key) => go(String(key))}>
          {homes.map((home) => (
            <MenuItem key={home.id} id={home.id} textValue={home.name} className={row}>
              <Icon
                of={Check}
                size={18}
                className={cx('shrink-0 text-accent', home.id !== current.id && 'invisible')}
              />
              <span className="min-w-0 flex-1 truncate">{home.name}</span>
              {home.id === current.id && (
                <span className="sr-only">
                  <Trans>shown now</Trans>
                </span>
              )}
              <CareCount count={counts.get(home.id) ?? 0} />
            </MenuItem>
          ))}
          {me?.mayCreateHome === true && (
            <>
              <Separator className="my-1 h-px border-0 bg-line" />
              <MenuItem id={create} textValue={t`Create another home`} className={row}>
                <Icon of={Plus} size={18} className="shrink-0 text-muted" />
                <Trans>Create another home</Trans>
              </MenuItem>
            </>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

function CareCount({ count }: { readonly count: number }) {
  if (count === 0) return null
  return (
    <span className="tabular rounded-pill border border-control px-2 text-caption">
      <span aria-hidden>{count}</span>
      <span className="sr-only">
        <Plural value={count} one="# thing needs care" other="# things need care" />
      </span>
    </span>
  )
}
