import { t } from '@lingui/core/macro'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { codeInFragment } from '../../data/claim-code.ts'
import { holdCode, useHeldCode, useLook } from '../../data/invitations.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { CodeForm } from './code-form.tsx'
import { Offer } from './offer.tsx'
import { Refused } from './refused.tsx'

/** Joining a home: the code, what it is for, who one is, and then the act. */
export function Screen() {
  const { hash } = useLocation()
  const navigate = useNavigate()
  const fromLink = codeInFragment(hash)
  useEffect(() => {
    if (fromLink === undefined) return
    holdCode(fromLink)
    // Out of the address bar and the history: whoever opens this browser next must not find it. // T8
    void navigate({ to: paths.join, replace: true })
  }, [fromLink, navigate])
  const code = useHeldCode()
  const look = useLook(code)
  if (fromLink !== undefined || (code !== undefined && look.isPending))
    return (
      <Front title={t`Your invitation`}>
        <BlockSkeleton />
      </Front>
    )
  if (code === undefined) return <CodeForm onCode={holdCode} />
  if (look.error)
    return (
      <Refused error={look.error} onRetry={() => void look.refetch()} onOther={() => holdCode(undefined)} />
    )
  return look.data && <Offer code={code} look={look.data} />
}
