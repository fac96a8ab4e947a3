import { Trans } from '@lingui/react/macro'
import { t } from '@lingui/core/macro'
import { Link } from '@tanstack/react-router'
import { MapPinOff } from 'lucide-react'
import { paths } from '../paths.ts'
import { EmptyState } from '../ui/states.tsx'

export function NotFound() {
  return (
    <EmptyState
      level={1}
      icon={MapPinOff}
      title={t`There is nothing here`}
      action={
        <Link
          to={paths.start}
          className="inline-flex min-h-11 items-center px-4 text-card text-accent underline"
        >
          <Trans>Go to Home</Trans>
        </Link>
      }
    >
      <Trans>It may have been moved or removed.</Trans>
    </EmptyState>
  )
}
