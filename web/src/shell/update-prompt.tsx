import { Trans } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import { startAppWorker, takeUpdate, useUpdate } from '../data/app-worker.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/native-button.tsx'

/** Where something is being typed, decided or joined; a new version can wait that long. */
const inTheMiddle = /^\/homes\/[^/]+\/(add|replace|groups)\b/

/** A new version is offered, never imposed. Only where somebody is signed in: until then nothing is kept in this browser. // sa.4 */
export function UpdatePrompt() {
  const update = useUpdate()
  const { pathname } = useLocation()
  useEffect(() => void startAppWorker(), [])
  if (update === undefined || inTheMiddle.test(pathname)) return null
  return (
    <div
      role="status"
      className="fixed inset-x-0 top-0 z-50 mx-auto max-w-2xl p-3 pt-[calc(0.75rem+env(safe-area-inset-top))]"
    >
      <div className="rounded-card shadow-layer">
        <Banner
          icon={RefreshCw}
          action={
            <Button variant="primary" onPress={() => void takeUpdate()}>
              <Trans>Start the new version</Trans>
            </Button>
          }
        >
          <Trans>A new version of Eaves is ready. What you have typed on this page would be lost.</Trans>
        </Banner>
      </div>
    </div>
  )
}
