import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { isProblem } from '../../data/api.ts'
import { useStaffSelf } from '../../data/console.ts'
import { Front } from '../../shell/front.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Desk } from './desk.tsx'
import { Enrol } from './enrol.tsx'
import { SignIn } from './sign-in.tsx'

/** The console of whoever works for a hosted service. // pp.5.1 */
export function Screen() {
  const { page } = useParams({ strict: false }) as { page?: string }
  if (page === undefined) return <Console />
  return page === 'enrol' ? <Enrol /> : <NotFound />
}

function Console() {
  const self = useStaffSelf()
  if (self.data && !self.error) return <Desk self={self.data} />
  if (isProblem(self.error, 'auth.required'))
    return (
      <Front title={t`Console`} lead={<Trans>For whoever works for this service.</Trans>}>
        <SignIn />
      </Front>
    )
  return (
    <Front title={t`Console`}>
      {isProblem(self.error, 'auth.not-found', 'policy.agreement-required') ? (
        <p>
          <Trans>
            There is no console for you here. If you work for this service, sign out of your own account in
            this browser first, or use another browser.
          </Trans>
        </p>
      ) : self.error ? (
        <QueryError error={self.error} retry={self.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}
