import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Member } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRemoveMember } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import type { LucideIcon } from '../../ui/icon.tsx'
import { toasts } from '../../ui/toasts.ts'
import { memberName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { isKeeper } from './place-model.ts'

/** Ends somebody's place, with everything it ends said before. // pp.5.1 */
export function RemoveMember({
  home,
  member,
  icon,
}: {
  readonly home: string
  readonly member: Member
  readonly icon: LucideIcon
}) {
  const [asked, setAsked] = useState(false)
  const [keepsCredentials, setKeepsCredentials] = useState(false)
  const [keepsPanels, setKeepsPanels] = useState(false)
  const remove = useRemoveMember(home)
  const navigate = useNavigate()
  const name = isolated(memberName(member))
  const run = (): void =>
    remove.mutate(
      {
        member: member.accountId,
        keeps: [
          ...(keepsCredentials ? (['credentials'] as const) : []),
          ...(keepsPanels ? (['panels'] as const) : []),
        ],
      },
      {
        onSuccess: () => {
          toasts.show(t`${name} is no longer part of this home.`)
          // Whatever was being edited is of nobody any more.
          void navigate({ to: paths.members(home), replace: true, ignoreBlocker: true })
        },
        onSettled: () => setAsked(false),
      },
    )
  return (
    <>
      <Failure error={remove.error} />
      <div>
        <Button variant="danger" icon={icon} onPress={() => setAsked(true)}>
          <Trans>Remove from the home</Trans>
        </Button>
      </div>
      <Confirm
        open={asked}
        title={t`Remove ${name}?`}
        verb={t`Remove now`}
        busy={remove.isPending}
        onClose={() => setAsked(false)}
        onConfirm={run}
      >
        {member.role === 'kiosk' ? (
          <p>
            <Trans>Its tablet shows nothing of the home from that moment on.</Trans>
          </p>
        ) : (
          <>
            <p>
              <Trans>
                Within a second this home answers them no more: open pages, their phone, their programs. What
                they switched stays as it is, and their account is theirs and stays.
              </Trans>
            </p>
            <p>
              <Trans>To come back they need a new invitation.</Trans>
            </p>
            <Checkbox selected={keepsCredentials} onChange={setKeepsCredentials}>
              <Trans>Devices they connected to the built-in broker may stay connected</Trans>
            </Checkbox>
            {isKeeper(member.role) && (
              <Checkbox selected={keepsPanels} onChange={setKeepsPanels}>
                <Trans>Wall panels they let in may stay</Trans>
              </Checkbox>
            )}
          </>
        )}
      </Confirm>
    </>
  )
}
