import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceDetail, DeviceView } from '@eaves/model'
import { ArrowLeftRight, Layers, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useEditDevice } from '../../data/device-changes.ts'
import { useCan } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { paths } from '../../paths.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/field.tsx'
import { toasts } from '../../ui/toasts.ts'
import { longDate } from '../../words/dates.ts'
import { errorWords } from '../../words/errors.ts'
import { Guarded } from './guarded.tsx'
import { BridgeCare } from './bridge-care.tsx'
import { Kin } from './kin.tsx'
import { LeftOpen } from './left-open.tsx'
import { PrivacyLabel } from './privacy-label.tsx'
import { Problems } from './problems.tsx'
import { RawValues } from './raw-values.tsx'
import { RemoveDevice } from './remove-device.tsx'

const nowhere = 'none'
export interface SettingsProps {
  readonly home: string
  readonly device: DeviceView
  readonly detail: DeviceDetail | undefined
  readonly onRemoved: () => void
}
export function Settings({ home, device, detail, onRemoved }: SettingsProps) {
  const rooms = useRooms(home).data ?? []
  const edit = useEditDevice(home)
  const can = useCan(home)
  const [name, setName] = useState(device.name)
  const [removing, setRemoving] = useState(false)
  const told = {
    onError: (error: Error) => {
      toasts.show(errorWords(error).title)
    },
  }
  const rename = (): void => {
    if (name.trim() !== '' && name.trim() !== device.name)
      edit.mutate(
        { device: device.id, name: name.trim() },
        {
          ...told,
          onSuccess: () => {
            toasts.show(t`Renamed to ${name.trim()}`)
          },
        },
      )
  }
  const move = (room: string): void => {
    const before = device.room
    const to = room === nowhere ? null : room
    const undo = { name: t`Undo`, run: () => edit.mutate({ device: device.id, room: before }, told) }
    edit.mutate(
      { device: device.id, room: to },
      {
        ...told,
        onSuccess: () => {
          toasts.show(
            to === null
              ? t`Taken out of its room`
              : t`Moved to ${rooms.find((entry) => entry.id === to)?.name ?? ''}`,
            undo,
          )
        },
      },
    )
  }
  return (
    <div className="grid gap-8">
      {can('device.edit') && (
        <div className="grid gap-4">
          <div className="grid gap-2">
            <TextField label={t`Name`} value={name} onChange={setName} maxLength={80} onSubmit={rename} />
            {name.trim() !== '' && name.trim() !== device.name && (
              <Button variant="primary" isDisabled={edit.isPending} onPress={rename}>
                <Trans>Save name</Trans>
              </Button>
            )}
          </div>
          <Select
            label={t`Room`}
            options={[
              { id: nowhere, name: t`No room` },
              ...rooms.map((room) => ({ id: room.id, name: room.name })),
            ]}
            value={device.room ?? nowhere}
            onChange={move}
          />
          <LeftOpen home={home} device={device} />
          {can('home.edit') && <Guarded home={home} device={device} />}
        </div>
      )}
      {detail ? (
        <>
          <PrivacyLabel privacy={detail.privacy} />
          <Problems problems={detail.problems} />
          <Kin home={home} detail={detail} of="groups" />
          {can('device.edit') && (
            <BridgeCare home={home} device={device} detail={detail} onRemoved={onRemoved} />
          )}
          <About detail={detail} />
          <RawValues home={home} detail={detail} />
        </>
      ) : (
        <BlockSkeleton />
      )}
      {device.kind !== 'group' && can('device.remove') && (
        <LinkButton to={paths.replace(home, device.id)}>
          <Icon of={ArrowLeftRight} size={18} />
          <Trans>Replace it by another…</Trans>
        </LinkButton>
      )}
      {can('device.edit') && (device.driver === 'group' || detail?.acts.includes('addMember')) && (
        <LinkButton to={paths.editGroup(home, device.id)}>
          <Icon of={Layers} size={18} />
          {device.driver === 'group' ? (
            <Trans>Change or remove the group</Trans>
          ) : (
            <Trans>Change the group</Trans>
          )}
        </LinkButton>
      )}
      {device.driver !== 'group' && can('device.remove') && (
        <Button variant="danger" icon={Trash2} onPress={() => setRemoving(true)}>
          <Trans>Remove device</Trans>
        </Button>
      )}
      {removing && (
        <RemoveDevice home={home} device={device} onClose={() => setRemoving(false)} onRemoved={onRemoved} />
      )}
    </div>
  )
}

/** The everyday word for what a device comes through. */
const throughWord = (driver: string): string =>
  driver === 'mqtt'
    ? 'MQTT'
    : driver === 'simulated'
      ? t`Simulated devices`
      : driver === 'group'
        ? t`A group made here`
        : driver

function About({ detail }: { readonly detail: DeviceDetail }) {
  const rows = [
    [t`Manufacturer`, detail.manufacturer],
    [t`Model`, detail.model],
    [t`Firmware`, detail.firmware],
    [t`In this home since`, longDate(detail.addedAt)],
    [t`Connected through`, throughWord(detail.driver)],
  ] as const
  return (
    <section className="grid gap-2">
      <h3 className="text-group">
        <Trans>About</Trans>
      </h3>
      <Facts rows={rows} />
    </section>
  )
}
