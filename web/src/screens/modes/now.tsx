import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ModesView } from '@eaves/model/api'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { useSetMode } from '../../data/modes.ts'
import { cx } from '../../ui/cx.ts'
import { Icon } from '../../ui/icon.tsx'
import { Part } from '../../ui/part.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { modesOf } from '../../words/later/modes.ts'
import { useByWords } from './by.ts'
import { modeIcon } from './icons.ts'

/** The mode that is on, and the others. */
export function ModeNow({ home, view }: { readonly home: string; readonly view: ModesView }) {
  const can = useCan(home)
  const { live } = useConnection()
  const set = useSetMode(home)
  const by = useByWords(home)
  const onError = (error: Error) => toasts.show(errorWords(error).title)
  return (
    <Part
      id="mode"
      title={t`Mode`}
      lead={<Trans>One of them is on. What it means, your automations say.</Trans>}
    >
      <div role="group" aria-labelledby="mode" className="grid grid-cols-2 gap-3 md:grid-cols-4">
        {modesOf(view.own).map(({ id, name }) => {
          const isOn = id === view.mode
          return (
            <button
              key={id}
              type="button"
              aria-pressed={isOn}
              disabled={!can('mode.set') || !live || set.isPending}
              onClick={() => !isOn && set.mutate(id, { onError })}
              className={cx(
                'press grid min-h-24 content-between gap-3 rounded-card border p-4 text-start',
                isOn ? 'border-accent bg-surface-2 text-ink' : 'border-line bg-surface text-muted',
              )}
            >
              <span className={isOn ? 'text-accent' : undefined}>
                <Icon of={modeIcon(id)} size={24} />
              </span>
              <bdi className="line-clamp-2 text-card wrap-anywhere">{name}</bdi>
            </button>
          )
        })}
      </div>
      {view.at && <p className="text-state text-muted">{by({ ...view, at: view.at })}</p>}
    </Part>
  )
}
