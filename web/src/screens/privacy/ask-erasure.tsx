import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { RequestView } from '@eaves/model/api'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useOnline } from '../../data/online.ts'
import { useAskRequest } from '../../data/own-data.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Select } from '../../ui/select.tsx'
import { Part } from './part.tsx'

const grounds = ['none', 'unlawful', 'no-consent', 'breach'] as const
type Ground = (typeof grounds)[number]
const groundName = (ground: Ground): string =>
  ({
    none: () => t`No reason`,
    unlawful: () => t`Information was used against the law`,
    'no-consent': () => t`Information was used without my consent`,
    breach: () => t`Information was used against the agreement`,
  })[ground]()

/** Ends the account; told what happens first, and three days to take it back. // pp.4.2.1-3 */
export function AskErasure({ requests }: { readonly requests: readonly RequestView[] }) {
  const [asking, setAsking] = useState(false)
  const [ground, setGround] = useState<Ground>('none')
  const ask = useAskRequest()
  const online = useOnline()
  const isOpen = requests.some(({ kind, endedAt }) => kind === 'erasure' && endedAt === undefined)
  const close = () => setAsking(false)
  return (
    <Part id="erase" title={t`Erase your account`}>
      <Failure error={ask.error} />
      <WhatHappens />
      {isOpen ? (
        <p className="text-card">
          <Trans>It is asked for. Above you can still keep your account.</Trans>
        </p>
      ) : (
        <div className="grid justify-items-start gap-4">
          <Reason value={ground} onChange={setGround} />
          <Button
            variant="danger"
            icon={Trash2}
            isDisabled={!online || ask.isPending}
            onPress={() => setAsking(true)}
          >
            <Trans>Erase my account</Trans>
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title={t`Erase your account?`}
        verb={t`Erase it in 72 hours`}
        keep={t`Keep my account`}
        onClose={close}
        onConfirm={() => {
          close()
          ask.mutate(ground === 'none' ? { kind: 'erasure' } : { kind: 'erasure', ground })
        }}
      >
        <p>
          <Trans>You can take it back for 72 hours. After that nobody can bring it back.</Trans>
        </p>
      </Confirm>
    </Part>
  )
}

/** None is needed; one that is given lets the request go first. // pp.4.2.1 pp.4.2.2 pp.4.2.3 */
function Reason({
  value,
  onChange,
}: {
  readonly value: Ground
  readonly onChange: (ground: Ground) => void
}) {
  return (
    <div className="grid w-full gap-2">
      <Select
        label={t`Reason, if you want to give one`}
        value={value}
        onChange={onChange}
        options={grounds.map((id) => ({ id, name: groundName(id) }))}
      />
      <p className="text-state font-normal text-muted">
        <Trans>
          With a reason your request goes before others, and a case without your name is opened for whoever
          runs this server.
        </Trans>
      </p>
    </div>
  )
}

function WhatHappens() {
  return (
    <ul className="grid list-disc gap-1 ps-5 text-body text-muted">
      <li>
        <Trans>
          For 72 hours nothing happens, and you can take it back here. Every address of yours is told.
        </Trans>
      </li>
      <li>
        <Trans>
          Then every sign-in ends, your key is destroyed, and everything about you is removed and checked.
        </Trans>
      </li>
      <li>
        <Trans>
          Whoever got reports with a number that stands for you is told to delete them; the certificate says
          what they answered.
        </Trans>
      </li>
      <li>
        <Trans>A home in which you are the last adult goes with everything in it.</Trans>
      </li>
      <li>
        <Trans>
          Any other home stays with its people. If it has no other owner, the adult who has been there longest
          becomes its owner.
        </Trans>
      </li>
      <li>
        <Trans>
          Backups of the keys run out within seven days. The last message brings a signed certificate.
        </Trans>
      </li>
    </ul>
  )
}
