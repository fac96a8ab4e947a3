import { useCan } from '../../data/homes.ts'
import { useModes } from '../../data/modes.ts'
import { Icon } from '../../ui/icon.tsx'
import { modeName } from '../../words/later/modes.ts'
import { modeIcon } from './icons.ts'

/** What mode the home is in, without anything to press. */
export function ModeMark({ home }: { readonly home: string }) {
  const view = useModes(home, useCan(home)('mode.read')).data
  const name = view && modeName(view.mode, view.own)
  if (view === undefined || name === undefined) return null
  return (
    <p className="flex min-h-11 items-center gap-2 text-card text-muted">
      <Icon of={modeIcon(view.mode)} size={18} />
      <bdi>{name}</bdi>
    </p>
  )
}
