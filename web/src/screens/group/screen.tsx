import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceDetail, DeviceView } from '@eaves/model'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Layers, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useCreateGroup, useEditBridgeGroup, useEditGroup, useRemoveGroup } from '../../data/care.ts'
import { useDeviceDetail, useDevices } from '../../data/devices.ts'
import { inOrder } from '../../devices/facts.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { TextField } from '../../ui/field.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { toasts } from '../../ui/toasts.ts'
import { Members } from './members.tsx'
import { canJoin } from './eligible.ts'

/** Makes a group, or changes one: its name and what is in it. */
export function Screen() {
  const { home, group } = useParams({ strict: false }) as { home: string; group: string }
  return group === 'new' ? <NewGroup home={home} /> : <EditGroup key={group} home={home} group={group} />
}

function NewGroup({ home }: { readonly home: string }) {
  const { room } = useSearch({ strict: false }) as { room?: string }
  const devices = useDevices(home)
  const create = useCreateGroup(home)
  const navigate = useNavigate()
  const up = room === undefined ? paths.home(home) : paths.room(home, room)
  useTitle(t`New group`)
  if (devices.error && !devices.data)
    return <QueryError level={1} error={devices.error} retry={devices.refetch} />
  if (!devices.data) return <BlockSkeleton />
  return (
    <Form
      home={home}
      up={up}
      title={t`New group`}
      devices={devices.data}
      begin={{ name: '', members: [] }}
      error={create.error}
      busy={create.isPending}
      verb={t`Make the group`}
      first={room}
      onSave={(name, members) =>
        create.mutate(
          { name, devices: members, ...(room === undefined ? {} : { room }) },
          { onSuccess: ({ id }) => void navigate({ to: paths.device(home, id), replace: true }) },
        )
      }
    />
  )
}

function EditGroup({ home, group }: { readonly home: string; readonly group: string }) {
  const devices = useDevices(home)
  const detail = useDeviceDetail(home, group)
  const view = devices.data?.find(({ id }) => id === group)
  useTitle(view?.name)
  const error = devices.error ?? detail.error
  if (error && !(devices.data && detail.data))
    return (
      <QueryError level={1} error={error} retry={() => Promise.all([devices.refetch(), detail.refetch()])} />
    )
  if (!devices.data || !detail.data) return <BlockSkeleton />
  return view?.kind === 'group' ? (
    <EditForm home={home} view={view} detail={detail.data} devices={devices.data} />
  ) : (
    <NotFound />
  )
}

function EditForm({
  home,
  view,
  detail,
  devices,
}: {
  readonly home: string
  readonly view: DeviceView
  readonly detail: DeviceDetail
  readonly devices: readonly DeviceView[]
}) {
  const own = view.driver === 'group'
  const edit = useEditGroup(home, view.id)
  const atBridge = useEditBridgeGroup(home, view.id)
  const before = detail.members ?? []
  const remove = useRemoveGroup(home)
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Form
        home={home}
        up={paths.device(home, view.id)}
        title={t`Change the group`}
        devices={devices}
        begin={{ name: view.name, members: before }}
        error={edit.error ?? atBridge.error ?? remove.error}
        busy={edit.isPending || atBridge.isPending || remove.isPending}
        verb={t`Save`}
        onSave={(name, members) => {
          const then = {
            onSuccess: () => void navigate({ to: paths.device(home, view.id), replace: true }),
          }
          if (own) edit.mutate({ name, devices: members }, then)
          else
            atBridge.mutate(
              {
                name: name === view.name ? undefined : name,
                add: members.filter((member) => !before.some((id) => id === member)),
                remove: before.filter((member) => !members.includes(member)),
              },
              then,
            )
        }}
      />
      {own && (
        <div className="mt-6 max-w-[36rem]">
          <Button variant="danger" icon={Trash2} full onPress={() => setAsking(true)}>
            <Trans>Remove the group</Trans>
          </Button>
        </div>
      )}
      <Confirm
        open={asking}
        title={t`Remove ${view.name}?`}
        verb={t`Remove the group`}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          remove.mutate(view.id, {
            onSuccess: () => {
              toasts.show(t`${view.name} removed`)
              void navigate({ to: paths.home(home), replace: true })
            },
          })
        }}
      >
        <p>
          <Trans>Its devices stay as they are; only driving them as one ends.</Trans>
        </p>
      </Confirm>
    </>
  )
}

function Form({
  home,
  up,
  title,
  devices,
  begin,
  error,
  busy,
  verb,
  first,
  onSave,
}: {
  readonly home: string
  readonly up: string
  readonly title: string
  readonly devices: readonly DeviceView[]
  readonly begin: { readonly name: string; readonly members: readonly string[] }
  readonly error: Error | null
  readonly busy: boolean
  readonly verb: string
  /** The room whose devices come first. */
  readonly first?: string | undefined
  readonly onSave: (name: string, members: readonly string[]) => void
}) {
  const [name, setName] = useState(begin.name)
  const [members, setMembers] = useState<readonly string[]>(begin.members)
  const { live } = useConnection()
  const able = inOrder(devices.filter((device) => canJoin(device) || begin.members.includes(device.id)))
  const ready = name.trim() !== '' && members.length > 0 && !busy && live
  const save = (): void => {
    if (ready) onSave(name.trim(), members)
  }
  if (able.length === 0)
    return (
      <EmptyState
        level={1}
        icon={Layers}
        title={t`Nothing to put together yet`}
        action={
          <LinkButton to={paths.add(home)} variant="primary">
            <Trans>Add devices</Trans>
          </LinkButton>
        }
      >
        <Trans>A group drives several lights, plugs or blinds as one.</Trans>
      </EmptyState>
    )
  return (
    <div className="grid max-w-[36rem] gap-6">
      <header className="grid gap-1">
        <Back to={up}>
          <Trans>Back</Trans>
        </Back>
        <h1 className="text-display">{title}</h1>
        <p className="text-body text-muted">
          <Trans>One switch for all of it. If one of them does not follow, you are told which.</Trans>
        </p>
      </header>
      <Failure error={error} />
      <TextField label={t`Name`} value={name} onChange={setName} onSubmit={save} maxLength={80} />
      <Members devices={able} first={first} chosen={members} onChange={setMembers} />
      <Button variant="primary" full isDisabled={!ready} onPress={save}>
        {verb}
      </Button>
    </div>
  )
}
