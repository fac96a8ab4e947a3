import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { NamedPlace } from '@eaves/model/api'
import { useEffect, useId, useState } from 'react'
import { canLocate, phone, startPhone, usePhoneOf, usePhoneState } from '../../data/phone/here.ts'
import { PhoneTrouble, type HomeOnPhone } from '../../data/phone/phone.ts'
import { radii } from '../../data/phone/rule.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { NumberStepper } from '../../ui/number-stepper.tsx'
import { Switch } from '../../ui/switch.tsx'
import { PhonePlaces } from './phone-places.tsx'
import { meters, phoneWords, troubleWords } from './phone-words.ts'

/** Has this phone work out whether its person is at home; off until they switch it on here, and asked for at a press alone. // pp.2.2.1 */
export function PhoneNotices({
  home,
  places,
}: {
  readonly home: string
  /** Those that its person chose. */
  readonly places: readonly NamedPlace[]
}) {
  const hint = useId()
  const [opened, setOpened] = useState(false)
  const { isKnown } = usePhoneState()
  const own = usePhoneOf(home)
  useEffect(() => startPhone(), [])
  if (!canLocate())
    return (
      <p className="text-state text-muted">
        <Trans>
          This browser tells no page where it is, or only one that came by https. A phone on which the app
          came by https can notice by itself that you are home.
        </Trans>
      </p>
    )
  const isOn = own !== undefined || opened
  return (
    <div className="grid gap-3 rounded-card border border-line bg-surface p-4">
      <Switch
        selected={isOn}
        disabled={!isKnown}
        describedBy={hint}
        onChange={(next) => {
          setOpened(next)
          if (!next) void phone.off(home)
        }}
      >
        <span className="text-card">
          <Trans>This phone notices it while the app is open</Trans>
        </span>
      </Switch>
      <p id={hint} className="text-state font-normal text-muted">
        <Trans>
          It works out here whether you are near your home, and tells the home “home” or “away”. It tells
          nobody where you are or where your home is. Once the app is closed it notices nothing.
        </Trans>
      </p>
      {isOn && <Circle home={home} own={own} places={places} />}
    </div>
  )
}

function Circle({
  home,
  own,
  places,
}: {
  readonly home: string
  readonly own: HomeOnPhone | undefined
  readonly places: readonly NamedPlace[]
}) {
  const [chosen, setChosen] = useState<number>(radii.usual)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<PhoneTrouble>()
  const { trouble } = usePhoneState()
  const radius = own?.kept.radiusMeters ?? chosen
  const tried = (act: () => Promise<void>) => {
    setBusy(true)
    setFailed(undefined)
    act()
      .catch((error: unknown) =>
        setFailed(error instanceof PhoneTrouble ? error : new PhoneTrouble('unavailable')),
      )
      .finally(() => setBusy(false))
  }
  const now = failed ?? (trouble === undefined ? undefined : new PhoneTrouble(trouble))
  return (
    <>
      <div className="grid gap-1">
        <span aria-hidden className="text-state font-normal">
          <Trans>How far around this place counts as home</Trans>
        </span>
        <NumberStepper
          label={t`How far around this place counts as home`}
          lessLabel={t`A smaller circle`}
          moreLabel={t`A larger circle`}
          value={radius}
          min={radii.least}
          max={radii.most}
          step={radii.step}
          format={meters}
          disabled={busy}
          onChange={(next) => {
            setChosen(next)
            if (own !== undefined) void phone.widen(home, next)
          }}
        />
      </div>
      <p role="status" className="text-state font-normal empty:hidden">
        {now === undefined && own !== undefined && phoneWords(own, places)}
      </p>
      {now !== undefined && (
        <div role="alert">
          <Banner tone="warn">{troubleWords(now, radius)}</Banner>
        </div>
      )}
      {own === undefined && (
        <p className="text-state font-normal text-muted">
          <Trans>
            Stand at home and press the button. Your browser then asks whether this page may know where you
            are; to find out, some ask a service of their maker. The place is kept in this browser alone,
            until you switch this off or sign out.
          </Trans>
        </p>
      )}
      <div className="empty:hidden">
        {own === undefined ? (
          <Button variant="primary" isDisabled={busy} onPress={() => tried(() => phone.here(home, radius))}>
            {busy ? <Trans>Finding out…</Trans> : <Trans>This is home</Trans>}
          </Button>
        ) : (
          now !== undefined && (
            <Button isDisabled={busy} onPress={() => tried(() => phone.ask())}>
              {busy ? <Trans>Finding out…</Trans> : <Trans>Try again</Trans>}
            </Button>
          )
        )}
      </div>
      {own !== undefined && <PhonePlaces home={home} own={own} places={places} busy={busy} tried={tried} />}
    </>
  )
}
