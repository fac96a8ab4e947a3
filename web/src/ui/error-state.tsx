import { Trans } from '@lingui/react/macro'
import { CloudOff } from 'lucide-react'
import { Button } from './native-button.tsx'
import { Icon } from './icon.tsx'

export interface ErrorStateProps {
  /** What happened. */
  readonly title: string
  /** What still works. */
  readonly unaffected?: string
  /** What to do. */
  readonly todo: string
  readonly reference?: string | undefined
  readonly onRetry?: () => void
  /** What trying again is called, where it is something else. */
  readonly retry?: string
  /** 1 where it is the whole page. */
  readonly level?: 1 | 2
}
export function ErrorState({
  title,
  unaffected,
  todo,
  reference,
  onRetry,
  retry,
  level = 2,
}: ErrorStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-12 text-center">
      <span
        data-tint="alert"
        className="flex size-16 items-center justify-center rounded-sheet bg-tint text-tint-ink"
      >
        <Icon of={CloudOff} size={28} />
      </span>
      <Heading className="text-section">{title}</Heading>
      {unaffected && <p className="text-muted">{unaffected}</p>}
      <p>{todo}</p>
      {reference && (
        <p className="text-caption text-muted">
          <Trans>
            Reference: <code className="select-all">{reference}</code>
          </Trans>
        </p>
      )}
      {onRetry && (
        <Button variant="primary" onPress={onRetry}>
          {retry ?? <Trans>Try again</Trans>}
        </Button>
      )}
    </div>
  )
}
