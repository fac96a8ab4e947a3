import { Trans } from '@lingui/react/macro'
import { WifiOff } from 'lucide-react'
import { tryAgainNow, useConnection } from '../data/connection.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** Shows only after 3 s without a connection; what is on screen stays, with its age, and cannot be acted on. */
export function ConnectionBanner() {
  const { lost } = useConnection()
  if (!lost) return null
  return (
    <div className="mb-6">
      <Banner
        tone="warn"
        icon={WifiOff}
        action={
          <Button variant="tint" onPress={tryAgainNow}>
            <Trans>Try now</Trans>
          </Button>
        }
      >
        <Trans>
          No connection to your Eaves server. You see the last known state; controls wait until it is back.
        </Trans>
      </Banner>
    </div>
  )
}
