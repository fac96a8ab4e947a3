import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { RequestView } from '@eaves/model/api'
import { FileArchive, ScrollText, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useOnline } from '../../data/online.ts'
import { useAskRequest, useRequests } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Page, Rows } from '../me/page.tsx'
import { Offline } from '../privacy/offline.tsx'
import { Part } from '../privacy/part.tsx'
import { Request } from '../privacy/request.tsx'

interface Place {
  readonly home: string
  readonly child: string
}
/** A copy or the erasure of what is held about a child; nobody has to clear it. // pp.6 pp.8 */
export function Requests({ home, child }: Place) {
  const requests = useRequests(child)
  useTitle(t`Copy or erase what is held of this child`)
  return (
    <Page
      title={t`Copy or erase what is held of this child`}
      up={{ to: paths.member(home, child), name: t`The child’s page` }}
      lead={
        <Trans>
          Whatever you ask for here is carried out by itself. The child sees it in their own list, and that
          you asked.
        </Trans>
      }
    >
      <Offline />
      {requests.error && !requests.data ? (
        <QueryError error={requests.error} retry={requests.refetch} />
      ) : requests.data ? (
        <All child={child} requests={requests.data} />
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

function All({ child, requests }: { readonly child: string; readonly requests: readonly RequestView[] }) {
  return (
    <>
      <section aria-labelledby="asked" className="grid gap-3">
        <h2 id="asked" className="text-section">
          <Trans>Requests about this child</Trans>
        </h2>
        {requests.length === 0 ? (
          <EmptyState icon={ScrollText} title={t`Nothing has been asked for yet`} level={2} />
        ) : (
          <Rows>
            {requests.map((request) => (
              <Request key={request.id} request={request} of={child} />
            ))}
          </Rows>
        )}
      </section>
      <Copy child={child} />
      <Erase child={child} requests={requests} />
    </>
  )
}

/** Asking takes a fresh proof, which the page asks for by itself. // pp.4.3 */
function Copy({ child }: { readonly child: string }) {
  const ask = useAskRequest(child)
  const online = useOnline()
  return (
    <Part id="copy" title={t`A copy`}>
      <Failure error={ask.error} />
      <p className="text-body text-muted">
        <Trans>
          Everything held about the child, as a ZIP with JSON, its schema, and tables as CSV. It goes to you
          alone and stays here for seven days.
        </Trans>
      </p>
      <div>
        <Button
          variant="primary"
          icon={FileArchive}
          isDisabled={!online || ask.isPending}
          onPress={() => ask.mutate({ kind: 'access' })}
        >
          <Trans>Make a copy</Trans>
        </Button>
      </div>
    </Part>
  )
}

function Erase({ child, requests }: { readonly child: string; readonly requests: readonly RequestView[] }) {
  const [asking, setAsking] = useState(false)
  const ask = useAskRequest(child)
  const online = useOnline()
  const isOpen = requests.some(
    ({ kind, endedAt, askedBy }) => kind === 'erasure' && endedAt === undefined && askedBy === 'guardian',
  )
  const close = () => setAsking(false)
  return (
    <Part id="erase" title={t`Erase the child’s account`}>
      <Failure error={ask.error} />
      <ul className="grid list-disc gap-1 ps-5 text-body text-muted">
        <li>
          <Trans>
            For 72 hours nothing happens, and you can take it back here. You and the child are told.
          </Trans>
        </li>
        <li>
          <Trans>
            Then every sign-in of the child ends, their key is destroyed, and everything about them is removed
            and checked.
          </Trans>
        </li>
        <li>
          <Trans>The home stays with its people. The last message brings you a signed certificate.</Trans>
        </li>
      </ul>
      {isOpen ? (
        <p className="text-card">
          <Trans>It is asked for. Above you can still take it back.</Trans>
        </p>
      ) : (
        <div>
          <Button
            variant="danger"
            icon={Trash2}
            isDisabled={!online || ask.isPending}
            onPress={() => setAsking(true)}
          >
            <Trans>Erase the account</Trans>
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title={t`Erase the child’s account?`}
        verb={t`Erase it in 72 hours`}
        keep={t`Keep it`}
        onClose={close}
        onConfirm={() => {
          close()
          ask.mutate({ kind: 'erasure' })
        }}
      >
        <p>
          <Trans>You can take it back for 72 hours. After that nobody can bring it back.</Trans>
        </p>
      </Confirm>
    </Part>
  )
}
