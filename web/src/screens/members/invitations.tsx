import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { MemberLimits } from '@eaves/model'
import type { Home, Invitation, Member } from '@eaves/model/api'
import { useState } from 'react'
import { useInvitations, useRevokeInvitation } from '../../data/invitations.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { dayAndTime, hoursInWords } from '../../words/later/hours.ts'
import { memberName, roleName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { Part } from '../../ui/part.tsx'

/** Invitations nobody has used yet, those that have expired with them. */
export function Invitations({ home, members }: { readonly home: Home; readonly members: readonly Member[] }) {
  const invitations = useInvitations(home.id)
  const revoke = useRevokeInvitation(home.id)
  const [asked, setAsked] = useState<Invitation>()
  const open = invitations.data?.filter(({ isExpired }) => !isExpired).length ?? 0
  return (
    <Part
      id="invitations"
      title={t`Invitations`}
      lead={
        invitations.data &&
        (open === 0
          ? t`None is open.`
          : plural(open, {
              one: '# is open. Whoever holds its code can come in once.',
              other: '# are open. Whoever holds the code of one can come in once.',
            }))
      }
    >
      <Failure error={revoke.error} />
      {invitations.error && !invitations.data ? (
        <QueryError error={invitations.error} retry={invitations.refetch} />
      ) : !invitations.data ? (
        <BlockSkeleton />
      ) : (
        invitations.data.length > 0 && (
          <ul className="max-w-[48rem] divide-y divide-line rounded-card border border-line bg-surface">
            {invitations.data.map((invitation) => (
              <Row
                key={invitation.id}
                home={home}
                invitation={invitation}
                inviter={members.find(({ accountId }) => accountId === invitation.invitedBy)}
                onRevoke={() => (invitation.isExpired ? revoke.mutate(invitation.id) : setAsked(invitation))}
              />
            ))}
          </ul>
        )
      )}
      <Confirm
        open={asked !== undefined}
        title={t`Take this invitation back?`}
        verb={t`Take it back`}
        onClose={() => setAsked(undefined)}
        onConfirm={() => {
          if (asked) revoke.mutate(asked.id)
          setAsked(undefined)
        }}
      >
        <p>
          <Trans>
            Its link and its code stop working at once. Whoever has it is told that it is not valid.
          </Trans>
        </p>
      </Confirm>
    </Part>
  )
}

function Row({
  home,
  invitation,
  inviter,
  onRevoke,
}: {
  readonly home: Home
  readonly invitation: Invitation
  readonly inviter: Member | undefined
  readonly onRevoke: () => void
}) {
  const { isExpired } = invitation
  const name = invitation.name ?? roleName(invitation.role)
  const until = dayAndTime(invitation.expiresAt, home.zone)
  const limits = invitation.limits as MemberLimits | undefined
  const by = inviter && (inviter.you ? t`by you` : t`by ${isolated(memberName(inviter))}`)
  const parts = [
    roleName(invitation.role),
    limits && limits.hours.length > 0 && hoursInWords(limits.hours),
    by,
  ].filter(Boolean)
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 p-4">
      <div className="grid min-w-0 flex-1 basis-48 grid-cols-[minmax(0,1fr)] gap-0.5">
        <p className="text-card">
          <Name of={name} />
        </p>
        <p className="text-state font-normal text-muted">{parts.join(' · ')}</p>
        <p className={isExpired ? 'text-state text-alert' : 'text-state font-normal text-muted'}>
          {isExpired ? <Trans>Expired {until}</Trans> : <Trans>Valid until {until}</Trans>}
        </p>
      </div>
      <Button
        variant={isExpired ? 'plain' : 'danger'}
        aria-label={isExpired ? t`Clear the invitation for ${name}` : t`Take back the invitation for ${name}`}
        onPress={onRevoke}
      >
        {isExpired ? <Trans context="from the list">Clear</Trans> : <Trans>Take back</Trans>}
      </Button>
    </li>
  )
}
