import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { StaffSelf } from '@eaves/model/api'
import { useState } from 'react'
import { useStaffSignOut } from '../../data/console.ts'
import { Failure } from '../../shell/failure.tsx'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/native-button.tsx'
import { staffRoleName } from '../../words/later/staff.ts'
import { clockTime } from '../../words/time.ts'
import { OpenCase } from './open-case.tsx'
import { Queue } from './queue.tsx'
import { Register } from './register.tsx'
import { Retention } from './retention.tsx'

/** What each role has before it: nothing of anybody, until a case opens it. // pp.5.1 */
export function Desk({ self }: { readonly self: StaffSelf }) {
  const { name, role, until } = self
  const signOut = useStaffSignOut()
  // The case that a line of the queue was taken from; another one clears what the last had opened.
  const [picked, setPicked] = useState('')
  return (
    <Front
      wide
      title={t`Console`}
      lead={
        <Trans>
          Nothing here names anybody. What you open with a case, its person sees: when, in which role, what
          for.
        </Trans>
      }
    >
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>
          <bdi>{name}</bdi> · {staffRoleName(role)} ·{' '}
          <Trans>signed in until {clockTime(Date.parse(until))}</Trans>
        </p>
        <Button isDisabled={signOut.isPending} onPress={() => signOut.mutate()}>
          <Trans>Sign out</Trans>
        </Button>
      </div>
      <Failure error={signOut.error} />
      {role !== 'support' && <Queue {...(role === 'privacy' ? { onPick: setPicked } : {})} />}
      {role !== 'operator' && <OpenCase key={picked} self={self} picked={picked} />}
      {role !== 'support' && <Retention />}
      <Register />
    </Front>
  )
}
