import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { DoorClosed } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { paths } from '../paths.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { EmptyState } from '../ui/states.tsx'
import { useTitle } from './title.ts'

/** For somebody who was in this home a moment ago: nothing of it is shown, and nothing of it is kept here. */
export function Gone() {
  const title = t`You are no longer part of this home`
  const heading = useRef<HTMLHeadingElement>(null)
  useTitle(title)
  // What had the focus went with the home.
  useEffect(() => heading.current?.focus(), [])
  return (
    <EmptyState
      level={1}
      headingRef={heading}
      icon={DoorClosed}
      title={title}
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
