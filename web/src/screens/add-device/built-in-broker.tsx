import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Credential, CredentialMade } from '@eaves/model/api'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useDrivers } from '../../data/connections.ts'
import { useCredentials, useMakeCredential, useRevokeCredential } from '../../data/credentials.ts'
import { useDevices } from '../../data/devices.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Failure } from '../../shell/failure.tsx'
import { Back } from '../../shell/back.tsx'
import { DriverLabel } from './driver-label.tsx'
import { NewDevices } from './new-devices.tsx'

/** Each device gets a user name and password of its own for the broker that comes with Eaves. */
export function BuiltInBroker({ home }: { readonly home: string }) {
  const [name, setName] = useState('')
  const [made, setMade] = useState<CredentialMade>()
  const make = useMakeCredential(home)
  const credentials = useCredentials(home)
  const driver = useDrivers().data?.find((each) => each.id === 'mqtt')
  const fresh = (useDevices(home).data ?? []).filter((device) => device.isNew)
  const submit = (): void => {
    if (name.trim() === '' || make.isPending) return
    make.mutate(name.trim(), {
      onSuccess: (answer) => {
        setMade(answer)
        setName('')
      },
    })
  }
  return (
    <div className="grid max-w-[36rem] gap-6">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>A device without a broker</Trans>
        </h1>
        <p className="text-body text-muted">
          <Trans>Put these into the device’s MQTT settings. It then shows up by itself.</Trans>
        </p>
      </header>
      {isProblem(make.error, 'input.conflict') ? (
        <div role="alert">
          <Banner tone="warn">
            <Trans>
              The broker that comes with Eaves is switched off on this server, or this home has all the access
              data it can have.
            </Trans>
          </Banner>
        </div>
      ) : (
        <Failure error={make.error} />
      )}
      {made ? (
        <Made made={made} onDone={() => setMade(undefined)} />
      ) : (
        <>
          <TextField
            label={t`What is it?`}
            value={name}
            onChange={setName}
            onSubmit={submit}
            maxLength={80}
            autoFocus
            hint={t`A word for you alone, such as “plug in the hall”.`}
            notice={
              <Notice
                why={t`So that you can tell the access data apart later.`}
                mandatory={t`Needed. Any word will do.`}
                keptFor={t`encrypted, until you revoke it`}
                recipients={[]}
              />
            }
          />
          <Button variant="primary" full isDisabled={make.isPending || name.trim() === ''} onPress={submit}>
            <Trans>Make access data</Trans>
          </Button>
        </>
      )}
      {driver && <DriverLabel entry={driver} builtIn />}
      {fresh.length > 0 && <NewDevices home={home} devices={fresh} />}
      {credentials.error ? (
        <QueryError error={credentials.error} retry={credentials.refetch} />
      ) : credentials.data ? (
        credentials.data.length > 0 && <Existing home={home} credentials={credentials.data} />
      ) : (
        <BlockSkeleton />
      )}
    </div>
  )
}

function Made({ made, onDone }: { readonly made: CredentialMade; readonly onDone: () => void }) {
  const rows = [
    [t`Server`, made.host],
    [t`Port`, String(made.port)],
    [t`User name`, made.username],
    [t`Password`, made.password],
    [t`Topics begin with`, made.topic],
  ] as const
  return (
    <section aria-labelledby="made" className="grid gap-4 rounded-card border border-line bg-surface p-4">
      <h2 id="made" className="text-group">
        <Trans>Access data for {made.name}</Trans>
      </h2>
      <p className="text-state font-normal text-muted">
        <Trans>The password is shown only now; it cannot be read back later.</Trans>
      </p>
      <dl className="grid gap-3">
        {rows.map(([label, value]) => (
          <div key={label} className="flex flex-wrap items-center justify-between gap-3">
            <div className="grid min-w-0">
              <dt className="text-state text-muted">{label}</dt>
              <dd className="font-mono break-all select-all">{value}</dd>
            </div>
            <CopyButton text={value} label={label} />
          </div>
        ))}
      </dl>
      <Button variant="primary" full onPress={onDone}>
        <Trans>I have entered it</Trans>
      </Button>
    </section>
  )
}

function Existing({
  home,
  credentials,
}: {
  readonly home: string
  readonly credentials: readonly Credential[]
}) {
  const [asked, setAsked] = useState<Credential>()
  const revoke = useRevokeCredential(home)
  return (
    <section aria-labelledby="existing" className="grid gap-3">
      <h2 id="existing" className="text-section">
        <Trans>Access data so far</Trans>
      </h2>
      <ul className="divide-y divide-line rounded-card border border-line bg-surface">
        {credentials.map((credential) => (
          <li key={credential.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
            <div className="grid">
              <span className="text-card">
                {credential.name}
                {credential.connected && (
                  <Badge>
                    <Trans>Connected</Trans>
                  </Badge>
                )}
              </span>
              <span className="font-mono text-state text-muted">{credential.username}</span>
            </div>
            <Button variant="danger" onPress={() => setAsked(credential)}>
              <Trans>Revoke</Trans>
            </Button>
          </li>
        ))}
      </ul>
      <Dialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        alert
        title={t`Revoke this access?`}
        actions={
          <>
            <Button onPress={() => setAsked(undefined)}>
              <Trans>Keep it</Trans>
            </Button>
            <Button
              variant="danger"
              onPress={() => {
                if (asked) revoke.mutate(asked.id)
                setAsked(undefined)
              }}
            >
              <Trans>Revoke</Trans>
            </Button>
          </>
        }
      >
        <p>
          <Trans>{asked?.name ?? ''} is disconnected at once and cannot come back with this password.</Trans>
        </p>
      </Dialog>
    </section>
  )
}
