import { t } from '@lingui/core/macro'
import { ErrorState } from '../ui/error-state.tsx'
import { errorWords } from '../words/errors.ts'

export function RouteError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { title, todo, reference } = errorWords(error)
  return (
    <ErrorState
      level={1}
      title={title}
      unaffected={t`Your devices go on working.`}
      todo={todo}
      reference={reference}
      onRetry={reset}
    />
  )
}
