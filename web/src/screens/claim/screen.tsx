import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { House, Server } from 'lucide-react'
import { useEffect } from 'react'
import { isProblem } from '../../data/api.ts'
import { codeInFragment } from '../../data/claim-code.ts'
import { changeEntry, useEntry, useGate } from '../../data/gate.ts'
import { useHealth } from '../../data/instance.ts'
import { useClaimCheck } from '../../data/sign-in.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { CodeForm } from './code-form.tsx'

export function Screen() {
  const health = useHealth()
  const { claimCode } = useEntry()
  const check = useClaimCheck()
  const navigate = useNavigate()
  const { hash } = useLocation()
  const fromLink = codeInFragment(hash)
  const { mutate, error } = check
  useEffect(() => {
    if (fromLink === undefined) return
    // Out of the address bar, the history and the reach of a second try by reloading.
    void navigate({ to: paths.claim, replace: true })
    mutate(fromLink, { onSuccess: () => changeEntry({ claimCode: fromLink, declined: false }) })
  }, [fromLink, mutate, navigate])

  if (health.error)
    return (
      <Front title={t`Claim this home`}>
        <QueryError error={health.error} retry={health.refetch} />
      </Front>
    )
  if (!health.data || check.isPending || fromLink !== undefined)
    return (
      <Front title={t`Claim this home`}>
        <BlockSkeleton />
      </Front>
    )
  if (health.data.claimed || isProblem(error, 'claim.claimed')) return <Claimed />
  if (claimCode === undefined)
    return (
      <CodeForm
        failure={error}
        onCode={(code) =>
          mutate(code, { onSuccess: () => changeEntry({ claimCode: code, declined: false }) })
        }
      />
    )
  return <Proved />
}

function Claimed() {
  return (
    <Front
      title={t`This home has been claimed`}
      lead={
        <Trans>
          Somebody has claimed this Eaves server already. If it was you, sign in. If not, ask the person who
          did.
        </Trans>
      }
    >
      <LinkButton to={paths.signIn} variant="primary" full>
        <Trans>Sign in</Trans>
      </LinkButton>
    </Front>
  )
}

function Proved() {
  const gate = useGate(pageLocale())
  const { acts } = useEntry()
  const navigate = useNavigate()
  if (gate.error)
    return (
      <Front title={t`Claim this home`}>
        <QueryError error={gate.error} retry={gate.refetch} />
      </Front>
    )
  if (!gate.data)
    return (
      <Front title={t`Claim this home`}>
        <BlockSkeleton />
      </Front>
    )
  const household = gate.data.role === 'household'
  return (
    <Front
      title={t`Claim this home`}
      lead={
        <Trans>
          The code is right: you are the person in front of this server. Claiming makes you its first owner.
        </Trans>
      }
    >
      <section className="grid gap-3 rounded-card bg-surface p-6 outline outline-line">
        <span
          data-tint="secure"
          className="flex size-12 items-center justify-center rounded-control bg-tint text-tint-ink"
        >
          <Icon of={household ? House : Server} size={28} />
        </span>
        <h2 className="text-group">
          {household ? (
            <Trans>It runs for one household</Trans>
          ) : (
            <Trans>It runs as a service for many homes</Trans>
          )}
        </h2>
        <p className="text-muted">
          {household ? (
            <Trans>
              Everything about this home stays on this machine. You answer for it, and nobody else can sign up
              here.
            </Trans>
          ) : (
            <Trans>
              Other people can sign up for homes of their own. The operator named under Contact answers for
              the data.
            </Trans>
          )}
        </p>
      </section>
      <Button
        variant="primary"
        full
        onPress={() => void navigate({ to: acts === undefined ? paths.gate : paths.signIn })}
      >
        <Trans>Claim this home</Trans>
      </Button>
      <p className="text-state font-normal text-muted">
        <Trans>
          Next you read two short documents. Nothing about you is kept until you have agreed to them.
        </Trans>
      </p>
    </Front>
  )
}
