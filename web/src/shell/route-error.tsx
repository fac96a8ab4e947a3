import { t } from '@lingui/core/macro'
import { useEffect } from 'react'
import { lookForUpdate, takeUpdate, useUpdate } from '../data/app-worker.ts'
import { ErrorState } from '../ui/error-state.tsx'
import { errorWords } from '../words/errors.ts'

/** How the engines say that a file of the app did not come. */
const isUnloaded = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|importing a module script/iu.test(error.message)

export function RouteError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  const unloaded = isUnloaded(error)
  const { title, todo, reference } = unloaded
    ? {
        title: t`This page could not be loaded.`,
        todo: t`Try again once your Eaves server can be reached.`,
        reference: undefined,
      }
    : errorWords(error)
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
        ? // A browser does not ask again for a file that has failed, as long as the page stands.
          { onRetry: unloaded ? () => location.reload() : reset }
        : { retry: t`Start the new version`, onRetry: () => void takeUpdate() })}
    />
  )
}
