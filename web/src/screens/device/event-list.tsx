import { Trans } from '@lingui/react/macro'
import { useEvents } from '../../data/devices.ts'
import { ago } from '../../words/time.ts'
import { laterWord } from '../../words/later/values.ts'
import type { PartProps } from './part-controls.tsx'

/** Presses seen since the app was opened; events are never kept. */
export function EventList({ home, device, part }: PartProps) {
  const events = useEvents(home, device.id).filter(
    (event) => event.part === part.id && event.capability !== 'camera',
  )
  if (events.length === 0)
    return (
      <p className="text-center text-muted">
        {'button' in part.capabilities ? (
          <Trans>Press it to see it here.</Trans>
        ) : (
          <Trans>Hold a tag to it to see it here.</Trans>
        )}
      </p>
    )
  return (
    <ol className="grid rounded-card bg-surface-2 px-4">
      {events.map((event) => (
        <li
          key={event.at + event.event}
          className="flex min-h-11 items-center justify-between gap-4 border-b border-line py-2 last:border-0"
        >
          <span className="min-w-0 text-card wrap-anywhere">
            {laterWord(event.event)}
            {event.detail !== undefined && (
              <span className="block text-state font-normal text-muted">{event.detail}</span>
            )}
          </span>
          <time dateTime={event.at} className="text-state text-muted">
            {ago(event.at)}
          </time>
        </li>
      ))}
    </ol>
  )
}
