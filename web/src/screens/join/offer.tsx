import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { InvitationLook } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { isProblem } from '../../data/api.ts'
import { useGate } from '../../data/gate.ts'
import { holdCode, useAccept, useSignedIn } from '../../data/invitations.ts'
import { useSignOut } from '../../data/sign-out.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dateIn, hoursInWords } from '../../words/later/hours.ts'
import { roleHint, roleName } from '../../words/later/members.ts'
import { pageLocale } from '../../words/locale.ts'
import { roleIcons } from '../members/role-cards.tsx'
import { Refused } from './refused.tsx'

/** What the invitation is for, enough to decide, and the decision. */
export function Offer({ code, look }: { readonly code: string; readonly look: InvitationLook }) {
  return (
    <Front
      title={t`Your invitation`}
      lead={
        look.inviterName === undefined ? (
          <Trans>You are invited to a home.</Trans>
        ) : (
          <Trans>
            <bdi>{look.inviterName}</bdi> invites you to a home.
          </Trans>
        )
      }
    >
      <section className="grid gap-3 rounded-card bg-surface p-6 outline outline-line">
        <span
          data-tint="secure"
          className="flex size-12 items-center justify-center rounded-control bg-tint text-tint-ink"
        >
          <Icon of={roleIcons[look.role]} size={28} />
        </span>
        <h2 className="text-section">
          <Name of={look.homeName} lines={2} />
        </h2>
        <p>
          <Trans>Role: {roleName(look.role)}</Trans>
          <span className="block text-state font-normal text-muted">{roleHint(look.role)}</span>
        </p>
        <Times look={look} />
      </section>
      <Decide code={code} />
    </Front>
  )
}

function Times({ look: { hours, startsAt, endsAt, zone } }: { readonly look: InvitationLook }) {
  if (hours.length === 0 && startsAt === undefined && endsAt === undefined) return null
  return (
    <ul className="grid gap-1 text-state text-muted">
      {hours.length > 0 && (
        <li>
          {hoursInWords(hours)} ({zone.replaceAll('_', ' ')})
        </li>
      )}
      {startsAt !== undefined && (
        <li>
          <Trans>From {dateIn(startsAt, zone)}</Trans>
        </li>
      )}
      {endsAt !== undefined && (
        <li>
          <Trans>Until {dateIn(endsAt, zone)}</Trans>
        </li>
      )}
    </ul>
  )
}

function Decide({ code }: { readonly code: string }) {
  const claimed = useGate(pageLocale()).data?.claimed
  const signedIn = useSignedIn(claimed !== false)
  const navigate = useNavigate()
  const accept = useAccept(({ id }) => void navigate({ to: paths.home(id), replace: true }))
  if (signedIn.isPending) return <BlockSkeleton />
  if (!signedIn.data)
    return (
      <>
        <Failure error={signedIn.error} />
        <div className="grid gap-3">
          <LinkButton to={paths.gate} search={{ next: paths.join }} variant="primary" full>
            <Trans>I am new here</Trans>
          </LinkButton>
          <LinkButton to={paths.signIn} search={{ next: paths.join }} full>
            <Trans>I have an account here</Trans>
          </LinkButton>
        </div>
        <p className="text-state font-normal text-muted">
          <Trans>
            New here, you first read two short documents. Nothing about you is kept until you have agreed to
            them.
          </Trans>
        </p>
      </>
    )
  if (isProblem(accept.error, 'auth.not-found', 'invitation.expired'))
    return <Refused error={accept.error} onRetry={accept.reset} onOther={() => holdCode(undefined)} />
  return (
    <>
      {isProblem(accept.error, 'input.conflict') ? (
        <Banner
          action={
            <LinkButton to={paths.start}>
              <Trans>Open it</Trans>
            </LinkButton>
          }
        >
          <Trans>You are in this home already. The invitation stays unused.</Trans>
        </Banner>
      ) : (
        <Failure error={accept.error} />
      )}
      <As who={signedIn.data.who} />
      <div className="grid grid-cols-2 gap-3">
        <Button
          full
          isDisabled={accept.isPending}
          onPress={() => {
            holdCode(undefined)
            void navigate({ to: paths.start, replace: true })
          }}
        >
          <Trans>Not now</Trans>
        </Button>
        <Button variant="primary" full isDisabled={accept.isPending} onPress={() => accept.mutate(code)}>
          <Trans>Join</Trans>
        </Button>
      </div>
      <OtherAccount isDisabled={accept.isPending} />
    </>
  )
}

/** The code is spent once, and a tablet is often somebody else's. */
function As({ who }: { readonly who: string | undefined }) {
  return (
    <p className="wrap-anywhere">
      {who === undefined ? (
        <Trans>You are signed in, so it is this account that joins.</Trans>
      ) : (
        <Trans>
          You are signed in as <bdi className="font-semibold">{who}</bdi>, so it is this account that joins.
        </Trans>
      )}
    </p>
  )
}
/** Whoever is signed in here is signed out; the invitation waits in this page meanwhile. */
function OtherAccount({ isDisabled }: { readonly isDisabled: boolean }) {
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <>
      <Failure error={signOut.error} />
      <Button
        variant="quiet"
        full
        isDisabled={isDisabled || signOut.isPending}
        onPress={() =>
          signOut.mutate('here', {
            onSuccess: () => void navigate({ to: paths.signIn, search: { next: paths.join } }),
          })
        }
      >
        <Trans>Use another account</Trans>
      </Button>
    </>
  )
}
