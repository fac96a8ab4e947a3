import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useOwnGuardian } from '../../data/guardian.ts'
import { safeNext } from '../../data/next.ts'
import { useRequests } from '../../data/own-data.ts'
import { useSignOut } from '../../data/sign-out.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateAndTime } from '../../words/time.ts'

/** Where a minor waits for the adult who answers for them; nothing of theirs is used meanwhile. // pp.6 */
export function Screen() {
  const standing = useOwnGuardian()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const title = t`An adult has to agree first`
  if (standing.error && !standing.data)
    return (
      <Front title={title}>
        <QueryError error={standing.error} retry={standing.refetch} />
      </Front>
    )
  if (!standing.data)
    return (
      <Front title={title}>
        <BlockSkeleton />
      </Front>
    )
  const goOn = () => void navigate({ href: safeNext(next), replace: true })
  const look = async () => {
    const { data } = await standing.refetch()
    if (data !== undefined && data.state !== 'missing') goOn()
  }
  const { state, linked } = standing.data
  if (state !== 'missing')
    return (
      <Front title={t`You can go on`} lead={<Trans>Nothing is in your way any more.</Trans>}>
        <Button variant="primary" full onPress={goOn}>
          <Trans>Open the app</Trans>
        </Button>
      </Front>
    )
  return (
    <Front
      title={title}
      lead={
        linked ? (
          <Trans>
            An adult of your home answers for you. Ask them to open your name under Members and to read what
            stands there. As long as they have not agreed, or have taken it back, the app stays closed for you
            and nothing of yours is used.
          </Trans>
        ) : (
          <Trans>
            Nobody answers for you yet. Ask an adult you live with for an invitation as a child of the home,
            and open its link here. Until then the app stays closed for you and nothing of yours is used.
          </Trans>
        )
      }
    >
      <div className="grid gap-3">
        <AskedMeanwhile />
        <Button full isDisabled={standing.isFetching} onPress={() => void look()}>
          <Trans>Look again</Trans>
        </Button>
        {!linked && (
          <LinkButton to={paths.join} full>
            <Trans>I have an invitation</Trans>
          </LinkButton>
        )}
        <LinkButton to={paths.documents} full>
          <Trans>Read the documents</Trans>
        </LinkButton>
        <Failure error={signOut.error} />
        <Button
          variant="quiet"
          full
          isDisabled={signOut.isPending}
          onPress={() =>
            signOut.mutate('here', { onSuccess: () => void navigate({ to: paths.signIn, replace: true }) })
          }
        >
          <Trans>Sign out</Trans>
        </Button>
      </div>
    </Front>
  )
}

/** What the adult who answers for them has asked is told where they are, not where they cannot go. // pp.6 */
function AskedMeanwhile() {
  const erasure = useRequests().data?.find(
    ({ kind, askedBy, endedAt }) => kind === 'erasure' && askedBy === 'guardian' && endedAt === undefined,
  )
  if (erasure === undefined) return null
  return (
    <Banner tone="warn">
      <Trans>
        The adult who answers for you asked to erase your account. It is erased {dateAndTime(erasure.runAt)}{' '}
        unless they take it back.
      </Trans>
    </Banner>
  )
}
