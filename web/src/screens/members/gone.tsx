import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { DoorClosed } from 'lucide-react'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { EmptyState } from '../../ui/states.tsx'

/** For somebody who was in this home a moment ago: nothing of it is shown, and nothing of it is kept here. */
export function Gone() {
  return (
    <EmptyState
      level={1}
      icon={DoorClosed}
      title={t`You are no longer part of this home`}
      action={
        <LinkButton to={paths.start} variant="primary">
          <Trans>Go on</Trans>
        </LinkButton>
      }
    >
      <Trans>What this browser had kept of it is cleared. Your account and your choices stay yours.</Trans>
    </EmptyState>
  )
}
