import { plural, t } from '@lingui/core/macro'
import type { DeviceView } from '@eaves/model'
import type { SceneView } from '@eaves/model/api'
import type { ReactNode } from 'react'
import { iconOf } from '../../devices/icons.ts'
import { Icon } from '../../ui/icon.tsx'
import { sceneIcon } from './icons.ts'

const shownDevices = 3

/** The devices of a scene, each once, as far as they are there. */
export function devicesOf(scene: SceneView, devices: readonly DeviceView[]): readonly DeviceView[] {
  const ids = new Set(scene.settings.map(({ device }) => device))
  return devices.filter(({ id }) => ids.has(id))
}

/** A scene: touching it runs it. What it switches is previewed; `children` is what else can be done with it. */
export function SceneTile({
  scene,
  devices,
  busy,
  disabled,
  onRun,
  level: Heading = 'h3',
  children,
}: {
  readonly scene: SceneView
  readonly devices: readonly DeviceView[]
  readonly busy: boolean
  readonly disabled: boolean
  readonly onRun: () => void
  readonly level?: 'h2' | 'h3'
  readonly children?: ReactNode
}) {
  const inside = devicesOf(scene, devices)
  const count = plural(inside.length, { one: '# device', other: '# devices' })
  return (
    <article
      data-tint="media"
      aria-busy={busy}
      className="press relative flex min-h-28 flex-col justify-between gap-3 rounded-card border border-transparent bg-tint p-4 forced-colors:border-[CanvasText] aria-busy:opacity-70"
    >
      <div className="flex items-start justify-between gap-2">
        <span className="-ms-0.5 inline-flex text-tint-ink">
          <Icon of={sceneIcon[scene.icon]} size={28} />
        </span>
        {children && <div className="relative z-10 -my-2 -me-2 flex">{children}</div>}
      </div>
      <div className="min-w-0">
        <Heading className="line-clamp-2 text-card wrap-anywhere text-ink">
          <button
            type="button"
            // The whole tile is its target.
            data-body
            disabled={disabled || busy}
            aria-label={t`Run ${scene.name}: ${count}`}
            onClick={onRun}
            className="text-start after:absolute after:inset-0 after:rounded-card"
          >
            <bdi>{scene.name}</bdi>
          </button>
        </Heading>
        <p className="mt-1 flex items-center gap-1.5 text-state text-tint-ink">
          {inside.slice(0, shownDevices).map((device) => (
            <Icon key={device.id} of={iconOf(device)} size={16} className="shrink-0" />
          ))}
          <span className="min-w-0 truncate">
            {inside.length === 1 ? <bdi>{inside[0]!.name}</bdi> : count}
          </span>
        </p>
      </div>
    </article>
  )
}
