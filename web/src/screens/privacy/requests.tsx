import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { RequestView } from '@eaves/model/api'
import { ScrollText } from 'lucide-react'
import { useRequests } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Page, Rows } from '../me/page.tsx'
import { AskCopy } from './ask-copy.tsx'
import { AskErasure } from './ask-erasure.tsx'
import { Offline } from './offline.tsx'
import { Part } from './part.tsx'
import { Request } from './request.tsx'
import { Stops } from './stops.tsx'

/** What one can ask for about one's own data; nobody has to clear it. // pp.8 */
export function Requests() {
  const requests = useRequests()
  useTitle(t`Copy, erase, restrict, refuse`)
  return (
    <Page
      title={t`Copy, erase, restrict, refuse`}
      up={{ to: paths.privacy, name: t`Your data` }}
      lead={
        <Trans>
          Whatever you ask for here is carried out by itself. Nobody has to agree to it, and it costs nothing.
          Only what you say is wrong is answered by a human.
        </Trans>
      }
    >
      <Offline />
      {requests.error && !requests.data ? (
        <QueryError error={requests.error} retry={requests.refetch} />
      ) : requests.data ? (
        <All requests={requests.data} />
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

function All({ requests }: { readonly requests: readonly RequestView[] }) {
  return (
    <>
      <section aria-labelledby="asked" className="grid gap-3">
        <h2 id="asked" className="text-section">
          <Trans>Your requests</Trans>
        </h2>
        {requests.length === 0 ? (
          <EmptyState icon={ScrollText} title={t`You have asked for nothing yet`} level={2} />
        ) : (
          <Rows>
            {requests.map((request) => (
              <Request key={request.id} request={request} />
            ))}
          </Rows>
        )}
      </section>
      <AskCopy />
      <Correct />
      <Stops requests={requests} />
      <AskErasure requests={requests} />
    </>
  )
}

/** What is wrong is said where it stands: beside the value. // pp.4.4.a */
function Correct() {
  return (
    <Part id="correct" title={t`Correct something`}>
      <p className="text-body text-muted">
        <Trans>
          Beside each value stands where you correct it. Where you cannot, say there what is wrong: your words
          stand beside the value at once, and a human answers.
        </Trans>
      </p>
      <div>
        <LinkButton to={paths.ofPrivacy('held')}>
          <Trans>See what is held</Trans>
        </LinkButton>
      </div>
    </Part>
  )
}
