import { t } from '@lingui/core/macro'
import { ErrorState } from '../ui/error-state.tsx'
import { errorWords } from '../words/errors.ts'

/** A failed query in the place of what it would have shown. */
export function QueryError({
  error,
  retry,
  level = 2,
}: {
  readonly error: unknown
  readonly retry: () => unknown
  readonly level?: 1 | 2
}) {
  const { title, todo, reference } = errorWords(error)
  return (
    <ErrorState
      level={level}
      title={title}
      unaffected={t`Your devices go on working.`}
      todo={todo}
      reference={reference}
      onRetry={() => void retry()}
    />
  )
}
