import { Trans } from '@lingui/react/macro'
import type { DeviceView } from '@eaves/model'
import { useConnection } from '../../data/connection.ts'
import { Banner } from '../../ui/banner.tsx'
import { ago, dateAndTime } from '../../words/time.ts'

/** Why what is shown may be old, or cannot be changed now. */
export function Reachability({ device }: { readonly device: DeviceView }) {
  const { lost } = useConnection()
  const seen = device.lastSeen === undefined ? undefined : ago(device.lastSeen)
  if (lost)
    return (
      <Banner tone="warn">
        <Trans>
          No connection to your Eaves server. This is the last known state; controls wait until it is back.
        </Trans>
      </Banner>
    )
  if (!device.online)
    return (
      <Banner tone="warn">
        {seen === undefined ? (
          <Trans>It can’t be reached. Check its power and connection.</Trans>
        ) : (
          <Trans>It can’t be reached; last seen {seen}. Check its power and connection.</Trans>
        )}
      </Banner>
    )
  if (device.silentSince !== undefined)
    return (
      <Banner tone="warn">
        <Trans>
          Silent since {dateAndTime(device.silentSince)}, though it speaks more often as a rule. Check its
          battery and whether it is still in reach.
        </Trans>
      </Banner>
    )
  if (device.stale === true && seen !== undefined)
    return (
      <Banner tone="warn">
        <Trans>Values are from {seen}; it reports more often than that as a rule.</Trans>
      </Banner>
    )
  return null
}
