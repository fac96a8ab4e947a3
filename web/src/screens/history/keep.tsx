import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useState } from 'react'
import { useDevices } from '../../data/devices.ts'
import { idOf, useKeep, useUnkept, type HistoryOf } from '../../data/history.ts'
import { useCan } from '../../data/homes.ts'
import { Failure } from '../../shell/failure.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Part } from '../../ui/part.tsx'
import { toasts } from '../../ui/toasts.ts'
import { nameOf } from './names.ts'

interface OfValue {
  readonly home: string
  readonly of: HistoryOf
  readonly name: string
}
/** Whether no history of a value is wanted, as far as that is known. */
export const useIsUnkept = (home: string, of: HistoryOf): boolean =>
  useUnkept(home).data?.some((each) => idOf(each) === idOf(of)) === true

/** Asks before nothing more is kept of a value. */
export function StopKeeping({ home, of, name }: OfValue) {
  const can = useCan(home)
  const [isAsked, setAsked] = useState(false)
  if (!can('device.edit')) return null
  return (
    <>
      <Button variant="quiet" onPress={() => setAsked(true)} aria-label={t`Keep no history of ${name}`}>
        <Trans>Keep no history</Trans>
      </Button>
      {isAsked && <Question home={home} of={of} name={name} onClose={() => setAsked(false)} />}
    </>
  )
}

function Question({ home, of, name, onClose }: OfValue & { readonly onClose: () => void }) {
  const can = useCan(home)
  const keep = useKeep(home)
  const mayForget = can('device.remove')
  const [forget, setForget] = useState(true)
  const stop = (): void =>
    keep.mutate(
      { of, isKept: false, forget: mayForget && forget },
      {
        onSuccess: () => {
          toasts.show(t`No more history of ${name} is kept.`)
          onClose()
        },
      },
    )
  return (
    <Dialog
      open
      alert
      onClose={onClose}
      title={t`Keep no history of ${name}?`}
      actions={
        <>
          <Button onPress={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button variant="danger" isDisabled={keep.isPending} onPress={stop}>
            <Trans>Keep no history</Trans>
          </Button>
        </>
      }
    >
      <Failure error={keep.error} />
      <p>
        <Trans>
          Its value is still shown and automations still go by it. From now on charts and “What happened” have
          nothing of it; what is not kept cannot be had later.
        </Trans>
      </p>
      {mayForget ? (
        <Checkbox selected={forget} onChange={setForget}>
          <Trans>
            Also delete what there is, as it came, by the hour and by the day. This cannot be undone.
          </Trans>
        </Checkbox>
      ) : (
        <p className="text-state text-muted">
          <Trans>What there is stays until its time is over; a keeper of the home can delete it.</Trans>
        </p>
      )}
    </Dialog>
  )
}

/** Has a history kept again; what was meanwhile stays unknown. */
function KeepAgain({ home, of, name }: OfValue) {
  const can = useCan(home)
  const keep = useKeep(home)
  if (!can('device.edit')) return null
  return (
    <div className="grid gap-2 justify-items-end">
      <Button
        isDisabled={keep.isPending}
        aria-label={t`Keep a history of ${name} again`}
        onPress={() => keep.mutate({ of, isKept: true, forget: false })}
      >
        <Trans>Keep it again</Trans>
      </Button>
      <Failure error={keep.error} />
    </div>
  )
}

/** Beside a chart of which nothing new comes. */
export function NotKept(props: OfValue) {
  return (
    <Banner>
      <span className="flex flex-wrap items-center justify-between gap-2">
        <span className="min-w-0 flex-[1_1_14rem]">
          <Trans>No history of this value is kept. What was meanwhile stays unknown.</Trans>
        </span>
        <KeepAgain {...props} />
      </span>
    </Banner>
  )
}

/** All values of a home of which no history is wanted. */
export function Unkept({ home }: { readonly home: string }) {
  const unkept = useUnkept(home).data ?? []
  const devices = useDevices(home).data
  const known = unkept.flatMap((of) => {
    const name = nameOf(
      of,
      devices?.find(({ id }) => id === of.device),
    )
    return name === undefined ? [] : [{ of, name }]
  })
  if (known.length === 0) return null
  return (
    <Part
      id="unkept"
      title={t`Without a history`}
      lead={t`Of these values nothing new is kept. They are shown and acted on all the same.`}
    >
      <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {known.map(({ of, name }) => (
          <li key={idOf(of)} className="flex flex-wrap items-center justify-between gap-2 py-2">
            <p className="min-w-0 flex-[1_1_14rem] text-body wrap-anywhere">
              <bdi>{name}</bdi>
            </p>
            <KeepAgain home={home} of={of} name={name} />
          </li>
        ))}
      </ul>
    </Part>
  )
}
