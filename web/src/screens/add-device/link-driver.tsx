import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDrivers } from '../../data/connections.ts'
import {
  enteredFor,
  rememberEntered,
  useRetryOnboarding,
  useStartOnboarding,
  type DriverConfig,
} from '../../data/onboarding.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Failure } from '../../shell/failure.tsx'
import { Back } from '../../shell/back.tsx'
import { ConfigFields } from './config-fields.tsx'
import { configOf, faultsIn, shownAgain, type Typed } from './config.ts'
import { driverName } from './driver-name.ts'
import { DriverLabel } from './driver-label.tsx'

/** The settings of a link, under what it will read and to whom it goes. `again`: an onboarding that failed and gets other settings. */
export function LinkDriver({
  home,
  driver,
  again,
}: {
  readonly home: string
  readonly driver: string
  readonly again?: string
}) {
  const drivers = useDrivers()
  const entry = drivers.data?.find((each) => each.id === driver)
  const [typed, setTyped] = useState<Typed>(() => enteredFor(again))
  const [faults, setFaults] = useState<Readonly<Record<string, 'missing' | 'address'>>>({})
  const begin = useStartOnboarding(home)
  const retry = useRetryOnboarding(home, again ?? '')
  const navigate = useNavigate()
  if (drivers.error && !drivers.data) return <QueryError error={drivers.error} retry={drivers.refetch} />
  if (!drivers.data) return <BlockSkeleton />
  if (!entry) return <NotFound />
  const mqtt = driver === 'mqtt'
  const pending = begin.isPending || retry.isPending
  const submit = (): void => {
    const config: DriverConfig = configOf(entry, typed)
    const found = faultsIn(entry, config)
    setFaults(found)
    if (Object.keys(found).length > 0 || pending) return
    const then = {
      onSuccess: ({ id }: { readonly id: string }) => {
        rememberEntered(id, shownAgain(entry, typed))
        void navigate({ to: paths.onboarding(home, id), replace: true })
      },
    }
    if (again === undefined) begin.mutate({ driver, config }, then)
    else retry.mutate(config, then)
  }
  return (
    <div className="grid max-w-[36rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">{mqtt ? <Trans>Link your MQTT broker</Trans> : driverName(entry)}</h1>
      </header>
      <Failure error={begin.error ?? retry.error} />
      {again !== undefined && entry.config.some(({ type }) => type === 'secret') && (
        <p className="text-state font-normal text-muted">
          <Trans>Passwords and keys are not shown again; enter them anew if the broker asks for them.</Trans>
        </p>
      )}
      <ConfigFields
        entry={entry}
        typed={typed}
        faults={faults}
        onChange={(key, value) => setTyped({ ...typed, [key]: value })}
        onSubmit={submit}
      />
      <Notice
        why={t`So that Eaves can connect, and connect again after a restart.`}
        mandatory={t`Needed for this link. Without it nothing is connected.`}
        keptFor={t`encrypted, until you remove the connection or the home`}
        recipients={[]}
      />
      <DriverLabel entry={entry} />
      <Button variant="primary" full isDisabled={pending} onPress={submit}>
        <Trans>Connect</Trans>
      </Button>
    </div>
  )
}
