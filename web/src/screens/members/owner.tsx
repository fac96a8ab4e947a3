import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home, Member } from '@eaves/model/api'
import { useState } from 'react'
import { useCan, useHome } from '../../data/homes.ts'
import { useChangeTransfer, useMembers, useTransfer } from '../../data/members.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { memberName, roleName } from '../../words/later/members.ts'
import { isolated } from '../../words/later/reach.ts'
import { LockOut } from './lock-out.tsx'
import { Part } from '../../ui/part.tsx'
import { Page } from './page.tsx'
import { TransferNote } from './transfer-note.tsx'

/** What only an owner does: handing the home over, and ending everybody else's way in. */
export function Owner({ home: id }: { readonly home: string }) {
  const home = useHome(id)
  const can = useCan(id)
  const members = useMembers(id)
  if (home && !can('home.transfer') && !can('home.lock')) return <NotFound />
  return (
    <Page back={{ to: paths.members(id), name: t`Members` }} title={t`Hand over or lock out`}>
      {members.error && !members.data ? (
        <QueryError error={members.error} retry={members.refetch} />
      ) : !members.data || !home ? (
        <BlockSkeleton />
      ) : (
        <>
          {can('home.transfer') && <HandOver home={home} members={members.data} />}
          {can('home.lock') && <LockOut home={home} />}
        </>
      )}
    </Page>
  )
}

/** Both have to want it: one offers, the other accepts, and until then nothing changes. // T15 */
function HandOver({ home, members }: { readonly home: Home; readonly members: readonly Member[] }) {
  const transfer = useTransfer(home.id)
  const { offer } = useChangeTransfer(home.id)
  const [to, setTo] = useState<string>()
  const [after, setAfter] = useState<'leave' | 'keep'>('leave')
  const [asked, setAsked] = useState(false)
  const candidates = members.filter(({ you, role }) => !you && (role === 'admin' || role === 'adult'))
  const chosen = candidates.find(({ accountId }) => accountId === to)
  const name = chosen ? isolated(memberName(chosen)) : ''
  return (
    <Part
      id="hand-over"
      title={t`Hand the home over`}
      lead={t`You offer it, and it changes hands when the other accepts. Until then you can take the offer back.`}
    >
      {transfer.data ? (
        <TransferNote home={home.id} />
      ) : candidates.length === 0 ? (
        <p className="text-muted">
          <Trans>There is no other adult in this home to hand it to. Invite them first.</Trans>
        </p>
      ) : (
        <>
          <Failure error={offer.error} />
          <Select
            label={t`To whom`}
            placeholder={t`Choose a member`}
            value={to}
            onChange={setTo}
            options={candidates.map((member) => ({
              id: member.accountId,
              name: `${isolated(memberName(member))} · ${roleName(member.role)}`,
            }))}
          />
          <RadioGroup
            label={t`And you?`}
            value={after}
            onChange={setAfter}
            options={[
              {
                id: 'leave',
                name: t`I become an administrator`,
                hint: t`They decide from then on whether you stay.`,
              },
              {
                id: 'keep',
                name: t`We both own it`,
                hint: t`Either can do everything, also delete the home.`,
              },
            ]}
          />
          <div>
            <Button isDisabled={!chosen || offer.isPending} onPress={() => setAsked(true)}>
              <Trans>Offer the home…</Trans>
            </Button>
          </div>
          <Confirm
            open={asked}
            title={t`Offer this home to ${name}?`}
            verb={t`Offer it`}
            keep={t`Not now`}
            busy={offer.isPending}
            onClose={() => setAsked(false)}
            onConfirm={() => {
              if (chosen)
                offer.mutate(
                  { to: chosen.accountId, keep: after === 'keep' },
                  { onSettled: () => setAsked(false) },
                )
            }}
          >
            <p>
              {after === 'keep' ? (
                <Trans>
                  When they accept, both of you own it. Neither can then take that from the other.
                </Trans>
              ) : (
                <Trans>
                  When they accept, it is theirs: they decide who is in it, also about you, and can delete it.
                  You cannot take it back then.
                </Trans>
              )}
            </p>
          </Confirm>
        </>
      )}
    </Part>
  )
}
