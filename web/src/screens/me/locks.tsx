import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Confirmers } from '@eaves/model'
import { useState } from 'react'
import { useConfirm, useSetConfirm, useSetPin } from '../../data/confirm.ts'
import { askInsteadOfHold, asksInsteadOfHold } from '../../data/hold.ts'
import { useHome } from '../../data/homes.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { Page } from './page.tsx'

/** Who confirms what locks are told, one's own PIN, and how this browser asks. */
export function Locks({ home }: { readonly home: string }) {
  const state = useConfirm(home)
  const [asks, setAsks] = useState(asksInsteadOfHold)
  return (
    <Page
      title={t`Locks and PIN`}
      lead={
        <Trans>
          It concerns locks, garage doors, alarms, and what else is treated as a lock. Locking, arming,
          stopping and silencing never take a PIN.
        </Trans>
      }
    >
      {state.error && !state.data ? (
        <QueryError error={state.error} retry={state.refetch} />
      ) : !state.data ? (
        <BlockSkeleton />
      ) : (
        <>
          <Who home={home} who={state.data.who} />
          <Pin
            key={String(state.data.hasPin)}
            home={home}
            hasPin={state.data.hasPin}
            needed={state.data.needed}
          />
        </>
      )}
      <section aria-labelledby="hold" className="grid gap-3">
        <h2 id="hold" className="text-section">
          <Trans>In this browser</Trans>
        </h2>
        <Switch
          selected={asks}
          onChange={(on) => {
            askInsteadOfHold(on)
            setAsks(on)
          }}
        >
          <Trans>Confirm by dialogue instead of holding a button for a second</Trans>
        </Switch>
      </section>
    </Page>
  )
}

function Who({ home, who }: { readonly home: string; readonly who: Confirmers }) {
  const set = useSetConfirm(home)
  const mayKeep = useHome(home)?.verbs.includes('home.edit') === true
  const options = [
    { id: 'nobody', name: t`Nobody` },
    {
      id: 'guests',
      name: t`Children, guests and wall panels`,
      hint: t`Only for locks that were named for them`,
    },
    { id: 'everybody', name: t`Everybody` },
  ] as const satisfies readonly { id: Confirmers; name: string; hint?: string }[]
  return (
    <section className="grid gap-3">
      <Failure error={set.error} />
      <RadioGroup<Confirmers>
        label={t`Who confirms with a PIN or a fresh sign-in`}
        options={options}
        value={who}
        disabled={!mayKeep || set.isPending}
        onChange={(next) => set.mutate(next)}
      />
    </section>
  )
}

function Pin({
  home,
  hasPin,
  needed,
}: {
  readonly home: string
  readonly hasPin: boolean
  readonly needed: boolean
}) {
  const [pin, setPin] = useState('')
  const [current, setCurrent] = useState('')
  const set = useSetPin(home)
  const digits = (text: string): string => text.replaceAll(/\D/g, '').slice(0, 8)
  const save = (): void => {
    if (pin.length < 4 || set.isPending) return
    set.mutate(
      { pin, ...(current === '' ? {} : { currentPin: current }) },
      {
        onSuccess: () => {
          setPin('')
          setCurrent('')
          toasts.show(t`Your PIN is set.`)
        },
      },
    )
  }
  const field = {
    type: 'password',
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: 8,
    onSubmit: save,
  } as const
  return (
    <section aria-labelledby="pin" className="grid gap-4">
      <h2 id="pin" className="text-section">
        <Trans>Your PIN in this home</Trans>
      </h2>
      <p className="text-body text-muted">
        {hasPin ? (
          <Trans>You have one. A new one takes its place.</Trans>
        ) : needed ? (
          <Trans>You have none yet, and this home asks you for one.</Trans>
        ) : (
          <Trans>You have none, and this home does not ask you for one.</Trans>
        )}
      </p>
      <Failure error={set.error} />
      {hasPin && (
        <TextField
          {...field}
          label={t`Current PIN`}
          hint={t`Not needed within five minutes after signing in`}
          value={current}
          onChange={(text) => setCurrent(digits(text))}
        />
      )}
      <TextField
        {...field}
        label={t`New PIN`}
        hint={t`Four to eight digits; a hash of it is kept, sealed`}
        value={pin}
        onChange={(text) => setPin(digits(text))}
      />
      <div>
        <Button variant="primary" isDisabled={pin.length < 4 || set.isPending} onPress={save}>
          <Trans>Set PIN</Trans>
        </Button>
      </div>
    </section>
  )
}
