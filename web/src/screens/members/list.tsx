import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { MemberLimits } from '@eaves/model'
import type { Home, Member } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { ChevronRight, KeyRound, UserPlus } from 'lucide-react'
import { useCan, useHome } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Name } from '../../ui/name.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { stateInWords } from '../../words/later/hours.ts'
import { memberName, roleName } from '../../words/later/members.ts'
import { reachInWords } from '../../words/later/reach.ts'
import { useHomeFacts, type HomeFacts } from './home-facts.ts'
import { Invitations } from './invitations.tsx'
import { Matrix } from './matrix.tsx'
import { Part } from '../../ui/part.tsx'
import { Page } from './page.tsx'
import { draftOf } from './reach-model.ts'
import { roleIcons } from './role-cards.tsx'
import { TransferNote } from './transfer-note.tsx'

/** Who belongs to the home, what each may do, and who is invited. */
export function MemberList({ home }: { readonly home: string }) {
  const place = useHome(home)
  const members = useMembers(home)
  const facts = useHomeFacts(home)
  const can = useCan(home)
  const keeps = can('member.manage')
  const alone = members.data?.length === 1
  return (
    <Page
      wide
      back={{ to: paths.me, name: t`Me` }}
      title={t`Members`}
      lead={
        alone && keeps ? (
          <Trans>You are alone in this home. Invite those who live with you, or somebody who comes by.</Trans>
        ) : (
          <Trans>Who belongs to this home, and what each of them may do.</Trans>
        )
      }
    >
      <TransferNote home={home} />
      {keeps && (
        <div className="flex flex-wrap gap-3">
          <LinkButton to={paths.invite(home)} variant="primary">
            <Icon of={UserPlus} size={18} />
            <Trans>Invite somebody</Trans>
          </LinkButton>
          {can('home.transfer') && !alone && (
            <LinkButton to={paths.handOver(home)}>
              <Icon of={KeyRound} size={18} />
              <Trans>Hand over or lock out</Trans>
            </LinkButton>
          )}
        </div>
      )}
      {members.error && !members.data ? (
        <QueryError error={members.error} retry={members.refetch} />
      ) : !members.data || !place ? (
        <BlockSkeleton />
      ) : (
        <>
          <ul className="max-w-[48rem] divide-y divide-line rounded-card border border-line bg-surface">
            {members.data.map((member) => (
              <PersonRow key={member.accountId} home={place} member={member} facts={facts} keeps={keeps} />
            ))}
          </ul>
          {keeps && !alone && facts.rooms.length > 0 && (
            <div className="hidden md:grid md:grid-cols-[minmax(0,1fr)]">
              <Part id="overview" title={t`Who gets what, room by room`}>
                <Matrix home={home} members={members.data} facts={facts} />
              </Part>
            </div>
          )}
        </>
      )}
      {keeps && place && <Invitations home={place} members={members.data ?? []} />}
    </Page>
  )
}

function PersonRow({
  home,
  member,
  facts,
  keeps,
}: {
  readonly home: Home
  readonly member: Member
  readonly facts: HomeFacts
  readonly keeps: boolean
}) {
  const state = stateInWords(member, home.zone)
  const name = memberName(member)
  const says = keeps || member.you
  return (
    <li className="relative flex items-start gap-4 p-4">
      <span className="flex size-11 shrink-0 items-center justify-center rounded-control bg-surface-2 text-muted">
        <Icon of={roleIcons[member.role]} size={22} />
      </span>
      <div className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
        <div className="flex min-w-0 items-center">
          <Link
            to={member.you ? paths.place(home.id) : paths.member(home.id, member.accountId)}
            className="min-w-0 text-card outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:outline-offset-[-2px] focus-visible:after:outline-accent"
          >
            <Name of={name} />
          </Link>
          {member.you && (
            <Badge>
              <Trans>You</Trans>
            </Badge>
          )}
        </div>
        <p className="text-state text-muted">
          {[name === roleName(member.role) ? '' : roleName(member.role), state].filter(Boolean).join(' · ')}
        </p>
        {says && !facts.isLoading && (
          <p className="text-state font-normal text-muted">
            {reachInWords(
              { role: member.role, draft: draftOf(member.limits as MemberLimits | undefined) },
              facts,
            )}
          </p>
        )}
      </div>
      <Icon of={ChevronRight} size={18} className="mt-3 shrink-0 text-muted rtl:-scale-x-100" />
    </li>
  )
}
