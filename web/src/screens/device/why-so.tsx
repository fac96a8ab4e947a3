import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Cog } from 'lucide-react'
import { byRun } from '../../data/frames.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { ago } from '../../words/time.ts'

/** Why it is so: the automation that asked for the last change, where one did. */
export function WhySo({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const by = byRun.get(device.id)
  const can = useCan(home)
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
