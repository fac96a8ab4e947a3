import { Trans } from '@lingui/react/macro'
import { WifiOff } from 'lucide-react'
import { useOnline } from '../../data/online.ts'
import { Banner } from '../../ui/banner.tsx'

export function Offline() {
  if (useOnline()) return null
  return (
    <Banner tone="warn" icon={WifiOff}>
      <Trans>This device is offline. What you ask for can be sent once it is connected again.</Trans>
    </Banner>
  )
}
