import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { Banner } from '../../ui/banner.tsx'
import { Name } from '../../ui/name.tsx'
import { Switch } from '../../ui/switch.tsx'
import { rowOn, withRow, type ReachDraft } from './reach-model.ts'

/** Locks, alarms, garage doors and the like: closed to children and guests but for those named here, one by one. // pp.5.1 */
export function Dangerous({
  devices,
  draft,
  onChange,
}: {
  readonly devices: readonly DeviceView[]
  readonly draft: ReachDraft
  readonly onChange: (draft: ReachDraft) => void
}) {
  const given = devices.filter(({ id }) => rowOn(draft, { device: id })?.level === 'use')
  return (
    <div className="grid gap-3">
      <h3 className="text-group">
        <Trans>Locks, alarms and other dangerous things</Trans>
      </h3>
      <p className="text-state font-normal text-muted">
        <Trans>
          Closed to children and guests, whatever else they may use. What you switch on here they can use by
          themselves.
        </Trans>
      </p>
      {devices.length === 0 ? (
        <p className="text-muted">
          <Trans>There are none in this home.</Trans>
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {devices.map(({ id, name, roomName, room, kind }) => (
            <li key={id} className="py-1">
              <Switch
                selected={given.some((device) => device.id === id)}
                onChange={(on) => onChange(withRow(draft, { device: id }, on ? { level: 'use' } : undefined))}
              >
                <span className="min-w-0 text-card">
                  <Name of={roomName === null || room === null ? name : t`${name}, ${roomName}`} lines={2} />
                  {kind === 'lock' && (
                    <span className="block text-state font-normal text-muted">
                      <Trans>Opens the door to whoever holds their phone</Trans>
                    </span>
                  )}
                </span>
              </Switch>
            </li>
          ))}
        </ul>
      )}
      {given.length > 0 && (
        <Banner tone="warn">
          <Trans>
            Nobody stands beside them when they use it. Give this only to somebody you would give the key.
          </Trans>
        </Banner>
      )}
    </div>
  )
}
