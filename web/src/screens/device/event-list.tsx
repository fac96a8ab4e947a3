import { Trans } from '@lingui/react/macro'
import { useEvents } from '../../data/devices.ts'
import { ago } from '../../words/time.ts'
import { word } from '../../words/values.ts'
import type { PartProps } from './part-controls.tsx'

/** Presses seen since the app was opened; events are never kept. */
export function EventList({ device, part }: PartProps) {
  const events = useEvents(device.id).filter((event) => event.part === part.id)
  if (events.length === 0)
    return (
      <p className="text-center text-muted">
        <Trans>Press it to see it here.</Trans>
      </p>
    )
  return (
    <ol className="grid rounded-card bg-surface-2 px-4">
      {events.map((event) => (
        <li
          key={event.at + event.event}
          className="flex min-h-11 items-center justify-between gap-4 border-b border-line py-2 last:border-0"
        >
          <span className="text-card">{word(event.event)}</span>
          <time dateTime={event.at} className="text-state text-muted">
            {ago(event.at)}
          </time>
        </li>
      ))}
    </ol>
  )
}
