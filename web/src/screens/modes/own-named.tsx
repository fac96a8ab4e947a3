import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { NamedPlace, PresenceSelf } from '@eaves/model/api'
import { useId } from 'react'
import { useConnection } from '../../data/connection.ts'
import { phone } from '../../data/phone/here.ts'
import { useChangePresence } from '../../data/presence.ts'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'

const onError = (error: Error) => toasts.show(errorWords(error).title)
interface Of {
  readonly home: string
  readonly own: PresenceSelf
  readonly places: readonly NamedPlace[]
}

const none = 'none'
/** At which of the places that one chose one is, said by hand. */
export function AtPlace({ home, own, places }: Of) {
  const { set } = useChangePresence(home)
  const { live } = useConnection()
  const mine = places.filter(({ id }) => own.places.includes(id))
  if (mine.length === 0) return null
  return (
    <Select
      label={t`At which place you are`}
      value={own.place ?? none}
      disabled={!live || set.isPending}
      options={[{ id: none, name: t`At none of them` }, ...mine]}
      onChange={(next) =>
        set.mutate(next === none ? { is: own.is ?? 'away' } : { is: 'away', place: next }, { onError })
      }
    />
  )
}

/** Which places one lets the home know of, each by its own choice; off until then. // pp.2.2.1 */
export function OwnPlaces({ home, own, places }: Of) {
  const { choose, show } = useChangePresence(home)
  const { live } = useConnection()
  const [title, hint] = [useId(), useId()]
  if (places.length === 0) return null
  return (
    <div
      role="group"
      aria-labelledby={title}
      className="grid gap-2 rounded-card border border-line bg-surface p-4"
    >
      <h3 id={title} className="text-card">
        <Trans>The home may know when you are at</Trans>
      </h3>
      {places.map(({ id, name }) => (
        <Switch
          key={id}
          selected={own.places.includes(id)}
          disabled={!live || choose.isPending}
          onChange={(chosen) =>
            choose.mutate(
              { place: id, chosen },
              // What this phone keeps for it goes with it. // pp.2.2.1
              { onError, onSuccess: () => void (chosen || phone.forgetAt(home, id)) },
            )
          }
        >
          <bdi className="min-w-0 wrap-anywhere">{name}</bdi>
        </Switch>
      ))}
      <p className="text-state font-normal text-muted">
        <Trans>Switch one off, and what the home knew of it is deleted at once.</Trans>
      </p>
      {own.places.length > 0 && (
        <div className="grid gap-1 border-t border-line pt-2">
          <Switch
            selected={own.placesShown}
            disabled={!live || show.isPending}
            describedBy={hint}
            onChange={(shown) => show.mutate(shown, { onError })}
          >
            <Trans>Others and automations may know which</Trans>
          </Switch>
          <p id={hint} className="text-state font-normal text-muted">
            <Trans>
              As long as this is off, the others see “away”, and no automation acts on these places for you.
            </Trans>
          </p>
        </div>
      )}
    </div>
  )
}
