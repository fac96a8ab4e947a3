import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { NamedPlace } from '@eaves/model/api'
import { phone } from '../../data/phone/here.ts'
import type { HomeOnPhone } from '../../data/phone/phone.ts'
import { Button } from '../../ui/button.tsx'

/** Named places that its person chose, each to be pointed out where it is; the points stay on this phone. // pp.2.2.1 */
export function PhonePlaces({
  home,
  own,
  places,
  busy,
  tried,
}: {
  readonly home: string
  readonly own: HomeOnPhone
  readonly places: readonly NamedPlace[]
  readonly busy: boolean
  readonly tried: (act: () => Promise<void>) => void
}) {
  if (places.length === 0) return null
  return (
    <div className="grid gap-3 border-t border-line pt-3">
      <p className="text-state font-normal text-muted">
        <Trans>
          Stand at a place and press its button: then this phone tells the home its name when you are there.
          The same distance counts. Where it is stays in this browser.
        </Trans>
      </p>
      <ul className="grid gap-3">
        {places.map(({ id, name }) => (
          <li key={id}>
            {own.kept.places?.[id] === undefined ? (
              <Button isDisabled={busy} onPress={() => tried(() => phone.hereAt(home, id))}>
                <bdi className="wrap-anywhere">{t`This is ${name}`}</bdi>
              </Button>
            ) : (
              <Button isDisabled={busy} onPress={() => tried(() => phone.forgetAt(home, id))}>
                <bdi className="wrap-anywhere">{t`Forget where ${name} is`}</bdi>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
