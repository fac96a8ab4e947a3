import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Navigate, useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { codeInFragment } from '../../data/claim-code.ts'
import { useEntry, useGate } from '../../data/gate.ts'
import { safeNext } from '../../data/next.ts'
import { useSignIn } from '../../data/sign-in.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SignIn } from './sign-in.tsx'
import { SignUpByClaim } from './claim.tsx'

/** One page for getting in: the claimer's account, a new account, or one that exists. */
export function Screen() {
  const gate = useGate(pageLocale())
  const { claimCode, acts } = useEntry()
  const [codes, setCodes] = useState<readonly string[]>()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const navigate = useNavigate()
  const go = (href: string): void => void navigate({ href, replace: true })
  const link = useConsoleLink(() => go(paths.start))

  if (codes !== undefined) {
    return (
      <Front
        title={t`Your recovery codes`}
        lead={
          <Trans>
            Keep these somewhere safe, on paper for example. Each lets you in once if neither your e-mail nor
            your phone can be reached. They are shown only now.
          </Trans>
        }
      >
        <RecoveryCodes codes={codes} done={t`I have saved them`} onDone={() => go(safeNext(next))} />
      </Front>
    )
  }
  const entered = (recoveryCodes: readonly string[] | undefined): void =>
    recoveryCodes === undefined || recoveryCodes.length === 0 ? go(safeNext(next)) : setCodes(recoveryCodes)
  if (gate.error)
    return (
      <Front title={t`Sign in`}>
        <QueryError error={gate.error} retry={gate.refetch} />
      </Front>
    )
  if (!gate.data || link.isPending)
    return (
      <Front title={t`Sign in`}>
        <BlockSkeleton />
      </Front>
    )
  if (!gate.data.claimed && (claimCode === undefined || acts === undefined))
    return <Navigate to={claimCode === undefined ? paths.claim : paths.gate} replace />
  if (claimCode !== undefined && acts !== undefined)
    return <SignUpByClaim code={claimCode} acts={acts} notices={gate.data.notices} onEntered={entered} />
  return <SignIn gate={gate.data} acts={acts} failure={link.error} onEntered={entered} />
}

/** A link printed on the server’s console signs in once; its code never leaves in an address. */
function useConsoleLink(onEntered: () => void) {
  const { hash } = useLocation()
  const code = codeInFragment(hash)
  const navigate = useNavigate()
  const { mutate, ...link } = useSignIn(onEntered)
  useEffect(() => {
    if (code === undefined) return
    void navigate({ to: paths.signIn, replace: true })
    mutate({ by: 'link', code })
  }, [code, mutate, navigate])
  return link
}
