import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceDetail, DeviceView, PartShape, PartView } from '@eaves/model'
import { ChevronLeft, Settings2, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useDeviceDetail } from '../../data/devices.ts'
import { iconOf } from '../../devices/icons.ts'
import { cardState } from '../../devices/state.ts'
import { valueOf } from '../../devices/facts.ts'
import { IconButton } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { dateAndTime, ago } from '../../words/time.ts'
import { Kin } from './kin.tsx'
import { PartControls } from './part-controls.tsx'
import { Reachability } from './reachability.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'

const HeldState = lazy(() => import('./held.tsx').then((module) => ({ default: module.HeldState })))
const WhySo = lazy(() => import('./why-so.tsx').then((module) => ({ default: module.WhySo })))
const Settings = lazy(() => import('./settings.tsx').then((module) => ({ default: module.Settings })))

/** Everything of one device: its controls by what it can do, then its settings one step further. */
export function Panel({
  home,
  device,
  onClose,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly onClose: () => void
}) {
  const detail = useDeviceDetail(home, device.id)
  const [settings, setSettings] = useState(false)
  const state = cardState(device, valueOf(device, 'onOff', 'on'))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6 p-4 md:p-6 md:pt-4">
      <header className="sticky top-0 z-10 -mx-4 -mt-4 flex items-center gap-3 bg-surface px-4 pt-4 pb-2 md:-mx-6 md:-mt-4 md:px-6">
        {settings ? (
          <IconButton
            icon={ChevronLeft}
            label={t`Back to ${device.name}`}
            onPress={() => setSettings(false)}
          />
        ) : (
          <span
            {...(state.tint ? { 'data-tint': state.tint } : {})}
            {...(state.hue === undefined ? {} : { style: { '--hue': state.hue } as React.CSSProperties })}
            className="flex size-11 shrink-0 items-center justify-center rounded-control bg-tint text-tint-ink"
          >
            <Icon of={iconOf(device, valueOf(device, 'onOff', 'on') as boolean | undefined)} size={24} />
          </span>
        )}
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-group">{settings ? <Trans>Settings</Trans> : device.name}</h2>
          <p className="truncate text-state text-muted">
            {settings ? device.name : (device.roomName ?? <Trans>Not in a room yet</Trans>)}
          </p>
        </div>
        {!settings && (
          <IconButton icon={Settings2} label={t`${device.name} settings`} onPress={() => setSettings(true)} />
        )}
        <IconButton icon={X} label={t`Close`} onPress={onClose} />
      </header>
      {settings ? (
        <Suspense fallback={<BlockSkeleton />}>
          <Settings home={home} device={device} detail={detail.data} onRemoved={onClose} />
        </Suspense>
      ) : (
        <Controls home={home} device={device} detail={detail.data} />
      )}
    </div>
  )
}

function Controls({
  home,
  device,
  detail,
}: {
  readonly home: string
  readonly device: DeviceView
  readonly detail: DeviceDetail | undefined
}) {
  const shapeOf = (part: PartView): PartShape | undefined =>
    detail?.shapes.find((shape) => shape.id === part.id)
  return (
    <>
      <Reachability device={device} />
      {device.parts.map((part, i) => (
        <section
          key={part.id}
          {...(device.parts.length > 1 ? { 'aria-label': shapeOf(part)?.name ?? part.id } : {})}
          className="grid gap-6"
        >
          {device.parts.length > 1 && (
            <h3 className="border-t border-line pt-4 text-group">
              {shapeOf(part)?.name ?? t`Part ${i + 1}`}
            </h3>
          )}
          <PartControls home={home} device={device} part={part} shape={shapeOf(part)} />
        </section>
      ))}
      {device.kind === 'group' && <Kin home={home} detail={detail} of="members" />}
      <Suspense fallback={null}>
        <WhySo home={home} device={device} />
        <HeldState home={home} device={device} />
      </Suspense>
      {device.lastSeen && (
        <p className="text-caption text-muted">
          <Trans>
            Last report:{' '}
            <time dateTime={device.lastSeen} title={dateAndTime(device.lastSeen)}>
              {ago(device.lastSeen)}
            </time>
          </Trans>
        </p>
      )}
    </>
  )
}
