import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PushDevice } from '@eaves/model/api'
import { BellOff, BellRing, MonitorSmartphone, Send, WifiOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import {
  ability,
  TurnOnFailed,
  usePushDevices,
  usePushKey,
  useTestNotice,
  useTurnOff,
  useTurnOn,
  type Ability,
} from '../../data/notifications.ts'
import { useOnline } from '../../data/online.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ago, dateAndTime } from '../../words/time.ts'
import { Page, Rows } from './page.tsx'

export function Notifications() {
  const push = usePushKey()
  const devices = usePushDevices()
  const online = useOnline()
  const failed = push.error ?? devices.error
  return (
    <Page
      title={t`Notifications`}
      lead={
        <Trans>
          A notice says that something happened, such as a new sign-in, and no names. What concerns your
          security comes by e-mail or text message where no browser takes it.
        </Trans>
      }
    >
      {!online && (
        <Banner tone="warn" icon={WifiOff}>
          <Trans>This device is offline. Changes can be made once it is connected again.</Trans>
        </Banner>
      )}
      {failed ? (
        <QueryError error={failed} retry={() => Promise.all([push.refetch(), devices.refetch()])} />
      ) : !push.data || !devices.data ? (
        <BlockSkeleton />
      ) : (
        <>
          <Here
            publicKey={push.data.publicKey}
            device={devices.data.find(({ current }) => current)}
            online={online}
          />
          {(push.data.publicKey !== undefined || devices.data.length > 0) && (
            <Devices devices={devices.data} online={online} />
          )}
        </>
      )}
    </Page>
  )
}

const reasons: Readonly<Record<Exclude<Ability, 'can'>, () => readonly [string, string]>> = {
  denied: () => [
    t`This browser was told to show no notices from here`,
    t`Allow notifications for this address in the browser’s settings, then open this page again.`,
  ],
  'not-installed': () => [
    t`Put Eaves on the home screen first`,
    t`On an iPhone or iPad notices reach an app on the home screen only: press Share, then Add to Home Screen, and open Eaves from there.`,
  ],
  'not-secure': () => [
    t`Notices need an encrypted connection`,
    t`Open Eaves at an address that begins with https.`,
  ],
  unsupported: () => [
    t`This browser cannot take notices`,
    t`Another browser or a newer version may. Private windows usually take none.`,
  ],
}

/** Turning on and off in this browser, one press each. // pp.4.4.e */
function Here({
  publicKey,
  device,
  online,
}: {
  readonly publicKey: string | undefined
  readonly device: PushDevice | undefined
  readonly online: boolean
}) {
  const [can, setCan] = useState(ability)
  const on = useTurnOn()
  const off = useTurnOff()
  const isBusy = on.isPending || off.isPending
  if (publicKey === undefined)
    return (
      <Reason
        title={t`This server pushes no notices`}
        todo={t`A demonstration keeps to its own machine. On your own server they are there.`}
      />
    )
  const [title, todo] = can === 'can' ? [] : reasons[can]()
  const reason = title !== undefined && todo !== undefined && <Reason title={title} todo={todo} />
  if (reason && device === undefined) return reason
  const change = (wanted: boolean): void => {
    if (wanted) on.mutate(publicKey, { onSettled: () => setCan(ability()) })
    else if (device !== undefined) off.mutate(device)
  }
  return (
    <>
      {reason}
      <section
        aria-labelledby="here"
        className="grid gap-3 rounded-card border border-line bg-surface p-4 md:p-6"
      >
        <TurnOnError error={on.error} />
        <Failure error={off.error} />
        <Switch
          selected={device !== undefined}
          onChange={change}
          disabled={isBusy || !online}
          describedBy="carrier"
        >
          <span id="here" className="text-card">
            <Trans>Notices in this browser</Trans>
          </span>
        </Switch>
        <p id="carrier" className="text-state font-normal text-muted">
          {device === undefined ? (
            <Trans>
              Off. When on, each passes encrypted through the push service of the browser’s maker, which
              cannot read it. It ends with this sign-in.
            </Trans>
          ) : (
            <Trans>
              On, for as long as you are signed in here. Carried by {device.service}, which cannot read it.
            </Trans>
          )}
        </p>
      </section>
    </>
  )
}

function Reason({ title, todo }: { readonly title: string; readonly todo: string }) {
  return (
    <section className="flex gap-4 rounded-card border border-line bg-surface p-4 md:p-6">
      <Icon of={BellOff} className="mt-0.5 shrink-0 text-muted" />
      <div className="grid gap-1">
        <h2 className="text-card">{title}</h2>
        <p className="text-body text-muted">{todo}</p>
      </div>
    </section>
  )
}

function TurnOnError({ error }: { readonly error: Error | null }) {
  if (!(error instanceof TurnOnFailed)) return <Failure error={error} />
  const words: Readonly<Record<TurnOnFailed['reason'], ReactNode>> = {
    denied: <Trans>The browser was not allowed to show notices, so nothing was turned on.</Trans>,
    'no-worker': (
      <Trans>
        The part of the app that shows notices is not running here yet. Reload the page and try again.
      </Trans>
    ),
    'no-service': (
      <Trans>
        The browser’s push service could not be reached. Check the internet connection and try again.
      </Trans>
    ),
  }
  return (
    <div role="alert">
      <Banner tone="warn">{words[error.reason]}</Banner>
    </div>
  )
}

function Devices({ devices, online }: { readonly devices: readonly PushDevice[]; readonly online: boolean }) {
  if (devices.length === 0)
    return (
      <EmptyState icon={BellRing} title={t`No browser gets notices yet`}>
        <Trans>Those in which you turn them on are listed here.</Trans>
      </EmptyState>
    )
  return (
    <section aria-labelledby="devices" className="grid gap-3">
      <h2 id="devices" className="text-section">
        <Trans>Where notices go</Trans>
      </h2>
      <Rows>
        {devices.map((device) => (
          <Device key={device.id} device={device} online={online} />
        ))}
      </Rows>
    </section>
  )
}

function Device({ device, online }: { readonly device: PushDevice; readonly online: boolean }) {
  const test = useTestNotice()
  const off = useTurnOff()
  const name = device.device ?? t`A browser`
  return (
    <li className="grid gap-3 p-4">
      <div className="grid items-center gap-3 sm:grid-cols-[1fr_auto]">
        <div className="flex min-w-0 gap-3">
          <Icon of={MonitorSmartphone} className="mt-0.5 shrink-0 text-muted" />
          <div className="grid min-w-0 gap-0.5">
            <span className="text-card">
              {name}
              {device.current && (
                <Badge>
                  <Trans>This one</Trans>
                </Badge>
              )}
            </span>
            <span className="text-state font-normal text-muted">
              <Trans>On since {dateAndTime(device.createdAt)}</Trans> ·{' '}
              {device.lastSentAt === undefined ? (
                <Trans>none sent yet</Trans>
              ) : (
                <Trans>last sent {ago(device.lastSentAt)}</Trans>
              )}
            </span>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            icon={Send}
            isDisabled={test.isPending || !online}
            aria-label={t`Test: send a notice to ${name}, on since ${dateAndTime(device.createdAt)}`}
            onPress={() => test.mutate(device.id)}
          >
            <Trans>Test</Trans>
          </Button>
          <Button
            isDisabled={off.isPending || !online}
            aria-label={t`Turn off notices to ${name}, on since ${dateAndTime(device.createdAt)}`}
            onPress={() => off.mutate(device)}
          >
            <Trans>Turn off</Trans>
          </Button>
        </div>
      </div>
      <Failure error={test.error ?? off.error} />
      {test.isSuccess && (
        <p role="status" className="text-state font-normal text-muted">
          <Trans>
            Sent. It should appear in a moment; if not, look at the browser’s and the system’s settings for
            notifications.
          </Trans>
        </p>
      )}
    </li>
  )
}
