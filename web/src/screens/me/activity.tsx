import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { activityGroups, type ActivityGroup } from '@eaves/model'
import { History } from 'lucide-react'
import { useState } from 'react'
import { byDay, useActivity } from '../../data/activity.ts'
import { useGate } from '../../data/gate.ts'
import { useHomes } from '../../data/homes.ts'
import { useSignIns } from '../../data/me.ts'
import { useTokens } from '../../data/tokens.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { activityGroupName, dayName } from '../../words/later/activity.ts'
import { errorWords } from '../../words/errors.ts'
import { pageLocale } from '../../words/locale.ts'
import { ago } from '../../words/time.ts'
import { ActivityEntry, type Known } from './activity-row.tsx'
import { Page, Rows } from './page.tsx'
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
  if (entries === undefined)
    return list.error ? <QueryError error={list.error} retry={list.refetch} /> : <BlockSkeleton />
  return (
    <>
      {list.error && (
        <Banner
          tone="warn"
          action={
            <Button variant="tint" onPress={() => void list.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        >
          {errorWords(list.error).title}{' '}
          <Trans>This is from {ago(new Date(list.dataUpdatedAt).toISOString())}.</Trans>
        </Banner>
      )}
      {entries.length === 0 ? (
        <EmptyState icon={History} title={t`Nothing here`}>
          <Trans>In the last ninety days nothing of this kind was done with your account.</Trans>
        </EmptyState>
      ) : (
        byDay(entries).map(({ day, entries: ofDay }) => (
          <section key={day} aria-labelledby={`day-${day}`} className="grid grid-cols-[minmax(0,1fr)] gap-3">
            <h2 id={`day-${day}`} className="text-section">
              {dayName(day)}
            </h2>
            <Rows>
              {ofDay.map((entry) => (
                <ActivityEntry key={entry.id} entry={entry} known={known} />
              ))}
            </Rows>
          </section>
        ))
      )}
      {list.hasNextPage && (
        <div>
          <Button isDisabled={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            <Trans>Show earlier</Trans>
          </Button>
        </div>
      )}
    </>
  )
}

function useKnown(): Known {
  const signIns = useSignIns().data ?? []
  const tokens = useTokens().data ?? []
  const homes = useHomes().data ?? []
  return { signIns, tokens, homes }
}
