import { Trans } from '@lingui/react/macro'
import type { Home } from '@eaves/model/api'
import { useQueryClient } from '@tanstack/react-query'
import { Clock } from 'lucide-react'
import { useEffect } from 'react'
import { homesQuery } from '../../data/homes.ts'
import { usePlace } from '../../data/place.ts'
import { paths } from '../../paths.ts'
import { useTitle } from '../../shell/title.ts'
import { Icon } from '../../ui/icon.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Name } from '../../ui/name.tsx'
import { dateIn, dayAndTime, hoursInWords } from '../../words/later/hours.ts'

const lookAgainMs = 60_000
/** A little after the hour, so that the server's clock has struck as well. */
const graceMs = 1500

/** The home outside somebody's hours: calm, with when it opens, and it opens by itself. */
export function Closed({ home }: { readonly home: Home }) {
  const cache = useQueryClient()
  const place = usePlace(home.id, home.verbs.includes('member.self')).data
  const turnsAt = home.access?.turnsAt
  useTitle(home.name)
  useEffect(() => {
    const untilMs = turnsAt === undefined ? lookAgainMs : Date.parse(turnsAt) - Date.now() + graceMs
    const timer = setInterval(
      () => void cache.invalidateQueries(homesQuery),
      Math.max(graceMs, Math.min(lookAgainMs, untilMs)),
    )
    return () => clearInterval(timer)
  }, [cache, turnsAt])
  const hours = place?.limits?.hours ?? []
  const opens = turnsAt === undefined ? undefined : dayAndTime(turnsAt, home.zone)
  const isLonely = place?.state === 'no-guardian'
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-4 px-4 py-16 text-center">
      <span
        data-tint="cool"
        className="flex size-16 items-center justify-center rounded-sheet bg-tint text-tint-ink"
      >
        <Icon of={Clock} size={28} />
      </span>
      <div className="grid w-full grid-cols-[minmax(0,1fr)] gap-1">
        <p className="flex justify-center text-card text-muted">
          <Name of={home.name} />
        </p>
        <h1 className="text-title">
          {isLonely ? (
            <Trans>Closed until an adult answers for you</Trans>
          ) : opens === undefined ? (
            <Trans>Closed for now</Trans>
          ) : (
            <Trans>Opens {opens}</Trans>
          )}
        </h1>
      </div>
      <p className="text-muted">
        {isLonely ? (
          <Trans>
            The adult who answered for you has left this home. Ask an adult there to take their place.
          </Trans>
        ) : (
          <Trans>The home is open to you at certain hours. This page opens by itself when they begin.</Trans>
        )}
      </p>
      {hours.length > 0 && <p className="text-card">{hoursInWords(hours)}</p>}
      {home.access?.endsAt !== undefined && (
        <p className="text-state text-muted">
          <Trans>Until {dateIn(home.access.endsAt, home.zone)}</Trans>
        </p>
      )}
      {home.verbs.includes('member.self') && (
        <LinkButton to={paths.place(home.id)} variant="quiet">
          <Trans>Your place in this home</Trans>
        </LinkButton>
      )}
    </div>
  )
}
