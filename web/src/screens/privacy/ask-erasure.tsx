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
import { Part } from './part.tsx'

/** Ends the account; told what happens first, and three days to take it back. // pp.4.2.1-3 */
export function AskErasure({ requests }: { readonly requests: readonly RequestView[] }) {
  const [asking, setAsking] = useState(false)
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
        <div>
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
          ask.mutate({ kind: 'erasure' })
        }}
      >
        <p>
          <Trans>You can take it back for 72 hours. After that nobody can bring it back.</Trans>
        </p>
      </Confirm>
    </Part>
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
