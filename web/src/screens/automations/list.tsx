import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationView } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { Plus, Repeat2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useCan } from '../../data/homes.ts'
import { spokenName } from '../../devices/state.ts'
import { paths } from '../../paths.ts'
import { hasScreen } from '../../screens.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { cx } from '../../ui/cx.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { useKnown, type Known } from './known.ts'
import { AutomationRow } from './row.tsx'
import { sentenceOf } from './sentence.ts'
import { templates } from './templates.ts'

const Calendars = lazy(() => import('./calendars.tsx').then((module) => ({ default: module.Calendars })))
const Hooks = lazy(() => import('./hooks.tsx').then((module) => ({ default: module.Hooks })))

const searchFrom = 6

/** What the home does by itself, a sentence each. */
export function AutomationList({ home }: { readonly home: string }) {
  const { known, error, retry } = useKnown(home)
  const can = useCan(home)
  useTitle(t`Automations`)
  const mayEdit = can('automation.edit')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.me}>
          <Trans>Me</Trans>
        </Back>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="grid gap-1">
            <h1 className="text-display">
              <Trans>Automations</Trans>
            </h1>
            <p className="text-muted">
              <Trans>What the home does by itself.</Trans>
            </p>
          </div>
          <div className="flex flex-wrap gap-2">
            {hasScreen('scenes') && (
              <LinkButton to={`${paths.home(home)}/scenes`} variant="quiet">
                <Trans>Scenes</Trans>
              </LinkButton>
            )}
            <LinkButton to={paths.automations(home, '/text')} variant="quiet">
              <Trans>As a text</Trans>
            </LinkButton>
            {mayEdit && (
              <LinkButton to={paths.automations(home, '/blueprint')} variant="quiet">
                <Trans>From a blueprint</Trans>
              </LinkButton>
            )}
            {mayEdit && (
              <LinkButton to={paths.automations(home, '/new')} variant="primary">
                <Icon of={Plus} size={18} />
                <Trans>New automation</Trans>
              </LinkButton>
            )}
          </div>
        </div>
      </header>
      {known ? (
        <Content home={home} known={known} mayEdit={mayEdit} />
      ) : error ? (
        <QueryError error={error} retry={retry} />
      ) : (
        <BlockSkeleton />
      )}
      <Suspense fallback={<BlockSkeleton />}>
        {mayEdit && <Calendars home={home} />}
        {can('hook.manage') && <Hooks home={home} />}
      </Suspense>
    </div>
  )
}

function Content({
  home,
  known,
  mayEdit,
}: {
  readonly home: string
  readonly known: Known
  readonly mayEdit: boolean
}) {
  const [typed, setTyped] = useState('')
  const [label, setLabel] = useState<string>()
  const all = known.automations
  if (all.length === 0) return <Empty home={home} mayEdit={mayEdit} />
  const labels = [...new Set(all.flatMap((each) => each.labels))].toSorted((a, b) => a.localeCompare(b))
  const chosen = labels.includes(label ?? '') ? label : undefined
  const shown = all
    .filter((each) => chosen === undefined || each.labels.includes(chosen))
    .filter((each) => isFound(each, known, typed))
    .toSorted((a, b) => a.name.localeCompare(b.name))
  return (
    <>
      {all.length >= searchFrom && (
        <TextField
          label={t`Search by name, device or room`}
          value={typed}
          onChange={setTyped}
          maxLength={80}
        />
      )}
      {labels.length > 0 && (
        <div role="group" aria-label={t`Labels`} className="flex flex-wrap gap-2">
          {labels.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === chosen}
              onClick={() => setLabel(each === chosen ? undefined : each)}
              className={cx(
                'press min-h-11 rounded-pill border px-4 text-card',
                each === chosen ? 'border-accent bg-accent text-on-accent' : 'border-control',
              )}
            >
              {each}
            </button>
          ))}
        </div>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {shown.map((each) => (
          <li key={each.id}>
            <AutomationRow home={home} automation={each} known={known} mayEdit={mayEdit} />
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="text-muted">
          <Trans>Nothing fits what you typed.</Trans>
        </p>
      )}
    </>
  )
}
function isFound(automation: AutomationView, known: Known, typed: string): boolean {
  const wanted = typed.trim().toLocaleLowerCase()
  if (wanted === '') return true
  const whole = JSON.stringify(automation)
  const where = known.devices.filter(({ id }) => whole.includes(id)).map(spokenName)
  const said = [automation.name, sentenceOf(automation, known), ...automation.labels, ...where].join(' ')
  return said.toLocaleLowerCase().includes(wanted)
}

function Empty({ home, mayEdit }: { readonly home: string; readonly mayEdit: boolean }) {
  if (!mayEdit)
    return (
      <EmptyState icon={Repeat2} title={t`No automations yet`}>
        <Trans>Nobody has written one for this home.</Trans>
      </EmptyState>
    )
  return (
    <section aria-labelledby="begin" className="grid gap-4">
      <div className="grid gap-1">
        <h2 id="begin" className="text-section">
          <Trans>Begin with one of these</Trans>
        </h2>
        <p className="text-muted">
          <Trans>Each opens with your own devices filled in. Nothing runs before you save it.</Trans>
        </p>
      </div>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,17rem),1fr))] gap-3">
        {templates().map(({ id, title, icon }) => (
          <li key={id} className="grid">
            <Link
              to={paths.automations(home, '/new')}
              search={{ template: id }}
              className="press flex min-h-16 items-center gap-3 rounded-card border border-line bg-surface p-4 text-card"
            >
              <Icon of={icon} size={24} className="shrink-0 text-muted" />
              {title}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
