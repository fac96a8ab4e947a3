import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { sceneIcons, type DeviceView, type SceneIcon } from '@eaves/model'
import type { Room, SceneSetting, SceneView } from '@eaves/model/api'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useDevices } from '../../data/devices.ts'
import { useCan } from '../../data/homes.ts'
import { useRooms } from '../../data/rooms.ts'
import { captureNow, useChangeScenes, useScenes } from '../../data/scenes.ts'
import { inOrder } from '../../devices/facts.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { Failure } from '../../shell/failure.tsx'
import { NotFound } from '../../shell/not-found.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { toFaulty } from '../../ui/faulty.ts'
import { TextField } from '../../ui/field.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { Members } from '../group/members.tsx'
import { LeaveGuard } from '../members/leave-guard.tsx'
import { DeviceSettings } from './device-settings.tsx'
import { canTake, replaced, sendable } from './editor-model.ts'
import { Fade } from './fade.tsx'
import { sceneIcon, sceneIconName } from './icons.ts'
import { Versions } from './versions.tsx'

interface Draft {
  readonly name: string
  readonly icon: SceneIcon
  readonly room: string | null
  readonly transitionSeconds: number | null
  readonly settings: readonly SceneSetting[]
}
const anywhere = 'home'

/** Makes a scene out of what devices are now, or changes one. */
export function SceneEditor({
  home,
  scene: id,
}: {
  readonly home: string
  readonly scene: string | undefined
}) {
  const { room } = useSearch({ strict: false }) as { room?: string }
  const can = useCan(home)
  const scenes = useScenes(home)
  const devices = useDevices(home)
  const rooms = useRooms(home)
  const scene = scenes.data?.find((each) => each.id === id)
  const [turn, setTurn] = useState(0)
  useTitle(scene?.name ?? t`New scene`)
  const error = scenes.error ?? devices.error ?? rooms.error
  if (scenes.data && devices.data && rooms.data) {
    // Whoever makes no scenes finds no place to do so.
    if (!can('scene.edit') || (id !== undefined && scene === undefined)) return <NotFound />
    const begin: Draft = scene ?? {
      name: '',
      icon: 'sparkles',
      room: rooms.data.some((each) => each.id === room) ? room! : null,
      transitionSeconds: null,
      settings: [],
    }
    return (
      <Form
        key={turn}
        home={home}
        scene={scene}
        begin={begin}
        first={room}
        devices={inOrder(devices.data.filter(canTake))}
        rooms={rooms.data}
        onReverted={() => setTurn(turn + 1)}
      />
    )
  }
  const retry = () => Promise.all([scenes.refetch(), devices.refetch(), rooms.refetch()])
  return error ? <QueryError level={1} error={error} retry={retry} /> : <BlockSkeleton />
}

function Form({
  home,
  scene,
  begin,
  first,
  devices,
  rooms,
  onReverted,
}: {
  readonly home: string
  readonly scene: SceneView | undefined
  readonly begin: Draft
  readonly first: string | undefined
  readonly devices: readonly DeviceView[]
  readonly rooms: readonly Room[]
  readonly onReverted: () => void
}) {
  const [draft, setDraft] = useState(begin)
  const [saved, setSaved] = useState(false)
  const [choosing, setChoosing] = useState(scene === undefined)
  const { live } = useConnection()
  const { add, edit } = useChangeScenes(home)
  const navigate = useNavigate()
  const change = (part: Partial<Draft>): void => setDraft((now) => ({ ...now, ...part }))
  const chosen = [...new Set(draft.settings.map(({ device }) => device))]
  const busy = add.isPending || edit.isPending || saved
  const ready = draft.name.trim() !== '' && chosen.length > 0 && live && !busy
  const isChanged = !saved && JSON.stringify(draft) !== JSON.stringify(begin)
  const leave = (): void => {
    setSaved(true)
    void navigate({ to: paths.scenes(home), ignoreBlocker: true })
  }
  const save = (): void => {
    if (!ready) return
    const body = {
      name: draft.name.trim(),
      icon: draft.icon,
      room: draft.room,
      transitionSeconds: draft.transitionSeconds,
      settings: sendable(draft.settings),
    }
    if (scene === undefined) add.mutate(body, { onSuccess: leave })
    else edit.mutate({ scene: scene.id, version: scene.version, ...body }, { onSuccess: leave })
  }
  const take = useTake(home, devices, (ids, settings) =>
    setDraft((now) => ({ ...now, settings: replaced(now.settings, ids, settings) })),
  )
  if (devices.length === 0)
    return (
      <EmptyState level={1} icon={sceneIcon.sparkles} title={t`Nothing for a scene yet`}>
        <Trans>A scene sets lights, plugs, blinds, heating and fans. Add such devices first.</Trans>
      </EmptyState>
    )
  return (
    <div className="grid max-w-[36rem] grid-cols-[minmax(0,1fr)] gap-6">
      <header className="grid gap-1">
        <Back to={paths.scenes(home)}>
          <Trans>Scenes</Trans>
        </Back>
        <h1 className="text-display">{scene === undefined ? t`New scene` : t`Edit the scene`}</h1>
        <p className="text-body text-muted">
          <Trans>Set the devices as you like them, then choose them here: what they are now is taken.</Trans>
        </p>
      </header>
      <Failure error={edit.error ?? add.error} />
      {scene?.gone && (
        <Banner tone="warn">
          <Trans>A device of this scene is no longer there. It is left out when you save.</Trans>
        </Banner>
      )}
      <TextField
        label={t`Name`}
        value={draft.name}
        onChange={(name) => change({ name })}
        onSubmit={save}
        maxLength={80}
      />
      <IconChoice value={draft.icon} onChange={(icon) => change({ icon })} />
      <Select
        label={t`Room`}
        value={draft.room ?? anywhere}
        options={[{ id: anywhere, name: t`The whole home` }, ...rooms.map(({ id, name }) => ({ id, name }))]}
        onChange={(room) => change({ room: room === anywhere ? null : room })}
      />
      <Chosen home={home} draft={draft} devices={devices} change={change} take={take} />
      <Disclosure title={t`Choose devices`} open={choosing} onChange={setChoosing}>
        <Members
          devices={devices}
          first={first ?? draft.room ?? undefined}
          chosen={chosen}
          onChange={(next) => {
            const gone = chosen.filter((each) => !next.includes(each))
            if (gone.length > 0) change({ settings: replaced(draft.settings, gone, []) })
            const come = next.filter((each) => !chosen.includes(each))
            if (come.length > 0) void take(come)
          }}
        />
      </Disclosure>
      <Fade
        value={draft.transitionSeconds ?? undefined}
        none={{ name: t`At once`, isAtOnce: true }}
        onChange={(seconds) => change({ transitionSeconds: seconds ?? null })}
      />
      <Button
        variant="primary"
        full
        isDisabled={!ready}
        onPress={({ target }) => toFaulty(target.closest('main')) || save()}
      >
        <Trans>Save the scene</Trans>
      </Button>
      {scene !== undefined && (
        <Versions
          home={home}
          scene={scene}
          devices={devices}
          rooms={rooms}
          isChanged={isChanged}
          onReverted={onReverted}
        />
      )}
      <LeaveGuard when={isChanged} />
    </div>
  )
}

