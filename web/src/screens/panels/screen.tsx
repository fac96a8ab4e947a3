import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Panel, PanelCode } from '@eaves/model/api'
import { useParams } from '@tanstack/react-router'
import { Plus, Tablet } from 'lucide-react'
import { useState } from 'react'
import { usePanels } from '../../data/panels.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { AddPanel } from './add-panel.tsx'
import { PairingCode } from './pairing-code.tsx'
import { PanelRow } from './panel-row.tsx'

/** The wall panels of a home, for those who keep it. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const panels = usePanels(home)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<{ readonly name: string; readonly code: PanelCode }>()
  useTitle(t`Wall panels`)
  const show = (name: string, code: PanelCode): void => {
    setAdding(false)
    setMade({ name, code })
  }
  return (
    <div className="grid max-w-[48rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.me}>
          <Trans>Me</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Wall panels</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>
            A tablet on the wall that everybody may use. It has nobody’s account and reaches only what you
            give it.
          </Trans>
        </p>
      </header>
      {made && <PairingCode name={made.name} code={made.code} onDone={() => setMade(undefined)} />}
      {adding ? (
        <AddPanel
          home={home}
          onMade={(panel) => show(panel.name, panel.pairing)}
          onClose={() => setAdding(false)}
        />
      ) : (
        !made && (
          <div>
            <Button variant="primary" icon={Plus} onPress={() => setAdding(true)}>
              <Trans>Add a wall panel</Trans>
            </Button>
          </div>
        )
      )}
      {panels.error && !panels.data ? (
        <QueryError error={panels.error} retry={panels.refetch} />
      ) : !panels.data ? (
        <BlockSkeleton />
      ) : panels.data.length === 0 ? (
        !adding &&
        !made && (
          <EmptyState icon={Tablet} title={t`No wall panel yet`}>
            <Trans>Add one, then open Eaves on the tablet and enter the code.</Trans>
          </EmptyState>
        )
      ) : (
        <List home={home} panels={panels.data} onCode={show} />
      )}
    </div>
  )
}

function List({
  home,
  panels,
  onCode,
}: {
  readonly home: string
  readonly panels: readonly Panel[]
  readonly onCode: (name: string, code: PanelCode) => void
}) {
  return (
    <ul className="divide-y divide-line rounded-card border border-line bg-surface">
      {panels.map((panel) => (
        <PanelRow key={panel.id} home={home} panel={panel} onCode={(code) => onCode(panel.name, code)} />
      ))}
    </ul>
  )
}
