import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PresenceSelf } from '@eaves/model/api'
import { useState } from 'react'
import { useConnection } from '../../data/connection.ts'
import { useCan } from '../../data/homes.ts'
import { useNamedPlaces } from '../../data/named-places.ts'
import { useChangePresence, useOwnPresence } from '../../data/presence.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Part } from '../../ui/part.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { errorWords } from '../../words/errors.ts'
import { ago } from '../../words/time.ts'
import { AtPlace, OwnPlaces } from './own-named.tsx'
import { PhoneNotices } from './phone.tsx'

/** Whether one lets the home know that one is there. */
export function OwnPresence({ home }: { readonly home: string }) {
  const { data, error, refetch } = useOwnPresence(home, true)
  return (
    <Part
      id="own-presence"
      title={t`Whether you are here`}
      lead={
        <Trans>
          Only “home”, “away” or a place by its name, and only if you want to. Where on the map you are is
          never told to the home.
        </Trans>
      }
    >
      {data ? (
        data.sharing ? (
          <Sharing home={home} own={data} />
        ) : (
          <NotSharing home={home} own={data} />
        )
      ) : error ? (
        <QueryError error={error} retry={refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </Part>
  )
}

const onError = (error: Error) => toasts.show(errorWords(error).title)

function NotSharing({ home, own }: { readonly home: string; readonly own: PresenceSelf }) {
  const { share } = useChangePresence(home)
  const { live } = useConnection()
  if (own.needsGuardian)
    return (
      <p className="text-body text-muted">
        <Trans>The adult who answers for you has to allow it first, on this page.</Trans>
      </p>
    )
  return (
    <div className="grid gap-3">
      <p className="text-body text-muted">
        <Trans>
          The home does not know whether you are here. If you let it, its owners, administrators and adults
          see it, and automations can act on it. You can end it at any time; what is known is then deleted.
        </Trans>
      </p>
      <div>
        <Button isDisabled={!live || share.isPending} onPress={() => share.mutate(true, { onError })}>
          <Trans>Let this home know</Trans>
        </Button>
      </div>
    </div>
  )
}

const none = 'none'
function Sharing({ home, own }: { readonly home: string; readonly own: PresenceSelf }) {
  const { share, set, tie } = useChangePresence(home)
  const { live } = useConnection()
  const [ending, setEnding] = useState(false)
  const { is, since, by, device, devices } = own
  const places = useNamedPlaces(home, useCan(home)('mode.read')).data ?? []
  return (
    <div className="grid gap-4">
      <Segmented
        label={t`Whether you are here`}
        value={is}
        disabled={!live || set.isPending}
        options={[
          { id: 'home', name: t`I am home` },
          { id: 'away', name: t`I am away` },
        ]}
        onChange={(next) => set.mutate({ is: next }, { onError })}
      />
      <AtPlace home={home} own={own} places={places} />
      <p role="status" className="text-state text-muted empty:hidden">
        {since !== undefined &&
          (by === 'device'
            ? t`Told by your device, ${ago(since)}`
            : by === 'phone'
              ? t`Noticed by your phone, ${ago(since)}`
              : t`Said by you, ${ago(since)}`)}
      </p>
      {devices.length > 0 && (
        <Select
          label={t`A device that tells it for you`}
          value={device ?? none}
          disabled={!live || tie.isPending}
          options={[{ id: none, name: t`None` }, ...devices]}
          onChange={(next) => tie.mutate(next === none ? null : next, { onError })}
        />
      )}
      <p className="text-state font-normal text-muted">
        <Trans>
          A device notices it at any time: a tracker in your router, a tag on your keys, a sensor in your
          room. This app notices it only while it is open.
        </Trans>
      </p>
      <OwnPlaces home={home} own={own} places={places} />
      <PhoneNotices home={home} places={places.filter(({ id }) => own.places.includes(id))} />
      <div>
        <Button isDisabled={!live} onPress={() => setEnding(true)}>
          <Trans>Stop letting it know</Trans>
        </Button>
      </div>
      <Confirm
        open={ending}
        title={t`Stop letting this home know?`}
        verb={t`Stop and delete`}
        busy={share.isPending}
        onClose={() => setEnding(false)}
        onConfirm={() => share.mutate(false, { onError, onSettled: () => setEnding(false) })}
      >
        <Trans>What it knows of whether you are here is deleted at once.</Trans>
      </Confirm>
    </div>
  )
}
