import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Hand } from 'lucide-react'
import { paths } from '../../paths.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { EmptyState } from '../../ui/states.tsx'

/** An old link to something that this person cannot do here. */
export function NotYours({ home }: { readonly home: string }) {
  return (
    <EmptyState
      level={1}
      icon={Hand}
      title={t`This is not yours to do here`}
      action={
        <LinkButton to={paths.home(home)} variant="primary">
          <Trans>Go to Home</Trans>
        </LinkButton>
      }
    >
      <Trans>An owner or administrator of the home can do it, or let you.</Trans>
    </EmptyState>
  )
}
