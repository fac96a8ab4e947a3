import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationView } from '@eaves/model/api'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { draftOf, emptyDraft } from './draft.ts'
import { Editor } from './editor.tsx'
import { useKnown, type Known } from './known.ts'
import { Looked } from './looked.tsx'
import { Next } from './next.tsx'
import { EnabledSwitch, StoppedNote } from './row.tsx'
import { Remove } from './remove.tsx'
import { Runs } from './runs.tsx'
import { sentenceOf } from './sentence.ts'
import { bodyOf } from './shape.ts'
import { draftFrom, templateIds } from './templates.ts'
import { Versions } from './versions.tsx'

/** One automation: what it says, how to change it, and what it did. */
export function AutomationPage({
  home,
  automation: id,
}: {
  readonly home: string
  readonly automation: string | undefined
}) {
  const { known, error, retry } = useKnown(home)
  const can = useCan(home)
  const found = known?.automations.find((each) => each.id === id)
  useTitle(found?.name ?? t`New automation`)
  if (!known) return error ? <QueryError level={1} error={error} retry={retry} /> : <BlockSkeleton />
  if (id === undefined) return can('automation.edit') ? <New home={home} known={known} /> : <NotFound />
  if (found === undefined) return <NotFound />
  return <One home={home} known={known} automation={found} mayEdit={can('automation.edit')} />
}

function Frame({ home, children }: { readonly home: string; readonly children: React.ReactNode }) {
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8">
      <Back to={paths.automations(home)}>
        <Trans>Automations</Trans>
      </Back>
      {children}
    </div>
  )
}

function New({ home, known }: { readonly home: string; readonly known: Known }) {
  const { template } = useSearch({ strict: false }) as { template?: string }
  const [begin] = useState(() => {
    const chosen = templateIds.find((each) => each === template)
    return chosen === undefined ? emptyDraft : draftFrom(chosen, known.devices)
  })
  return (
    <Frame home={home}>
      <h1 className="-mt-6 text-display">
        <Trans>New automation</Trans>
      </h1>
      <Editor home={home} known={known} automation={undefined} begin={begin} />
    </Frame>
  )
}

function One({
  home,
  known,
  automation,
  mayEdit,
}: {
  readonly home: string
  readonly known: Known
  readonly automation: AutomationView
  readonly mayEdit: boolean
}) {
  // The form keeps what was read when it began, whatever else happens meanwhile.
  const [read, setRead] = useState(automation)
  const [turn, setTurn] = useState(0)
  const begin = (view: AutomationView): void => {
    setRead(view)
    setTurn((before) => before + 1)
  }
  return (
    <Frame home={home}>
      <header className="-mt-6 grid grid-cols-[minmax(0,1fr)_auto] items-start gap-4">
        <div className="grid min-w-0 gap-1">
          <h1 className="text-title">
            <Name of={automation.name} lines={2} />
          </h1>
          <p className="text-body wrap-anywhere text-muted">{sentenceOf(automation, known)}</p>
          {automation.description !== undefined && (
            <p className="text-state wrap-anywhere text-muted">{automation.description}</p>
          )}
          <Next automation={automation} known={known} />
        </div>
        {mayEdit && <EnabledSwitch home={home} automation={automation} />}
      </header>
      {automation.enabled && <StoppedNote automation={automation} />}
      {mayEdit && <Looked key={automation.version} home={home} names={known} id={automation.id} />}
      {mayEdit && (
        <Editor
          key={turn}
          home={home}
          known={known}
          automation={read}
          begin={draftOf(bodyOf(read))}
          onSaved={begin}
        />
      )}
      <Runs home={home} automation={automation} names={known} mayRun={mayEdit} />
      <Versions home={home} automation={automation} names={known} mayEdit={mayEdit} onReverted={begin} />
      {mayEdit && <Remove home={home} automation={automation} />}
    </Frame>
  )
}
