import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { activityGroups, type ActivityGroup } from '@eaves/model'
import { History } from 'lucide-react'
import { useState } from 'react'
import { useActivity } from '../../data/activity.ts'
import { useGate } from '../../data/gate.ts'
import { useHomes } from '../../data/homes.ts'
import { useSignIns } from '../../data/me.ts'
import { useTokens } from '../../data/tokens.ts'
import { useTitle } from '../../shell/title.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { activityGroupName } from '../../words/later/activity.ts'
import { pageLocale } from '../../words/locale.ts'
import { ActivityEntry, type Known } from './activity-row.tsx'
import { ByDay } from './by-day.tsx'
import { Page } from './page.tsx'
import { SearchHistory } from './search-history.tsx'

type Shown = ActivityGroup | 'all'

/** What was done with one's account, by day, with what is kept of it and why. // pp.2.2.3 */
export function Activity() {
  const [shown, setShown] = useState<Shown>('all')
  useTitle(t`Your activity`)
  return (
    <Page title={t`Your activity`} lead={<Trans>What was done with your account. Only you see it.</Trans>}>
      <WhatIsKept />
      <Segmented<Shown>
        label={t`Show`}
        value={shown}
        onChange={setShown}
        options={[
          { id: 'all', name: t`All` },
          ...activityGroups.map((id) => ({ id, name: activityGroupName(id) })),
        ]}
      />
      <Days group={shown === 'all' ? undefined : shown} />
      <SearchHistory />
    </Page>
  )
}

/** The notice of collection, from the data map. // pp.lb.3 */
function WhatIsKept() {
  const notices = useGate(pageLocale()).data?.notices ?? []
  const line = notices.find(({ field }) => field === 'activity')
  const address = notices.find(({ field }) => field === 'activity-address')
  if (line === undefined || address === undefined) return null
  const rows = [
    [
      t`What`,
      t`The kind of act and when, in which home, by which sign-in, in which language and from which network address. No words of yours.`,
    ],
    [t`Why`, line.why],
    [t`Kept`, line.keptFor],
    [t`Whole network address`, address.keptFor],
    [t`Needed?`, line.mandatory],
    [t`Who gets it`, t`Nobody else`],
  ] as const
  return (
    <dl data-notice className="grid gap-2 rounded-card bg-surface-2 p-4 text-state font-normal">
      {rows.map(([name, text]) => (
        <div key={name} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Days({ group }: { readonly group: ActivityGroup | undefined }) {
  const list = useActivity(group)
  const known = useKnown()
  const entries = list.data?.pages.flatMap((page) => page.entries)
  return (
    <ByDay
      list={list}
      entries={entries}
      empty={
        <EmptyState icon={History} title={t`Nothing here`}>
          <Trans>In the last ninety days nothing of this kind was done with your account.</Trans>
        </EmptyState>
      }
      draw={(entry) => <ActivityEntry key={entry.id} entry={entry} known={known} />}
    />
  )
}

function useKnown(): Known {
  const signIns = useSignIns().data ?? []
  const tokens = useTokens().data ?? []
  const homes = useHomes().data ?? []
  return { signIns, tokens, homes }
}
