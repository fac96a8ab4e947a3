import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useNewRecoveryCodes } from '../../../data/me.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { Confirm } from '../../../ui/confirm.tsx'
import { RecoveryCodes } from '../../sign-in/recovery-codes.tsx'
import { Part } from '../../../ui/part.tsx'

export function Codes({ left }: { readonly left: number }) {
  const make = useNewRecoveryCodes()
  const [asked, setAsked] = useState(false)
  return (
    <Part
      id="codes"
      title={t`Recovery codes`}
      lead={<Trans>Left: {left}. Making new ones ends those you have.</Trans>}
    >
      <Failure error={make.error} />
      {make.data ? (
        <RecoveryCodes
          codes={make.data.recoveryCodes}
          done={t`I have saved them`}
          onDone={() => make.reset()}
        />
      ) : (
        <div>
          <Button isDisabled={make.isPending} onPress={() => setAsked(true)}>
            <Trans>Make new codes</Trans>
          </Button>
        </div>
      )}
      <Confirm
        open={asked}
        title={t`Make new recovery codes?`}
        verb={t`Make them`}
        keep={left > 0 ? t`Keep those I have` : t`Not now`}
        onClose={() => setAsked(false)}
        onConfirm={() => {
          setAsked(false)
          make.mutate()
        }}
      >
        <p>
          <Trans>
            Those you have stop working at once. The new ones are shown once: have a safe place ready.
          </Trans>
        </p>
      </Confirm>
    </Part>
  )
}
