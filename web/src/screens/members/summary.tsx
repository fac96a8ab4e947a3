import { Trans } from '@lingui/react/macro'
import type { Home } from '@eaves/model/api'
import { dateIn, hoursInWords } from '../../words/later/hours.ts'
import { roleName } from '../../words/later/members.ts'
import { reachInWords } from '../../words/later/reach.ts'
import type { HomeFacts } from './home-facts.ts'
import type { PlaceDraft } from './place-model.ts'
import { instantOfWall, isTime } from './wall-time.ts'

/** What somebody's place comes to, in words, as it is being made. */
export function Summary({
  home,
  draft,
  facts,
}: {
  readonly home: Home
  readonly draft: PlaceDraft
  readonly facts: HomeFacts
}) {
  const hours = draft.hours.filter(({ days, from, to }) => days.length > 0 && isTime(from) && isTime(to))
  const date = (wall: string): string | undefined => {
    const at = instantOfWall(wall, home.zone)
    return at === undefined ? undefined : dateIn(new Date(at).toISOString(), home.zone)
  }
  const [starts, ends] = [date(draft.startsAt), date(draft.endsAt)]
  return (
    <div role="status" aria-live="polite" className="grid gap-1 rounded-card bg-surface-2 p-4">
      <p className="text-card">{roleName(draft.role)}</p>
      {!facts.isLoading && (
        <p className="wrap-anywhere">{reachInWords({ role: draft.role, draft: draft.reach }, facts)}</p>
      )}
      {hours.length > 0 && <p>{hoursInWords(hours)}</p>}
      {starts !== undefined && (
        <p>
          <Trans>From {starts}</Trans>
        </p>
      )}
      {ends !== undefined && (
        <p>
          <Trans>Until {ends}</Trans>
        </p>
      )}
    </div>
  )
}
