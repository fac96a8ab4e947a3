import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home, Member } from '@eaves/model/api'
import { mayChange, mayGrant, mayRemove } from '@eaves/policy'
import { Eye, UserX } from 'lucide-react'
import { useState } from 'react'
import { useHome } from '../../data/homes.ts'
import { useEditMember, useMembers } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { stateInWords } from '../../words/later/hours.ts'
import { memberName, roleName } from '../../words/later/members.ts'
import { dateAndTime } from '../../words/time.ts'
import { Consent } from './consent.tsx'
import { Contact } from './contact.tsx'
import { useHomeFacts } from './home-facts.ts'
import { LeaveGuard } from './leave-guard.tsx'
import { Part } from '../../ui/part.tsx'
import { Page } from './page.tsx'
import { GuardianPicker, NameField, ReachPart, TimePart } from './place-form.tsx'
import {
  editOf,
  faultsIn,
  faultsOf,
  followed,
  isEmpty,
  placeOf,
  withRole,
  type Editing,
  type PlaceDraft,
} from './place-model.ts'
import { isPlain } from './reach-model.ts'
import { RemoveMember } from './remove-member.tsx'
import { RoleCards } from './role-cards.tsx'
import { standingOf } from './standing.ts'
import { Summary } from './summary.tsx'

/** One person of the home: what they are, what they reach, and for those who may, changing it. */
export function Detail({ home, member: id }: { readonly home: string; readonly member: string }) {
  const place = useHome(home)
  const members = useMembers(home)
  const back = { to: paths.members(home), name: t`Members` }
  if (members.error && !members.data)
    return (
      <Page back={back} title={t`Members`}>
        <QueryError error={members.error} retry={members.refetch} />
      </Page>
    )
  if (!members.data || !place)
    return (
      <Page back={back} title={t`Members`}>
        <BlockSkeleton />
      </Page>
    )
  const member = members.data.find(({ accountId }) => accountId === id)
  const you = members.data.find((each) => each.you)
  if (!member || !you) return <NotFound />
  const state = [roleName(member.role), stateInWords(member, place.zone)].filter(Boolean).join(' · ')
  return (
    <Page back={back} title={memberName(member)} lead={state}>
      <div className="grid gap-1">
        <Contact member={member} />
        <p className="text-state font-normal text-muted">
          <Trans>In this home since {dateAndTime(member.since)}</Trans>
        </p>
      </div>
      <Body home={place} member={member} you={you} members={members.data} />
    </Page>
  )
}

interface BodyProps {
  readonly home: Home
  readonly member: Member
  readonly you: Member
  readonly members: readonly Member[]
}
function Body({ home, member, you, members }: BodyProps) {
  const actor = standingOf(you)
  const target = standingOf(member)
  const mayEdit = !member.you && mayChange(actor, target, { guardian: false, limits: true })
  return (
    <>
      {home.verbs.includes('member.manage') && !member.you && (
        <div>
          <LinkButton to={paths.viewAs(home.id, member.accountId)}>
            <Icon of={Eye} size={18} />
            <Trans>See what they see</Trans>
          </LinkButton>
        </div>
      )}
      {member.role === 'child' && member.guardian === you.accountId && (
        <Consent home={home.id} child={member.accountId} />
      )}
      {mayEdit ? (
        <Editor key={member.accountId} home={home} member={member} you={you} members={members} />
      ) : (
        home.verbs.includes('member.manage') &&
        !member.you && (
          <Banner>
            {member.role === 'owner' ? (
              <Trans>Owners answer to themselves alone: nobody else changes what they may do.</Trans>
            ) : (
              <Trans>Only an owner changes what an administrator may do.</Trans>
            )}
          </Banner>
        )
      )}
      {mayRemove(actor, target) && (
        <Part
          id="remove"
          title={t`Remove from the home`}
          {...(member.role === 'kiosk'
            ? {}
            : { lead: t`Ends at once, on every device and in every program of theirs.` })}
        >
          <RemoveMember home={home.id} member={member} icon={UserX} />
        </Part>
      )}
    </>
  )
}

