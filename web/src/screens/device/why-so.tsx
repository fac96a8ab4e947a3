import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Cog, WandSparkles } from 'lucide-react'
import { byRun } from '../../data/frames.ts'
import { useCan } from '../../data/homes.ts'
import { useScenes } from '../../data/scenes.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { isolated } from '../../words/later/reach.ts'
import { ago } from '../../words/time.ts'

/** Why it is so: the automation or scene that asked for the last change, where one did. */
export function WhySo({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const by = byRun.get(device.id)
  const can = useCan(home)
  if (by?.cause.kind === 'command' && by.cause.scene !== undefined)
    return <ByScene home={home} scene={by.cause.scene} at={by.at} />
  if (by?.cause.kind !== 'automation') return null
  const { at, cause } = by
  return (
    <Banner
      icon={Cog}
      action={
        can('automation.read') &&
        cause.automation !== undefined && (
          <LinkButton to={paths.automations(home, `/${cause.automation}/runs/${cause.id}`)} variant="quiet">
            <Trans>Why</Trans>
          </LinkButton>
        )
      }
    >
      <Trans>An automation changed it {ago(at)}.</Trans>
    </Banner>
  )
}

function ByScene({
  home,
  scene,
  at,
}: {
  readonly home: string
  readonly scene: string
  readonly at: string
}) {
  const can = useCan(home)
  const found = useScenes(home, undefined, can('scene.read')).data?.find(({ id }) => id === scene)
  const name = found && isolated(found.name)
  return (
    <Banner
      icon={WandSparkles}
      action={
        found !== undefined && (
          <LinkButton to={paths.scenes(home, can('scene.edit') ? `/${scene}` : '')} variant="quiet">
            <Trans>Why</Trans>
          </LinkButton>
        )
      }
    >
      {name === undefined ? (
        <Trans>A scene changed it {ago(at)}.</Trans>
      ) : (
        <Trans>
          The scene {name} changed it {ago(at)}.
        </Trans>
      )}
    </Banner>
  )
}
