import { Trans } from '@lingui/react/macro'
import { WifiOff } from 'lucide-react'
import { tryAgainNow, useConnection } from '../data/connection.ts'
import { useShownAt } from '../data/offline.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/native-button.tsx'
import { ago } from '../words/time.ts'

/** Shows only after 3 s without a connection; what is on screen stays, with its age, and cannot be acted on. */
export function ConnectionBanner() {
  const { lost } = useConnection()
  const shownAt = useShownAt()
  if (!lost && shownAt === undefined) return null
  const age = shownAt === undefined ? '' : ago(new Date(shownAt).toISOString())
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
        {shownAt === undefined ? (
          <Trans>
            No connection to your Eaves server. You see the last known state; controls wait until it is back.
          </Trans>
        ) : (
          <Trans>
            No connection to your Eaves server. You see your home as it was {age}; controls wait until it is
            back.
          </Trans>
        )}
      </Banner>
    </div>
  )
}
