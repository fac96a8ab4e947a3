import { t } from '@lingui/core/macro'
import type { AutomationView } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { useChangeAutomations } from '../../data/automations.ts'
import { useConnection } from '../../data/connection.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { ago } from '../../words/time.ts'
import { Dot } from './dot.tsx'
import type { Known } from './known.ts'
import { Next } from './next.tsx'
import { resultTone, resultWord, stopWords } from './results.ts'
import { sentenceOf } from './sentence.ts'

/** One automation: its sentence, whether it is on, and how it last ran. */
export function AutomationRow({
  home,
  automation,
  known,
  mayEdit,
}: {
  readonly home: string
  readonly automation: AutomationView
  readonly known: Known
  readonly mayEdit: boolean
}) {
  const { name, enabled, lastRun, labels, stopped } = automation
  return (
    <article className="relative grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-2 rounded-card border border-line bg-surface p-4">
      <div className="grid min-w-0 gap-1">
        <h2 className="text-card wrap-anywhere">
          <Link
            to={paths.automations(home, `/${automation.id}`)}
            className="after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{name}</bdi>
          </Link>
        </h2>
        <p className="text-body wrap-anywhere text-muted">{sentenceOf(automation, known)}</p>
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-state text-muted">
          {lastRun === undefined ? (
            t`It has not run yet.`
          ) : (
            <>
              <Dot tone={resultTone(lastRun.result)} />
              {`${resultWord(lastRun.result)} · ${ago(lastRun.at)}`}
            </>
          )}
          {labels.map((label) => (
            <span key={label} className="rounded-pill bg-surface-2 px-2 text-caption">
              {label}
            </span>
          ))}
        </p>
        <Next automation={automation} known={known} />
      </div>
      <div className="relative z-10">
        {mayEdit ? (
          <EnabledSwitch home={home} automation={automation} />
        ) : (
          <span className="text-state text-muted">{enabled ? t`On` : t`Off`}</span>
        )}
      </div>
      {enabled && stopped !== undefined && (
        <div className="col-span-2">
          <StoppedNote automation={automation} />
        </div>
      )}
    </article>
  )
}

export function EnabledSwitch({
  home,
  automation: { id, name, enabled },
}: {
  readonly home: string
  readonly automation: AutomationView
}) {
  const { enable } = useChangeAutomations(home)
  const { live } = useConnection()
  const shown = enable.isPending ? enable.variables.enabled : enabled
  return (
    <Switch
      selected={shown}
      label={t`${name}: on`}
      disabled={!live}
      onChange={(next) =>
        enable.mutate(
          { automation: id, enabled: next },
          { onError: (error) => toasts.show(errorWords(error).title) },
        )
      }
    />
  )
}
export function StoppedNote({ automation: { stopped } }: { readonly automation: AutomationView }) {
  if (stopped === undefined) return null
  const [title, todo] = stopWords(stopped)
  return (
    <Banner tone="warn">
      {title} {todo}
    </Banner>
  )
}
