import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { useHome } from '../../data/homes.ts'
import { useChangeTransfer, useMembers, useTransfer } from '../../data/members.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { dateIn } from '../../words/later/hours.ts'
import { memberName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'

/** A home that is offered to somebody: to them, the question; to whoever offered it, that it waits. */
export function TransferNote({ home }: { readonly home: string }) {
  const place = useHome(home)
  const members = useMembers(home).data
  const transfer = useTransfer(home).data
  const { accept, end } = useChangeTransfer(home)
  const [asked, setAsked] = useState(false)
  // Until it is known who is asking, it is not known whether the home is offered to them.
  if (!transfer || !place || !members) return null
  const you = members.find((member) => member.you)?.accountId
  const other = (id: string): string => {
    const found = members.find(({ accountId }) => accountId === id)
    return found ? isolated(memberName(found)) : t`Somebody`
  }
  const until = dateIn(transfer.expiresAt, place.zone)
  const busy = accept.isPending || end.isPending
  if (transfer.to !== you)
    return (
      <div className="grid gap-3">
        <Failure error={end.error} />
        <Banner
          icon={KeyRound}
          {...(transfer.from === you
            ? {
                action: (
                  <Button isDisabled={busy} onPress={() => end.mutate()}>
                    <Trans>Take it back</Trans>
                  </Button>
                ),
              }
            : {})}
        >
          <Trans>
            This home is offered to {other(transfer.to)}, who has not answered yet. The offer ends {until}.
          </Trans>
        </Banner>
      </div>
    )
  return (
    <div className="grid gap-3">
      <Failure error={accept.error ?? end.error} />
      <Banner
        tone="warn"
        icon={KeyRound}
        action={
          <div className="flex flex-wrap gap-2">
            <Button variant="tint" isDisabled={busy} onPress={() => end.mutate()}>
              <Trans>Decline</Trans>
            </Button>
            <Button variant="tint" isDisabled={busy} onPress={() => setAsked(true)}>
              <Trans>Accept…</Trans>
            </Button>
          </div>
        }
      >
        <Trans>
          {other(transfer.from)} offers you this home. Until {until} you can make it yours.
        </Trans>
      </Banner>
      <Confirm
        open={asked}
        title={t`Make this home yours?`}
        verb={t`Make it mine`}
        keep={t`Not now`}
        busy={busy}
        onClose={() => setAsked(false)}
        onConfirm={() => accept.mutate(undefined, { onSettled: () => setAsked(false) })}
      >
        <p>
          <Trans>
            You will be its owner: you decide who is in it, can delete it, and answer for what happens in it.
          </Trans>
        </p>
      </Confirm>
    </div>
  )
}
