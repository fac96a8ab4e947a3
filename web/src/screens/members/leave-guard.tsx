import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useBlocker } from '@tanstack/react-router'
import { Confirm } from '../../ui/confirm.tsx'

/** Asks before unsaved changes are left behind, within the app and by closing the page. */
export function LeaveGuard({ when }: { readonly when: boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: () => when,
    enableBeforeUnload: () => when,
    withResolver: true,
  })
  return (
    <Confirm
      open={blocker.status === 'blocked'}
      title={t`Leave without saving?`}
      verb={t`Leave`}
      keep={t`Stay here`}
      onClose={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
    >
      <p>
        <Trans>What you changed on this page is not saved.</Trans>
      </p>
    </Confirm>
  )
}
