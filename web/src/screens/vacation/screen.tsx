import type { DeviceView } from '@eaves/model'
import type { VacationView } from '@eaves/model/api'
import { i18n } from '@lingui/core'
import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { Lightbulb } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useHome } from '../../data/homes.ts'
import { useEditVacation, useVacation } from '../../data/vacation.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { toFaulty } from '../../ui/faulty.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { endFault, WhenField } from '../members/when-field.tsx'
import { Preview } from './preview.tsx'

/** Lamps that go on and off as on evenings of the past, so that the home looks lived in. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const vacation = useVacation(home)
  const devices = useDevices(home)
  useTitle(t`While you are away`)
  const error = vacation.error ?? devices.error
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>While you are away</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>
            Lamps go on and off as they did on an evening of the last four weeks, never at the very same
            minute. Only what your own home recorded is used, and nothing leaves it.
          </Trans>
        </p>
      </header>
      {vacation.data && devices.data ? (
        <Page key={vacation.data.version} home={home} view={vacation.data} devices={devices.data} />
      ) : error ? (
        <QueryError error={error} retry={() => Promise.all([vacation.refetch(), devices.refetch()])} />
      ) : (
        <BlockSkeleton />
      )}
    </div>
  )
}

/** As the field of the browser writes it. */
const localOf = (instant: string | undefined): string => {
  if (instant === undefined) return ''
  const at = new Date(instant)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function Page({
  home,
  view,
  devices,
}: {
  readonly home: string
  readonly view: VacationView
  readonly devices: readonly DeviceView[]
}) {
  const { live } = useConnection()
  const zone = useHome(home)?.zone ?? 'UTC'
  const edit = useEditVacation(home)
  const lights = devices
    .filter(
      ({ kind, parts }) =>
        kind === 'light' && parts.some(({ capabilities }) => Object.hasOwn(capabilities, 'onOff')),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.locale))
  const there = view.lamps.filter((id) => lights.some((each) => each.id === id))
  const [lamps, setLamps] = useState<readonly string[]>(there)
  const [from, setFrom] = useState(localOf(view.from))
  const [until, setUntil] = useState(localOf(view.until))
  if (lights.length === 0)
    return (
      <EmptyState icon={Lightbulb} title={t`No lamp yet`}>
        <Trans>As soon as your home has lamps you choose here which of them play.</Trans>
      </EmptyState>
    )
  const isChanged =
    lamps.join() !== there.join() || from !== localOf(view.from) || until !== localOf(view.until)
  const save = (isOn: boolean): void =>
    edit.mutate({
      version: view.version,
      lamps: [...lamps],
      isOn,
      ...(from === '' ? {} : { from: new Date(from).toISOString() }),
      ...(until === '' ? {} : { until: new Date(until).toISOString() }),
    })
  const isReady = live && !edit.isPending
  return (
    <>
      <Standing view={view} />
      <fieldset className="grid rounded-card border border-line bg-surface px-4 py-2">
        <legend className="sr-only">
          <Trans>Lamps</Trans>
        </legend>
        {lights.map(({ id, name }) => (
          <Checkbox
            key={id}
            selected={lamps.includes(id)}
            onChange={(on) => setLamps(on ? [...lamps, id] : lamps.filter((each) => each !== id))}
          >
            {name}
          </Checkbox>
        ))}
      </fieldset>
      <div className="grid gap-4 md:grid-cols-2">
        <WhenField label={t`From (optional)`} value={from} onChange={setFrom} />
        <WhenField
          label={t`Until (optional)`}
          value={until}
          error={endFault(from, until)}
          onChange={setUntil}
        />
      </div>
      <Failure error={edit.error} />
      <div className="flex flex-wrap gap-3">
        {view.isOn ? (
          <>
            <Button variant="primary" isDisabled={!isReady} onPress={() => save(false)}>
              <Trans>Switch it off</Trans>
            </Button>
            {isChanged && (
              <Button
                isDisabled={!isReady || lamps.length === 0}
                onPress={({ target }) => toFaulty(target.closest('main')) || save(true)}
              >
                <Trans>Save</Trans>
              </Button>
            )}
          </>
        ) : (
          <>
            <Button
              variant="primary"
              isDisabled={!isReady || lamps.length === 0}
              onPress={({ target }) => toFaulty(target.closest('main')) || save(true)}
            >
              <Trans>Switch it on</Trans>
            </Button>
            {isChanged && (
              <Button
                isDisabled={!isReady}
                onPress={({ target }) => toFaulty(target.closest('main')) || save(false)}
              >
                <Trans>Save and preview</Trans>
              </Button>
            )}
          </>
        )}
      </div>
      {view.lamps.length > 0 && <Preview home={home} version={view.version} zone={zone} devices={devices} />}
    </>
  )
}

function Standing({ view }: { readonly view: VacationView }) {
  if (view.stopped !== undefined)
    return (
      <Banner tone="warn">
        <Trans>
          It has stopped: whoever switched it on may no longer do so. Switch it on again with your own rights.
        </Trans>
      </Banner>
    )
  return (
    <p role="status" className="text-section">
      {view.isOn ? <Trans>It is on.</Trans> : <Trans>It is off.</Trans>}
    </p>
  )
}