function Editor({ home, member, you, members }: BodyProps) {
  const facts = useHomeFacts(home.id)
  const now = placeOf(member, home.zone)
  const [kept, setEditing] = useState<Editing>({ before: now, draft: now })
  // Half a date lives in its field alone: it goes with the field.
  const [turn, setTurn] = useState(0)
  const editing = followed(kept, now, home.zone)
  if (editing !== kept) setEditing(editing)
  const { before, draft } = editing
  const edit = useEditMember(home.id, member.accountId)
  const setDraft = (next: PlaceDraft): void => {
    setEditing({ before, draft: next })
    if (edit.error) edit.reset()
  }
  const change = editOf(before, draft, home.zone)
  const wrong = faultsOf(draft, home.zone)
  const faults = [...wrong, ...faultsIn(edit.error)]
  const isKeeper = draft.role === 'admin'
  const roles = (['admin', 'adult', 'child', 'guest'] as const).filter((role) => mayGrant(you.role, role))
  const save = (): void => {
    if (wrong.length > 0 || edit.isPending) return
    edit.mutate(change, {
      onSuccess: (saved) => {
        const next = placeOf(saved, home.zone)
        setEditing({ before: next, draft: next })
        toasts.show(t`Saved. It counts from now on.`)
      },
    })
  }
  const fine =
    member.limits === undefined || isPlain(member.limits as Parameters<typeof isPlain>[0], facts.devices)
  return (
    <>
      <Summary home={home} draft={draft} facts={facts} />
      <NameField draft={draft} faults={faults} onChange={setDraft} />
      {member.role !== 'kiosk' && roles.includes('adult') && (
        <Part
          id="role"
          title={t`Role`}
          lead={
            you.role === 'owner'
              ? t`Nobody is made an owner here. To hand the home over, open Members.`
              : t`Administrators are made by an owner.`
          }
        >
          <RoleCards roles={roles} value={draft.role} onChange={(role) => setDraft(withRole(draft, role))} />
          {before.role === 'admin' && !isKeeper && (
            <Banner>
              <Trans>
                Access data of devices that they made, wall panels that they let in and their open invitations
                end with the role.
              </Trans>
            </Banner>
          )}
        </Part>
      )}
      {draft.role === 'child' && roles.includes('adult') && (
        <GuardianPicker
          draft={draft}
          members={members.filter(({ accountId }) => accountId !== member.accountId)}
          fault={faults.includes('guardian')}
          onChange={setDraft}
        />
      )}
      {!isKeeper && (
        <>
          {!fine && (
            <Banner tone="warn">
              <Trans>
                A program gave them finer limits than this page can show. Saving what they reach here puts
                these in their place.
              </Trans>
            </Banner>
          )}
          <ReachPart draft={draft} facts={facts} onChange={setDraft} />
          <TimePart
            key={turn}
            draft={draft}
            zone={home.zone}
            faults={faults}
            onChange={setDraft}
            isEndFixed={!home.verbs.includes('member.manage')}
          />
        </>
      )}
      {(!isEmpty(change) || edit.error) && (
        <div className="sticky bottom-20 z-20 grid gap-3 rounded-card border border-line bg-surface p-3 shadow-layer md:bottom-4">
          <Failure error={edit.error} />
          <div className="flex flex-wrap gap-3">
            <Button variant="primary" isDisabled={wrong.length > 0 || edit.isPending} onPress={save}>
              <Trans>Save</Trans>
            </Button>
            <Button
              variant="quiet"
              onPress={() => {
                setEditing({ before: now, draft: now })
                setTurn(turn + 1)
                edit.reset()
              }}
            >
              <Trans>Undo changes</Trans>
            </Button>
          </div>
        </div>
      )}
      <LeaveGuard when={!isEmpty(change) && !edit.isPending} />
    </>
  )
}
