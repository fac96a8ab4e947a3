import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home, InvitationMade, Member } from '@eaves/model/api'
import { mayGrant } from '@eaves/policy'
import { useState } from 'react'
import { useHome } from '../../data/homes.ts'
import { useMakeInvitation } from '../../data/invitations.ts'
import { useMembers } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { useHomeFacts } from './home-facts.ts'
import { InvitationShown } from './invitation-made.tsx'
import { LeaveGuard } from './leave-guard.tsx'
import { Part } from '../../ui/part.tsx'
import { Page } from './page.tsx'
import { GuardianPicker, NameField, ReachPart, TimePart } from './place-form.tsx'
import { faultsIn, faultsOf, freshPlace, invitationOf, withRole, type PlaceDraft } from './place-model.ts'
import { RoleCards } from './role-cards.tsx'
import { SendingPart, useSending } from './sending.tsx'
import { Summary } from './summary.tsx'

type Step = 'role' | 'reach' | 'when'
const steps: readonly Step[] = ['role', 'reach', 'when']

/** Inviting somebody: as what, what they reach, when; then the code, shown once. */
export function Invite({ home: id }: { readonly home: string }) {
  const home = useHome(id)
  const members = useMembers(id)
  const back = { to: paths.members(id), name: t`Members` }
  if (members.error && !members.data)
    return (
      <Page back={back} title={t`Invite somebody`}>
        <QueryError error={members.error} retry={members.refetch} />
      </Page>
    )
  if (!home || !members.data)
    return (
      <Page back={back} title={t`Invite somebody`}>
        <BlockSkeleton />
      </Page>
    )
  return <Steps home={home} members={members.data} back={back} />
}

function Steps({
  home,
  members,
  back,
}: {
  readonly home: Home
  readonly members: readonly Member[]
  readonly back: { readonly to: string; readonly name: string }
}) {
  const facts = useHomeFacts(home.id)
  const [step, setStep] = useState<Step>('role')
  const [draft, setDraft] = useState<PlaceDraft>()
  const [isTried, setTried] = useState(false)
  const [made, setMade] = useState<InvitationMade>()
  const sending = useSending()
  const make = useMakeInvitation(home.id)
  const roles = (['adult', 'child', 'guest', 'admin'] as const).filter((role) => mayGrant(home.role, role))
  if (made)
    return (
      <Page back={back} title={t`The invitation is ready`}>
        <InvitationShown
          home={home}
          made={made}
          sentTo={sending.address.trim() === '' ? undefined : sending.address.trim()}
          onAnother={() => {
            setMade(undefined)
            setDraft(undefined)
            setStep('role')
            setTried(false)
            make.reset()
            sending.clear()
          }}
        />
      </Page>
    )
  const shown: readonly Step[] = draft?.role === 'admin' ? ['role', 'when'] : steps
  const at = shown.indexOf(step)
  const faults = draft ? faultsOf(draft, home.zone) : []
  const marked = [...(isTried ? faults : []), ...faultsIn(make.error)]
  const change = (next: PlaceDraft): void => {
    setDraft(next)
    if (make.error) make.reset()
  }
  const isStuck = step === 'role' ? faults.includes('guardian') : faults.some((fault) => fault !== 'guardian')
  const go = (by: 1 | -1): void => {
    setTried(by === 1 && isStuck)
    if (by === 1 && isStuck) return
    const next = shown[at + by]
    if (next === undefined) return
    setStep(next)
    // The next step is read from its beginning, also by ear and by keys.
    document.getElementById('main')?.focus({ preventScroll: true })
    scrollTo({ top: 0 })
  }
  const submit = async (): Promise<void> => {
    setTried(true)
    if (!draft || faults.length > 0 || make.isPending) return
    const to = await sending.read()
    if (to === 'wrong') return
    make.mutate(
      invitationOf(draft, home.zone, {
        hours: sending.hours,
        locale: pageLocale(),
        ...(to === undefined ? {} : { sendTo: to }),
      }),
      {
        onSuccess: setMade,
        onError: (error) => {
          // What is marked has to be on screen.
          if (faultsIn(error).some((fault) => fault === 'guardian' || fault === 'name')) setStep('role')
        },
      },
    )
  }
  return (
    <Page
      back={back}
      title={t`Invite somebody`}
      lead={
        <Trans>
          Step {at + 1} of {shown.length}
        </Trans>
      }
    >
      {step === 'role' && (
        <>
          <Part id="role" title={t`Who are they to this home?`}>
            <RoleCards
              roles={roles}
              value={draft?.role}
              onChange={(role) => change(draft ? withRole(draft, role) : freshPlace(role))}
            />
            {draft && (
              <>
                {draft.role === 'child' && (
                  <GuardianPicker
                    draft={draft}
                    members={members}
                    fault={marked.includes('guardian')}
                    onChange={change}
                  />
                )}
                <NameField draft={draft} faults={marked} onChange={change} />
              </>
            )}
          </Part>
        </>
      )}
      {draft && step !== 'role' && <Summary home={home} draft={draft} facts={facts} />}
      {draft && step === 'reach' && <ReachPart draft={draft} facts={facts} onChange={change} />}
      {draft && step === 'when' && (
        <>
          {draft.role !== 'admin' && (
            <TimePart draft={draft} zone={home.zone} faults={marked} onChange={change} />
          )}
          <SendingPart sending={sending} />
        </>
      )}
      <Failure error={make.error} />
      <div className="flex flex-wrap gap-3">
        {at > 0 && (
          <Button onPress={() => go(-1)}>
            <Trans>Back</Trans>
          </Button>
        )}
        {step === 'when' ? (
          <Button variant="primary" isDisabled={make.isPending} onPress={() => void submit()}>
            <Trans>Make the invitation</Trans>
          </Button>
        ) : (
          <Button variant="primary" isDisabled={!draft} onPress={() => go(1)}>
            <Trans>Continue</Trans>
          </Button>
        )}
      </div>
      <LeaveGuard when={draft !== undefined && step !== 'role' && !make.isPending} />
    </Page>
  )
}
