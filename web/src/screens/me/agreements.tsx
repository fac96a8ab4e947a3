import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useDocuments } from '../../data/documents.ts'
import { useAgreements } from '../../data/me.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Page, Row, Rows } from './page.tsx'

const acts = {
  accept: () => t`You accepted it`,
  acknowledge: () => t`You took note of it`,
  refuse: () => t`You refused it`,
} as const

export function Agreements() {
  const mine = useAgreements(pageLocale())
  const documents = useDocuments().data ?? []
  const titleOf = (document: string): string =>
    documents.find((each) => each.document === document && each.locale === pageLocale())?.title ?? document
  return (
    <Page
      title={t`Agreements and documents`}
      lead={
        mine.data &&
        (mine.data.current ? (
          mine.data.notice ? (
            <Trans>A new version waits for your decision. What you agreed to holds for you until then.</Trans>
          ) : (
            <Trans>What you agreed to is what holds now.</Trans>
          )
        ) : (
          <Trans>The documents have changed since.</Trans>
        ))
      }
    >
      {mine.error && !mine.data ? (
        <QueryError error={mine.error} retry={mine.refetch} />
      ) : !mine.data ? (
        <BlockSkeleton />
      ) : (
        <Rows>
          {mine.data.acts.toReversed().map((act) => (
            <Row
              key={`${act.document}${act.at}`}
              action={
                <LinkButton
                  to={paths.document(act.document)}
                  search={{ version: `v${act.version.replace(/\+.*$/, '')}` }}
                >
                  <Trans>Read</Trans>
                </LinkButton>
              }
            >
              <span className="text-card">{titleOf(act.document)}</span>
              <span className="text-state font-normal text-muted">
                {acts[act.act]()} · <Trans>Version {act.version}</Trans> ·{' '}
                <time dateTime={act.at}>{dateAndTime(act.at)}</time>
              </span>
              <code className="text-caption break-all text-muted">{act.sha256}</code>
            </Row>
          ))}
        </Rows>
      )}
    </Page>
  )
}
