import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { DisclosureRow, MyRecipients } from '@eaves/model/api'
import { ShieldCheck } from 'lucide-react'
import { useReceived } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { Page, Row, Rows } from '../me/page.tsx'
import { Offline } from './offline.tsx'
import { RecipientCard } from './recipient.tsx'

/** Who got what, when and why; and the choice about each. // pp.3.1 */
export function Received() {
  const received = useReceived(pageLocale())
  const first = received.data?.pages[0]
  useTitle(t`Who received it`)
  return (
    <Page
      title={t`Who received it`}
      up={{ to: paths.privacy, name: t`Your data` }}
      lead={<Trans>No manufacturer or partner gets anything without your yes.</Trans>}
    >
      <Offline />
      {received.error && !first ? (
        <QueryError error={received.error} retry={received.refetch} />
      ) : first ? (
        <>
          <Signal of={first} />
          {first.recipients.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t`Nobody`}>
              <Trans>
                No manufacturer or partner is registered here, and none has received anything about you.
              </Trans>
            </EmptyState>
          ) : (
            first.recipients.map((each) => <RecipientCard key={each.id} recipient={each} gpc={first.gpc} />)
          )}
          <Left rows={received.data?.pages.flatMap((page) => page.received) ?? []} />
          {received.hasNextPage && (
            <div>
              <Button isDisabled={received.isFetchingNextPage} onPress={() => void received.fetchNextPage()}>
                <Trans>Show earlier</Trans>
              </Button>
            </div>
          )}
        </>
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

/** What the browser says for its person holds as a no to everybody. // pp.4.4.d */
function Signal({ of: { gpc, gpcAt } }: { readonly of: MyRecipients }) {
  if (!gpc && gpcAt === undefined) return null
  return (
    <Banner icon={ShieldCheck}>
      {gpc ? (
        <Trans>
          This browser sends Global Privacy Control: nothing is shared with anybody, and no yes is taken.
        </Trans>
      ) : null}{' '}
      {gpcAt !== undefined && <Trans>Global Privacy Control turned sharing off {dateAndTime(gpcAt)}.</Trans>}
    </Banner>
  )
}

const outcomes: Readonly<Record<DisclosureRow['outcome'], () => string>> = {
  sending: () => t`On its way`,
  sent: () => t`Arrived`,
  refused: () => t`Arrived, and was not accepted`,
  failed: () => t`Did not arrive`,
  unknown: () => t`Broke off; it may have arrived`,
}
function Left({ rows }: { readonly rows: readonly DisclosureRow[] }) {
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="left" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="left" className="flex items-center gap-2 text-section">
        <Trans>What left, newest first</Trans>
      </h2>
      <Rows>
        {rows.map((row) => (
          <Row key={row.id}>
            <h3 className="text-card">
              <bdi>{row.name}</bdi>
              {row.kind === 'deletion' && (
                <>
                  {' · '}
                  <Trans>asked to delete</Trans>
                </>
              )}
            </h3>
            <p className="text-state font-normal text-muted">
              {dateAndTime(row.at)} · {outcomes[row.outcome]()}
              {row.bytes !== undefined && (
                <>
                  {' · '}
                  <Plural value={row.bytes} one="# byte" other="# bytes" />
                </>
              )}
            </p>
            <p className="text-state font-normal">{row.why}</p>
            {row.fields.length > 0 && <p className="text-state font-normal text-muted">{list(row.fields)}</p>}
            {row.consentedAt.length > 0 && (
              <p className="text-state font-normal text-muted">
                <Trans>On your yes of {list([...new Set(row.consentedAt.map(dateAndTime))])}.</Trans>
              </p>
            )}
          </Row>
        ))}
      </Rows>
    </section>
  )
}
