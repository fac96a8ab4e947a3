import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { Cable, LayoutGrid, LifeBuoy, ShieldCheck } from 'lucide-react'
import { useKitIsMissing } from '../../data/backup.ts'
import { useCan } from '../../data/homes.ts'
import { paths } from '../../paths.ts'
import { hasScreen } from '../../screens.ts'
import type { Tint } from '../../ui/card.tsx'
import { Icon, type LucideIcon } from '../../ui/icon.tsx'

function Starter({
  to,
  icon,
  tint,
  title,
  text,
}: {
  readonly to: string
  readonly icon: LucideIcon
  readonly tint: Tint
  readonly title: string
  readonly text: string
}) {
  return (
    <li data-tint={tint} className="press relative grid gap-3 rounded-card bg-tint p-6">
      <span className="text-tint-ink">
        <Icon of={icon} size={28} />
      </span>
      <h2 className="text-group">
        <Link to={to} className="after:absolute after:inset-0 after:rounded-card">
          {title}
        </Link>
      </h2>
      <p className="text-state text-muted">{text}</p>
    </li>
  )
}

/** An empty home: ways to begin, each only when its screen is there. */
export function FirstSteps({ home }: { readonly home: string }) {
  const can = useCan(home)
  const kitIsMissing = useKitIsMissing()
  if (!can('device.onboard'))
    return (
      <p className="max-w-prose text-body text-muted">
        <Trans>No device of this home is shared with you, or it has none yet.</Trans>
      </p>
    )
  return (
    <div className="grid gap-4">
      <p className="max-w-prose text-body text-muted">
        <Trans>Nothing is connected yet. What you connect shows up here within seconds.</Trans>
      </p>
      <ul className="grid gap-3 md:grid-cols-3">
        {hasScreen('add-device') && (
          <Starter
            to={paths.add(home)}
            icon={Cable}
            tint="light"
            title={t`Connect your devices`}
            text={t`Link your MQTT broker; its lights, plugs and sensors come in by themselves.`}
          />
        )}
        <Starter
          to={paths.rooms(home)}
          icon={LayoutGrid}
          tint="cool"
          title={t`Name your rooms`}
          text={t`So that “kitchen light” is in the kitchen.`}
        />
        {kitIsMissing && (
          <Starter
            to={paths.mine('backup')}
            icon={LifeBuoy}
            tint="warn"
            title={t`Make the recovery kit`}
            text={t`On paper, once: without it nothing can be restored when this disk dies.`}
          />
        )}
        {hasScreen('me') && (
          <Starter
            to={paths.me}
            icon={ShieldCheck}
            tint="secure"
            title={t`See what is kept`}
            text={t`What Eaves knows about you, why, and your choices.`}
          />
        )}
      </ul>
    </div>
  )
}
