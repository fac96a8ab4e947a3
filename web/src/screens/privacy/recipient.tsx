import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { MyRecipients, SharingRow } from '@eaves/model/api'
import { useOnline } from '../../data/online.ts'
import { useAskDeletion, useShare } from '../../data/own-data.ts'
import { Failure } from '../../shell/failure.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { regionName } from '../../words/regions.ts'
import { pageLocale } from '../../words/locale.ts'
import { longDate } from '../../words/dates.ts'
import { dateAndTime, list } from '../../words/time.ts'
import { Part } from './part.tsx'

type Recipient = MyRecipients['recipients'][number]

const deletions: Readonly<Record<NonNullable<Recipient['deletion']>['state'], () => string>> = {
  waiting: () => t`The request to delete is on its way.`,
  asked: () => t`It was asked to delete, and has not answered yet.`,
  done: () => t`It says that everything is deleted.`,
  refused: () => t`It refused to delete.`,
  silent: () => t`It was asked to delete and did not answer in time.`,
  unreached: () => t`It could not be reached to ask it to delete.`,
}

/** One that may get something: who they are, what they got, and what one says to it. // pp.3.1.p pp.3.1.1 */
export function RecipientCard({ recipient, gpc }: { readonly recipient: Recipient; readonly gpc: boolean }) {
  const { id, name, registered, sharing, received, lastAt, deletion, canAsk } = recipient
  const ask = useAskDeletion(id)
  const online = useOnline()
  const isOver = registered === undefined || registered.state !== 'in-force'
  return (
    <Part id={`recipient-${id}`} title={name} {...(gpc ? { badge: <Badge>GPC</Badge> } : {})}>
      <Failure error={ask.error} />
      <p className="text-state font-normal text-muted">
        {received === 0 ? (
          <Trans>Has received nothing about you.</Trans>
        ) : (
          <>
            <Plural value={received} one="Received something once." other="Received something # times." />{' '}
            {lastAt !== undefined && <Trans>Last {dateAndTime(lastAt)}.</Trans>}
          </>
        )}
      </p>
      {registered !== undefined && <Facts of={registered} />}
      {isOver && (
        <p className="text-state font-normal">
          <Trans>No contract binds it now: it gets nothing.</Trans>
        </p>
      )}
      {sharing.map((row) => (
        <Sharing key={row.purpose} recipient={id} row={row} isClosed={gpc || isOver} />
      ))}
      {deletion !== undefined && <p className="text-card">{deletions[deletion.state]()}</p>}
      {canAsk && (
        <div>
          <Button isDisabled={!online || ask.isPending} onPress={() => ask.mutate()}>
            <Trans>Ask it to delete</Trans>
          </Button>
        </div>
      )}
    </Part>
  )
}

function Facts({ of }: { readonly of: NonNullable<Recipient['registered']> }) {
  const rows = [
    [t`What for`, list(of.purposes.map(({ name }) => name))],
    [t`Devices of the brands`, list(of.brands)],
    [t`What it may get at most`, list(of.fields)],
    [t`Bound by a contract until`, of.agreement === null ? '' : longDate(of.agreement.expiresAt)],
    [t`Where`, regionName(of.region)],
    [t`Contact`, of.contact],
    [t`Its own policy`, of.policyUrl],
  ] as const
  return <Pairs rows={rows.filter(([, text]) => text !== '')} />
}

function Pairs({ rows }: { readonly rows: readonly (readonly [name: string, text: string])[] }) {
  return (
    <dl className="grid gap-1 text-state font-normal">
      {rows.map(([name, text]) => (
        <div key={name} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere">{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What is told before, then a yes or no to each kind of information, of equal weight; and one way to stop it all. // pp.4.4.e */
function Sharing({
  recipient,
  row,
  isClosed,
}: {
  readonly recipient: string
  readonly row: SharingRow
  readonly isClosed: boolean
}) {
  const { notice, choices, purpose } = row
  const share = useShare(recipient)
  const online = useOnline()
  const say = (said: readonly { category: (typeof choices)[number]['category']; given: boolean }[]) =>
    share.mutate({ purpose, locale: pageLocale(), noticeSha256: notice.sha256, choices: [...said] })
  const isBusy = !online || share.isPending
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 border-t border-line pt-4">
      <Failure error={share.error} />
      <h3 className="text-card">{notice.title}</h3>
      <Pairs
        rows={[
          [t`What`, notice.what],
          [t`Why`, notice.why],
          [t`If you say no`, notice.effectOfNo],
          [t`How it is sent`, notice.method],
          [t`If you change your mind`, notice.undo],
        ]}
      />
      {notice.categories.map(({ category, label, fields }) => {
        const given = choices.find((each) => each.category === category)?.given === true
        return (
          <div key={category} className="grid gap-1">
            <RadioGroup
              label={label}
              value={given ? 'yes' : 'no'}
              disabled={isBusy || (isClosed && !given)}
              onChange={(next) => say([{ category, given: next === 'yes' }])}
              options={[
                { id: 'no', name: t({ context: 'consent', message: 'No' }) },
                { id: 'yes', name: t({ context: 'consent', message: 'Yes' }) },
              ]}
            />
            <p className="text-state font-normal text-muted">{list(fields)}</p>
          </div>
        )
      })}
      {choices.some(({ given }) => given) && (
        <div>
          <Button
            isDisabled={isBusy}
            onPress={() => say(choices.map(({ category }) => ({ category, given: false })))}
          >
            <Trans>Stop sharing</Trans>
          </Button>
        </div>
      )}
    </div>
  )
}
