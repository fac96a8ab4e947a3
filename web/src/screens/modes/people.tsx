import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Member, NamedPlace, PresenceOf } from '@eaves/model/api'
import { DoorOpen, House, Minus } from 'lucide-react'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { useMembers } from '../../data/members.ts'
import { useNamedPlaces } from '../../data/named-places.ts'
import { useChangePresence, usePresence } from '../../data/presence.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Part } from '../../ui/part.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { memberName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { ago } from '../../words/time.ts'

/** Who is at home; who does not share it stands there as that. */
export function People({ home }: { readonly home: string }) {
  const view = usePresence(home, true)
  const members = useMembers(home)
  const places = useNamedPlaces(home, useCan(home)('mode.read')).data ?? []
  const error = view.error ?? members.error
  return (
    <Part
      id="people"
      title={t`Who is at home`}
      lead={
        <Trans>Each person decides whether the home knows. Of who does not share, nothing is guessed.</Trans>
      }
    >
      {view.data && members.data ? (
        <ul className="grid">
          {view.data.people.map((each) => {
            const member = members.data.find(({ accountId }) => accountId === each.person)
            return (
              member && (
                <Person
                  key={each.person}
                  home={home}
                  presence={each}
                  member={member}
                  members={members.data}
                  places={places}
                />
              )
            )
          })}
        </ul>
      ) : error ? (
        <QueryError error={error} retry={() => Promise.all([view.refetch(), members.refetch()])} />
      ) : (
        <BlockSkeleton />
      )}
    </Part>
  )
}

function saidOf({ sharing, is, since, place }: PresenceOf, places: readonly NamedPlace[]): string {
  if (!sharing) return t`Does not share it`
  if (is === undefined || since === undefined) return t`Shares it; nothing is known yet`
  const when = ago(since)
  if (is === 'home') return t`Home, ${when}`
  const name = places.find(({ id }) => id === place)?.name
  return name === undefined ? t`Away, ${when}` : t`Away (${isolated(name)}), ${when}`
}

function Person({
  home,
  presence,
  member,
  members,
  places,
}: {
  readonly home: string
  readonly presence: PresenceOf
  readonly member: Member
  readonly members: readonly Member[]
  readonly places: readonly NamedPlace[]
}) {
  const { allow } = useChangePresence(home)
  const { live } = useConnection()
  const you = members.find((each) => each.you)
  const isMine = member.role === 'child' && you !== undefined && member.guardian === you.accountId
  const { sharing, is, allowed = false } = presence
  const name = memberName(member)
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <div className="flex items-center gap-3">
        <span className={sharing && is === 'home' ? 'text-accent' : 'text-muted'}>
          <Icon of={!sharing || is === undefined ? Minus : is === 'home' ? House : DoorOpen} size={20} />
        </span>
        <span className="grid min-w-0">
          <bdi className="text-card wrap-anywhere">{member.you ? t`${name} (you)` : name}</bdi>
          <span className="text-state text-muted">{saidOf(presence, places)}</span>
        </span>
      </div>
      {isMine && (
        <Switch
          selected={allowed}
          disabled={!live || allow.isPending}
          label={t`${name} may let the home know`}
          onChange={(next) =>
            allow.mutate(
              { child: member.accountId, allowed: next },
              { onError: (error) => toasts.show(errorWords(error).title) },
            )
          }
        >
          <Trans>May let the home know, if they want to</Trans>
        </Switch>
      )}
    </li>
  )
}
