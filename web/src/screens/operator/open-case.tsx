import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { OpenedPerson, OpeningAsk, StaffSelf } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useOpening } from '../../data/console.ts'
import { likelyCountry, readIdentifier } from '../../data/identifier.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'
import { Button } from '../../ui/native-button.tsx'
import { Part } from '../../ui/part.tsx'
import { Opened } from './opened.tsx'
import { SignIn } from './sign-in.tsx'

const idLength = 26
const shortestReason = 20

/** Opening by a case; in an emergency by an address and a reason. The server asks for a fresh proof, and so does this. */
export function OpenCase({ self, picked }: { readonly self: StaffSelf; readonly picked: string }) {
  const opening = useOpening()
  const [waiting, setWaiting] = useState<OpeningAsk>()
  const [seen, setSeen] = useState<OpenedPerson>()
  const open = (asked: OpeningAsk): void => {
    setSeen(undefined)
    opening.mutate(asked, {
      onSuccess: setSeen,
      onError: (error) => {
        if (isProblem(error, 'auth.step-up-required')) setWaiting(asked)
      },
    })
  }
  if (waiting !== undefined)
    return (
      <Part id="prove" title={t`Prove that it is you`}>
        <p>
          <Trans>Before something of a person is opened, you prove again who you are.</Trans>
        </p>
        <SignIn
          known={self.name}
          onDone={() => {
            setWaiting(undefined)
            open(waiting)
          }}
        />
        <Button onPress={() => setWaiting(undefined)}>
          <Trans>Cancel</Trans>
        </Button>
      </Part>
    )
  return (
    <Part id="open-case" title={t`Open a case`}>
      <Failure error={isProblem(opening.error, 'auth.not-found') ? null : opening.error} />
      {isProblem(opening.error, 'auth.not-found') && (
        <div role="alert">
          <Banner tone="warn">
            <Trans>
              Nothing can be opened with this. The case may have ended, not be yours to open, or never have
              been. If there is such a person, they see that you tried.
            </Trans>
          </Banner>
        </div>
      )}
      {seen !== undefined && <Opened seen={seen} onClose={() => setSeen(undefined)} />}
      <ByCase picked={picked} isBusy={opening.isPending} onOpen={open} />
      {self.role === 'privacy' && <ByEmergency isBusy={opening.isPending} onOpen={open} />}
    </Part>
  )
}

interface Ask {
  readonly isBusy: boolean
  readonly onOpen: (asked: OpeningAsk) => void
}
function ByCase({ picked, isBusy, onOpen }: Ask & { readonly picked: string }) {
  const [id, setId] = useState(picked)
  const typed = id.trim().toLowerCase()
  const isWhole = typed.length === idLength
  const submit = (): void => {
    if (isWhole && !isBusy) onOpen({ case: typed })
  }
  return (
    <div className="grid gap-3">
      <TextField
        label={t`Case`}
        value={id}
        onChange={setId}
        onSubmit={submit}
        maxLength={40}
        hint={t`The number of a request, or what a person who lets support look has told you: 26 letters and digits.`}
      />
      <div>
        <Button variant="primary" isDisabled={!isWhole || isBusy} onPress={submit}>
          <Trans>Open and look</Trans>
        </Button>
      </div>
    </div>
  )
}

function ByEmergency({ isBusy, onOpen }: Ask) {
  const [address, setAddress] = useState('')
  const [reason, setReason] = useState('')
  const [isWrong, setWrong] = useState(false)
  const submit = async (): Promise<void> => {
    const identifier = await readIdentifier(address, likelyCountry())
    setWrong(identifier === undefined)
    if (identifier !== undefined) onOpen({ address: identifier, reason: reason.trim() })
  }
  return (
    <Disclosure title={t`Emergency without a case`}>
      <div className="grid gap-3 pt-3">
        <p>
          <Trans>
            Only to avert danger. It opens the contact data for an hour at most; the person is told at once
            and reads your reason in Eaves.
          </Trans>
        </p>
        <TextField
          label={t`E-mail address or phone number`}
          value={address}
          onChange={setAddress}
          maxLength={254}
          error={isWrong ? t`Enter an e-mail address, or a phone number with its country code.` : undefined}
        />
        <TextField
          label={t`Reason, as the person will read it`}
          value={reason}
          onChange={setReason}
          maxLength={500}
          spellCheck
          hint={t`At least 20 characters.`}
        />
        <div>
          <Button
            isDisabled={isBusy || address === '' || reason.trim().length < shortestReason}
            onPress={() => void submit()}
          >
            <Trans>Open in an emergency</Trans>
          </Button>
        </div>
      </div>
    </Disclosure>
  )
}
