import { Trans } from '@lingui/react/macro'
import { Outlet } from '@tanstack/react-router'
import { ToastRegion } from '../ui/toast-region.tsx'

export function Root() {
  return (
    <>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:start-4 focus:top-4 focus:z-60 focus:rounded-control focus:bg-accent focus:px-4 focus:py-3 focus:text-on-accent"
      >
        <Trans>Skip to content</Trans>
      </a>
      <Outlet />
      <ToastRegion />
    </>
  )
}
