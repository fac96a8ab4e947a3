import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Navigate } from '@tanstack/react-router'
import { HousePlug, Lightbulb, ShieldCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { useGate } from '../../data/gate.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'

function Line({
  icon,
  tint,
  children,
}: {
  readonly icon: LucideIcon
  readonly tint: string
  readonly children: ReactNode
}) {
  return (
    <li className="flex items-center gap-4">
      <span
        data-tint={tint}
        className="flex size-12 shrink-0 items-center justify-center rounded-control bg-tint text-tint-ink"
      >
        <Icon of={icon} size={24} />
      </span>
      <span>{children}</span>
    </li>
  )
}

export function Screen() {
  const gate = useGate(pageLocale())
  if (gate.data && !gate.data.claimed && gate.data.role === 'household')
    return <Navigate to={paths.claim} replace />
  return (
    <Front title={t`Welcome to Eaves`}>
      <ul className="grid gap-5">
        <Line icon={HousePlug} tint="cool">
          <Trans>Lights, plugs, blinds and sensors of different makers, in one place.</Trans>
        </Line>
        <Line icon={Lightbulb} tint="light">
          <Trans>What you see is what the device itself reported, not what somebody hopes.</Trans>
        </Line>
        <Line icon={ShieldCheck} tint="secure">
          <Trans>What happens at home stays at home. You can see, copy and delete all of it.</Trans>
        </Line>
      </ul>
      {gate.error && !gate.data ? (
        <QueryError error={gate.error} retry={gate.refetch} />
      ) : gate.data ? (
        <Where role={gate.data.role} />
      ) : (
        <BlockSkeleton />
      )}
    </Front>
  )
}

function Where({ role }: { readonly role: 'household' | 'hosted' }) {
  const host = location.host
  return (
    <>
      <p className="rounded-card bg-surface-2 p-4 text-state">
        {role === 'household' ? (
          <Trans>
            Your data is kept on the server at <strong>{host}</strong>, in this household. In a household only
            people whom its owner has let in can use it.
          </Trans>
        ) : (
          <Trans>
            Your data is kept on the server at <strong>{host}</strong> by the operator named under Contact.
          </Trans>
        )}
      </p>
      <div className="grid gap-3">
        {role === 'hosted' && (
          <LinkButton to={paths.gate} variant="primary" full>
            <Trans>Start</Trans>
          </LinkButton>
        )}
        <LinkButton to={paths.signIn} variant={role === 'hosted' ? 'plain' : 'primary'} full>
          <Trans>Sign in</Trans>
        </LinkButton>
        <LinkButton to={paths.join} variant="quiet" full>
          <Trans>I have an invitation</Trans>
        </LinkButton>
      </div>
    </>
  )
}
