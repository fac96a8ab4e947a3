import { plural, t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home, LockedOut } from '@eaves/model/api'
import { Ban } from 'lucide-react'
import { useState } from 'react'
import { useLockOut } from '../../data/members.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { list } from '../../words/time.ts'
import { Part } from '../../ui/part.tsx'

/** After a separation or a lost phone: everybody else's way in ends within a second. The name is typed first. // T15 */
export function LockOut({ home }: { readonly home: Home }) {
  const [asked, setAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const [credentials, setCredentials] = useState(false)
  const lock = useLockOut(home.id)
  const run = (): void =>
    lock.mutate(credentials, {
      onSuccess: () => setAsked(false),
    })
  return (
    <Part
      id="lock-out"
      title={t`Lock everyone else out`}
      lead={t`For when everybody else has to be out at once, as after a separation. Other owners stay.`}
    >
      {lock.data && <Ended ended={lock.data} />}
      <div>
        <Button
          variant="danger"
          icon={Ban}
          onPress={() => {
            setTyped('')
            lock.reset()
            setAsked(true)
          }}
        >
          <Trans>Lock everyone out…</Trans>
        </Button>
      </div>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        alert
        title={t`Lock everyone else out?`}
        actions={
          <>
            <Button onPress={() => setAsked(false)}>
              <Trans>Change nothing</Trans>
            </Button>
            <Button
              variant="danger"
              isDisabled={typed.trim() !== home.name.trim() || lock.isPending}
              onPress={run}
            >
              <Trans>Lock out now</Trans>
            </Button>
          </>
        }
      >
        <Failure error={lock.error} />
        <div className="grid gap-2">
          <p>
            <Trans>Within a second this ends:</Trans>
          </p>
          <ul className="list-disc ps-5">
            <li>
              <Trans>everybody who is not an owner: administrators, adults, children, guests</Trans>
            </li>
            <li>
              <Trans>every wall panel</Trans>
            </li>
            <li>
              <Trans>every invitation and every offer of the home</Trans>
            </li>
            <li>
              <Trans>their open pages, phones and programs, as far as this home is concerned</Trans>
            </li>
          </ul>
          <p className="text-muted">
            <Trans>
              Devices, rooms and history stay. Locks with keys or codes of their own stay as they are: change
              those codes at the lock.
            </Trans>
          </p>
        </div>
        <Checkbox selected={credentials} onChange={setCredentials}>
          <Trans>
            Also end the access data of the built-in broker. Devices that use it are then offline until you
            give them new data.
          </Trans>
        </Checkbox>
        <TextField
          label={t`Type the name of the home to confirm`}
          hint={<bdi>{home.name}</bdi>}
          value={typed}
          onChange={setTyped}
          autoComplete="off"
          autoFocus
        />
      </Dialog>
    </Part>
  )
}

function Ended({ ended: { members, invitations, credentials } }: { readonly ended: LockedOut }) {
  const parts = [
    plural(members, { one: '# member', other: '# members' }),
    plural(invitations, { one: '# invitation', other: '# invitations' }),
    plural(credentials, { one: '# set of access data', other: '# sets of access data' }),
  ]
  return (
    <div role="status">
      <Banner>
        <Trans>Done. Ended: {list(parts)}.</Trans>
      </Banner>
    </div>
  )
}
