import { t } from '@lingui/core/macro'
import { useNavigate } from '@tanstack/react-router'
import { ListTree } from 'lucide-react'
import { useCan } from '../../data/homes.ts'
import { useModes, useSetMode } from '../../data/modes.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { modeName, modesOf } from '../../words/later/modes.ts'
import { modeIcon } from './icons.ts'
import { ModeMark } from './mark.tsx'

/** What mode the home is in, and the others to choose from. */
export function ModeChip({ home }: { readonly home: string }) {
  const can = useCan(home)
  const view = useModes(home, can('mode.read')).data
  const set = useSetMode(home)
  const navigate = useNavigate()
  if (!can('mode.set')) return <ModeMark home={home} />
  const name = view && modeName(view.mode, view.own)
  if (view === undefined || name === undefined) return null
  const onError = (error: Error) => toasts.show(errorWords(error).title)
  return (
    <Menu
      label={t`Mode of the home`}
      trigger={
        <Button
          icon={modeIcon(view.mode)}
          aria-label={t`Mode of the home: ${name}`}
          isDisabled={set.isPending}
        >
          <bdi className="max-w-32 truncate max-md:hidden">{name}</bdi>
        </Button>
      }
      entries={[
        ...modesOf(view.own)
          .filter(({ id }) => id !== view.mode)
          .map((mode) => ({
            id: mode.id,
            name: mode.name,
            icon: modeIcon(mode.id),
            run: () => set.mutate(mode.id, { onError }),
          })),
        {
          id: 'all',
          name: t`Modes and presence`,
          icon: ListTree,
          run: () => void navigate({ to: paths.modes(home) }),
        },
      ]}
    />
  )
}
