import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNewRecoveryCodes } from '../../../data/me.ts'
import { Failure } from '../../../shell/failure.tsx'
import { Button } from '../../../ui/button.tsx'
import { RecoveryCodes } from '../../sign-in/recovery-codes.tsx'
import { Part } from '../../../ui/part.tsx'

export function Codes({ left }: { readonly left: number }) {
  const make = useNewRecoveryCodes()
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
          <Button isDisabled={make.isPending} onPress={() => make.mutate()}>
            <Trans>Make new codes</Trans>
          </Button>
        </div>
      )}
    </Part>
  )
}
