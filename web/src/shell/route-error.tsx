import { t } from '@lingui/core/macro'
import { useEffect } from 'react'
import { lookForUpdate, takeUpdate, useUpdate } from '../data/app-worker.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { errorWords } from '../words/errors.ts'

export function RouteError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const { title, todo, reference } = errorWords(error)
  const update = useUpdate()
  // A part of the app that the server no longer has comes back with no reload: only the next version knows its own.
  useEffect(() => void lookForUpdate(), [])
  return (
    <ErrorState
      level={1}
      title={title}
      unaffected={t`Your devices go on working.`}
      todo={todo}
      reference={reference}
      {...(update === undefined
        ? { onRetry: reset }
        : { retry: t`Start the new version`, onRetry: () => void takeUpdate() })}
    />
  )
}
