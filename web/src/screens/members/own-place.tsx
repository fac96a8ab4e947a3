import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { personalActs, type MemberLimits, type PersonalAct } from '@eaves/model'
import type { Home, Member } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { LogOut } from 'lucide-react'
import { useId, useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useHome, useHomes } from '../../data/homes.ts'
import { useLeave, useSetShares } from '../../data/members.ts'
import { usePlace } from '../../data/place.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { stateInWords } from '../../words/later/hours.ts'
import { roleName, shareHint, shareName } from '../../words/later/members.ts'
import { isolated, reachInWords } from '../../words/later/reach.ts'
import { dateAndTime } from '../../words/time.ts'
import { OwnPresence } from '../modes/own-presence.tsx'
import { useHomeFacts } from './home-facts.ts'
import { Part } from '../../ui/part.tsx'
import { OwnName } from './own-name.tsx'
import { Page } from './page.tsx'
import { draftOf } from './reach-model.ts'

/** What one is in a home, what the others may see of one, and leaving. */
export function OwnPlace({ home: id }: { readonly home: string }) {
  const home = useHome(id)
  const place = usePlace(id)
  const isOpen = home?.access?.isOpen !== false
  return (
    <Page
      back={isOpen ? { to: paths.me, name: t`Me` } : { to: paths.home(id), name: home?.name ?? t`Home` }}
      title={t`Your place in this home`}
      lead={home && <bdi>{home.name}</bdi>}
    >
      {place.error && !place.data ? (
        <QueryError error={place.error} retry={place.refetch} />
      ) : !place.data || !home ? (
        <BlockSkeleton />
      ) : (
        <>
          <What home={home} place={place.data} isOpen={isOpen} />
          {home.verbs.includes('member.guard') && <OwnName home={id} place={place.data} />}
          {home.role !== 'kiosk' && <Shares home={id} place={place.data} />}
          {home.role !== 'kiosk' && isOpen && <OwnPresence home={id} />}
          <Leave home={home} />
        </>
      )}
    </Page>
  )
}

function What({
  home,
  place,
  isOpen,
}: {
  readonly home: Home
  readonly place: Member
  readonly isOpen: boolean
}) {
  const state = stateInWords(place, home.zone)
  return (
    <div className="grid gap-1 rounded-card bg-surface-2 p-4">
      <p className="text-card">{roleName(place.role)}</p>
      {isOpen && <Reach home={home} place={place} />}
      {state !== '' && <p>{state}</p>}
      <p className="text-state font-normal text-muted">
        <Trans>In this home since {dateAndTime(place.since)}</Trans>
      </p>
    </div>
  )
}
/** Names of rooms and devices are asked for only while the home is open. */
function Reach({ home, place }: { readonly home: Home; readonly place: Member }) {
  const facts = useHomeFacts(home.id)
  if (facts.isLoading) return null
  const draft = draftOf(place.limits as MemberLimits | undefined)
  return <p className="wrap-anywhere">{reachInWords({ role: place.role, draft }, facts)}</p>
}

/** Each off until one switches it on oneself; no role sees more of a person than they show. // pp.4.1 */
function Shares({ home, place }: { readonly home: string; readonly place: Member }) {
  const set = useSetShares(home)
  const given = place.shares ?? []
  return (
    <Part
      id="shares"
      title={t`What others of this home see of you`}
      lead={t`Off to begin with. What somebody may do in the home has nothing to do with what they see of you.`}
    >
      <Failure error={set.error} />
      <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {personalActs.map((act) => (
          <Share
            key={act}
            act={act}
            given={given.includes(act)}
            busy={set.isPending}
            onChange={(on) => set.mutate(on ? [...given, act] : given.filter((each) => each !== act))}
          />
        ))}
      </ul>
    </Part>
  )
}
function Share({
  act,
  given,
  busy,
  onChange,
}: {
  readonly act: PersonalAct
  readonly given: boolean
  readonly busy: boolean
  readonly onChange: (on: boolean) => void
}) {
  const id = useId()
  return (
    <li className="grid gap-1 py-3">
      <Switch selected={given} onChange={onChange} disabled={busy} describedBy={id}>
        <span className="text-card">{shareName(act)}</span>
      </Switch>
      <p id={id} className="text-state font-normal text-muted">
        {shareHint(act)}
      </p>
    </li>
  )
}

function Leave({ home }: { readonly home: Home }) {
  const [asked, setAsked] = useState(false)
  const navigate = useNavigate()
  const next = useHomes().data?.find(({ id }) => id !== home.id)
  const name = isolated(home.name)
  const leave = useLeave(home.id, () => {
    // The home is behind one: what is said of it now belongs to none.
    toasts.enter(undefined)
    toasts.show(t`You have left ${name}.`)
    return navigate({ to: next ? paths.home(next.id) : paths.createHome, replace: true })
  })
  const isLast = isProblem(leave.error, 'member.last-owner')
  const run = (): void => leave.mutate(undefined, { onSettled: () => setAsked(false) })
  if (home.role === 'child')
    return (
      <p className="text-muted">
        <Trans>The adult who answers for you, or an owner, can take you out of this home.</Trans>
      </p>
    )
  return (
    <Part id="leave" title={t`Leave this home`}>
      <Failure error={leave.error} />
      {isLast && (
        <div>
          <LinkButton to={paths.handOver(home.id)}>
            <Trans>Hand the home over</Trans>
          </LinkButton>
        </div>
      )}
      <div>
        <Button variant="danger" icon={LogOut} onPress={() => setAsked(true)}>
          <Trans>Leave</Trans>
        </Button>
      </div>
      <Confirm
        open={asked}
        title={t`Leave ${name}?`}
        verb={t`Leave now`}
        keep={t`Stay`}
        busy={leave.isPending}
        onClose={() => setAsked(false)}
        onConfirm={run}
      >
        <p>
          <Trans>
            You no longer see or use this home, from this second on; your programs and the devices you
            connected to its built-in broker are cut off as well. What the others do there goes on. To come
            back you need an invitation.
          </Trans>
        </p>
      </Confirm>
    </Part>
  )
}
