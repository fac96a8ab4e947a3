import { Trans } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { byDay } from '../../data/activity.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { errorWords } from '../../words/errors.ts'
import { dayName } from '../../words/later/activity.ts'
import { ago } from '../../words/time.ts'
import { Rows } from './page.tsx'

/** A list that comes a page at a time. */
interface Paged {
  readonly error: Error | null
  readonly dataUpdatedAt: number
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly refetch: () => unknown
  readonly fetchNextPage: () => unknown
}

/** What happened, a heading a day; what cannot be asked for anew is shown as it was known last. */
export function ByDay<T extends { readonly at: string }>({
  list,
  entries,
  empty,
  draw,
}: {
  readonly list: Paged
  readonly entries: readonly T[] | undefined
  readonly empty: ReactNode
  readonly draw: (entry: T) => ReactNode
}) {
  if (entries === undefined)
    return list.error ? <QueryError error={list.error} retry={list.refetch} /> : <BlockSkeleton />
  return (
    <>
      {list.error && <Stale list={list} error={list.error} />}
      {entries.length === 0
        ? empty
        : byDay(entries).map(({ day, entries: ofDay }) => (
            <section
              key={day}
              aria-labelledby={`day-${day}`}
              className="grid grid-cols-[minmax(0,1fr)] gap-3"
            >
              <h2 id={`day-${day}`} className="text-section">
                {dayName(day)}
              </h2>
              <Rows>{ofDay.map(draw)}</Rows>
            </section>
          ))}
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

function Stale({ list, error }: { readonly list: Paged; readonly error: Error }) {
  return (
    <Banner
      tone="warn"
      action={
        <Button variant="tint" onPress={() => void list.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      }
    >
      {errorWords(error).title} <Trans>This is from {ago(new Date(list.dataUpdatedAt).toISOString())}.</Trans>
    </Banner>
  )
}
