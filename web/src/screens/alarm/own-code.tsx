import type { AlarmView } from '@eaves/model/api'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useChangeAlarm } from '../../data/alarm.ts'
import { useConnection } from '../../data/connection.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { TextField } from '../../ui/field.tsx'

/** One's own code, and the one that only seems to be. */
export function OwnCode({ home, view }: { readonly home: string; readonly view: AlarmView }) {
  const { live } = useConnection()
  const { removeOwn } = useChangeAlarm(home)
  return (
    <section aria-labelledby="own-code" className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h2 id="own-code" className="text-group">
        <Trans>Your code</Trans>
      </h2>
      <p className="text-body text-muted">
        {view.hasCode ? (
          <Trans>You have a code. It disarms the alarm at a wall panel and in the app.</Trans>
        ) : (
          <Trans>
            With a code you disarm the alarm at a wall panel; without one you sign in again in the app.
          </Trans>
        )}
      </p>
      <div className="rounded-card border border-line bg-surface px-4 py-1">
        <Disclosure title={view.hasCode ? t`Another code` : t`Set a code`}>
          <CodeForm home={home} isDuress={false} />
        </Disclosure>
        <Disclosure
          title={view.hasDuressCode ? t`Another code for being made to` : t`A code for being made to`}
        >
          <p className="text-body text-muted">
            <Trans>
              It disarms as your own does, and calls whoever else keeps the home without a word or sign where
              you are. It must not be one that you could type by mistake.
            </Trans>
          </p>
          <CodeForm home={home} isDuress />
        </Disclosure>
      </div>
      <Failure error={removeOwn.error} />
      {(view.hasCode || view.hasDuressCode) && (
        <div>
          <Button
            variant="danger"
            isDisabled={!live || removeOwn.isPending}
            onPress={() => removeOwn.mutate()}
          >
            <Trans>Take your codes away</Trans>
          </Button>
        </div>
      )}
    </section>
  )
}

function CodeForm({ home, isDuress }: { readonly home: string; readonly isDuress: boolean }) {
  const { live } = useConnection()
  const { setOwn } = useChangeAlarm(home)
  const [code, setCode] = useState('')
  const isReady = code.length >= 4 && live && !setOwn.isPending
  const save = (): void => {
    if (isReady) setOwn.mutate({ code, isDuress }, { onSuccess: () => setCode('') })
  }
  return (
    <div className="grid gap-3 py-2">
      <Failure error={setOwn.error} />
      <TextField
        label={isDuress ? t`Code for being made to` : t`New code`}
        hint={t`Four to eight digits`}
        value={code}
        onChange={(text) => setCode(text.replaceAll(/\D/g, '').slice(0, 8))}
        onSubmit={save}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button variant="primary" isDisabled={!isReady} onPress={save}>
          <Trans>Save the code</Trans>
        </Button>
        {setOwn.isSuccess && (
          <p role="status" className="text-state text-muted">
            <Trans>Saved.</Trans>
          </p>
        )}
      </div>
    </div>
  )
}
