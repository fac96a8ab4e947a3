import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody, AutomationView } from '@eaves/model/api'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { changesBetween } from './diff.ts'
import type { Names } from './names.ts'
import { sentenceOf } from './sentence.ts'
import { bodyOf } from './shape.ts'
import { Changes } from './versions.tsx'

/** Somebody else saved meanwhile: both are shown, and one is chosen. */
export function Clash({
  mine,
  theirs,
  names,
  onMine,
  onTheirs,
}: {
  readonly mine: AutomationBody
  readonly theirs: AutomationView
  readonly names: Names
  readonly onMine: () => void
  readonly onTheirs: () => void
}) {
  return (
    <section
      role="alert"
      aria-labelledby="clash"
      className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-card border border-line bg-surface p-4"
    >
      <Banner tone="warn">
        <h2 id="clash" className="text-card">
          <Trans>Somebody else has saved this automation since you opened it.</Trans>
        </h2>
      </Banner>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 md:grid-cols-2">
        <Side title={t`Yours, not saved`} body={mine} names={names}>
          <Button onPress={onMine}>
            <Trans>Save mine over it</Trans>
          </Button>
        </Side>
        <Side title={t`Theirs, saved`} body={theirs} names={names}>
          <Button onPress={onTheirs}>
            <Trans>Take theirs</Trans>
          </Button>
        </Side>
      </div>
      <div className="grid gap-2">
        <h3 className="text-card">
          <Trans>What yours would change in theirs</Trans>
        </h3>
        <Changes changes={changesBetween(bodyOf(theirs), mine, names)} />
      </div>
    </section>
  )
}
function Side({
  title,
  body,
  names,
  children,
}: {
  readonly title: string
  readonly body: AutomationBody
  readonly names: Names
  readonly children: React.ReactNode
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-2 rounded-control bg-surface-2 p-3">
      <h3 className="text-card">{title}</h3>
      <p className="text-state text-muted">{body.name}</p>
      <p className="wrap-anywhere">{sentenceOf(body, names)}</p>
      <div>{children}</div>
    </div>
  )
}
