import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useNavigate } from '@tanstack/react-router'
import { Cog } from 'lucide-react'
import { useState } from 'react'
import { findRun } from '../../data/automations.ts'
import { byRun } from '../../data/frames.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { ago } from '../../words/time.ts'

/** Why it is so: the automation that asked for the last change, where one did. */
export function WhySo({ home, device }: { readonly home: string; readonly device: DeviceView }) {
  const by = byRun.get(device.id)
  const can = useCan(home)
  const navigate = useNavigate()
  const [state, setState] = useState<'ready' | 'looking' | 'gone'>('ready')
  if (by?.cause.kind !== 'automation') return null
  const { at, cause } = by
  const look = async (): Promise<void> => {
    setState('looking')
    try {
      const automation = await findRun(home, cause.id, device.id)
      setState(automation === undefined ? 'gone' : 'ready')
      if (automation !== undefined)
        await navigate({ to: paths.automations(home, `/${automation}/runs/${cause.id}`) })
    } catch (error) {
      setState('ready')
      toasts.show(errorWords(error).title)
    }
  }
  return (
    <Banner
      icon={Cog}
      action={
        can('automation.read') &&
        state !== 'gone' && (
          <Button variant="quiet" isDisabled={state === 'looking'} onPress={() => void look()}>
            <Trans>Why</Trans>
          </Button>
        )
      }
    >
      {state === 'gone' ? (
        <Trans>An automation changed it; what it did is no longer kept.</Trans>
      ) : (
        <Trans>An automation changed it {ago(at)}.</Trans>
      )}
    </Banner>
  )
}
