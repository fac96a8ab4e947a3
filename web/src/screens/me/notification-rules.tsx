import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { mutableKinds, type MutableKind } from '@eaves/model'
import type { NoticeRules } from '@eaves/model/api'
import { WifiOff } from 'lucide-react'
import { useNoticeRules, useSaveRules } from '../../data/inbox.ts'
import { useOnline } from '../../data/online.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { TextField } from '../../ui/field.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { noticeName } from '../../words/later/notices.ts'
import { Page } from './page.tsx'

/** What goes to one's browsers, and at which hours. It all stands in the inbox. */
export function NotificationRules() {
  useTitle(t`What comes to your browsers`)
  const rules = useNoticeRules()
  const online = useOnline()
  return (
    <Page
      title={t`What comes to your browsers`}
      up={{ to: paths.mine('inbox'), name: t`What you were told` }}
      lead={
        <Trans>
          Everything stands in the list of what you were told. A danger, and what concerns your account,
          always comes.
        </Trans>
      }
    >
      {!online && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>This device is offline. Changes can be made once it is connected again.</Trans>
        </Banner>
      )}
      {rules.data ? (
        <Rules rules={rules.data} online={online} />
      ) : rules.error ? (
        <QueryError error={rules.error} retry={rules.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

const night = { from: '22:00', to: '07:00' }
const card = 'grid gap-3 rounded-card border border-line bg-surface p-4 md:p-6'

function Rules({ rules, online }: { readonly rules: NoticeRules; readonly online: boolean }) {
  const save = useSaveRules()
  const wanted = save.isPending ? save.variables : rules
  const disabled = !online || save.isPending
  const { quiet } = wanted
  const setQuiet = (next: NoticeRules['quiet']): void => {
    const { quiet: _before, ...rest } = wanted
    save.mutate(next === undefined ? rest : { ...rest, quiet: next })
  }
  const setTime = (which: 'from' | 'to', time: string): void => {
    if (quiet !== undefined && /^\d\d:\d\d$/.test(time)) setQuiet({ ...quiet, [which]: time })
  }
  const setKind = (kind: MutableKind, comes: boolean): void =>
    save.mutate({
      ...wanted,
      inboxOnly: comes ? wanted.inboxOnly.filter((each) => each !== kind) : [...wanted.inboxOnly, kind],
    })
  return (
    <>
      <Failure error={save.error} />
      <section className={card}>
        <Switch
          selected={quiet !== undefined}
          onChange={(on) => setQuiet(on ? night : undefined)}
          disabled={disabled}
          describedBy="quiet-hours"
        >
          <span className="text-card">
            <Trans>Quiet hours</Trans>
          </span>
        </Switch>
        <p id="quiet-hours" className="text-state font-normal text-muted">
          <Trans>By the clock of the home. What can wait then only stands in the list.</Trans>
        </p>
        {quiet !== undefined && (
          <>
            <div className="grid grid-cols-2 gap-3">
              <TextField
                label={t`From`}
                type="time"
                value={quiet.from}
                onChange={(at) => setTime('from', at)}
              />
              <TextField label={t`To`} type="time" value={quiet.to} onChange={(at) => setTime('to', at)} />
            </div>
            {quiet.from === quiet.to && (
              <p role="status" className="text-state text-alert">
                <Trans>Both times are the same: no hour is quiet.</Trans>
              </p>
            )}
            <Switch
              selected={!wanted.dangersWait}
              onChange={(comes) => save.mutate({ ...wanted, dangersWait: !comes })}
              disabled={disabled}
            >
              <Trans>A danger comes in quiet hours too</Trans>
            </Switch>
          </>
        )}
      </section>
      <section aria-labelledby="kinds" className={card}>
        <h2 id="kinds" className="text-section">
          <Trans>Comes to your browsers</Trans>
        </h2>
        {mutableKinds.map((kind) => (
          <Switch
            key={kind}
            selected={!wanted.inboxOnly.includes(kind)}
            onChange={(comes) => setKind(kind, comes)}
            disabled={disabled}
          >
            {noticeName(kind)}
          </Switch>
        ))}
      </section>
    </>
  )
}
