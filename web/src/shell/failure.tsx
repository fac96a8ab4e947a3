import { Trans } from '@lingui/react/macro'
import { useLocation } from '@tanstack/react-router'
import { isProblem } from '../data/api.ts'
import { paths } from '../paths.ts'
import { Banner } from '../ui/banner.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { errorWords } from '../words/errors.ts'

/** What went wrong with a form, above it; an act that wants a fresh sign-in leads there and back. // T14 */
export function Failure({ error }: { readonly error: Error | null }) {
  const { href } = useLocation()
  if (error === null) return null
  const { title, todo, reference } = errorWords(error)
  const again = isProblem(error, 'auth.step-up')
  return (
    <div role="alert">
      <Banner
        tone={again ? 'warn' : 'alert'}
        {...(again
          ? {
              action: (
                <LinkButton to={paths.signIn} search={{ next: href }}>
                  <Trans>Sign in again</Trans>
                </LinkButton>
              ),
            }
          : {})}
      >
        {title} {todo}
        {reference !== undefined && <code className="block text-caption select-all">{reference}</code>}
      </Banner>
    </div>
  )
}