/** Takes what devices are now; one that says nothing of itself is to be on. */
function useTake(
  home: string,
  devices: readonly DeviceView[],
  put: (ids: readonly string[], settings: readonly SceneSetting[]) => void,
) {
  return async (ids: readonly string[]): Promise<void> => {
    try {
      // Whoever chooses a lock asks for it to be locked.
      const { settings, leftOut } = await captureNow(home, ids, true)
      const known = new Set(settings.map(({ device }) => device))
      const unknown = devices.flatMap((device): SceneSetting[] => {
        const part = device.parts.find(({ capabilities }) => capabilities.onOff !== undefined)
        return ids.includes(device.id) && !known.has(device.id) && part !== undefined
          ? [{ device: device.id, part: part.id, capability: 'onOff', values: { on: true } }]
          : []
      })
      put(ids, [...settings, ...unknown])
      const missing = leftOut.find(
        ({ device }) => !known.has(device) && !unknown.some((each) => each.device === device),
      )
      const name = devices.find(({ id }) => id === missing?.device)?.name
      if (name !== undefined)
        toasts.show(t`${name} says nothing about itself yet, so there is nothing to take.`)
    } catch (error) {
      toasts.show(errorWords(error).title)
    }
  }
}

function Chosen({
  home,
  draft,
  devices,
  change,
  take,
}: {
  readonly home: string
  readonly draft: Draft
  readonly devices: readonly DeviceView[]
  readonly change: (part: Partial<Draft>) => void
  readonly take: (ids: readonly string[]) => Promise<void>
}) {
  const inside = devices.filter(({ id }) => draft.settings.some(({ device }) => device === id))
  if (inside.length === 0) return null
  return (
    <section aria-labelledby="chosen" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="chosen" className="text-group">
          <Trans>What it sets</Trans>
        </h2>
        <Button onPress={() => void take(inside.map(({ id }) => id))}>
          <Trans>Take it as it is now</Trans>
        </Button>
      </div>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
        {inside.map((device) => (
          <DeviceSettings
            key={device.id}
            home={home}
            device={device}
            settings={draft.settings}
            onChange={(settings) => change({ settings })}
            onRemove={() => change({ settings: replaced(draft.settings, [device.id], []) })}
          />
        ))}
      </ul>
    </section>
  )
}

function IconChoice({
  value,
  onChange,
}: {
  readonly value: SceneIcon
  readonly onChange: (icon: SceneIcon) => void
}) {
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-card">
        <Trans>Icon</Trans>
      </legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(2.75rem,1fr))] gap-2">
        {sceneIcons.map((icon) => (
          <label
            key={icon}
            title={sceneIconName(icon)}
            className={cx(
              'relative flex size-11 items-center justify-center rounded-control border has-focus-visible:outline-2 has-focus-visible:outline-accent',
              icon === value ? 'border-accent bg-surface-2 text-accent' : 'border-line text-muted',
            )}
          >
            <input
              type="radio"
              name="scene-icon"
              aria-label={sceneIconName(icon)}
              checked={icon === value}
              onChange={() => onChange(icon)}
              className="absolute inset-0 m-0 size-full opacity-0"
            />
            <Icon of={sceneIcon[icon]} />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
