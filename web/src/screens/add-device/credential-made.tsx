import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { CredentialMade } from '@eaves/model/api'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'

/** Access data as text and as a code, once: the password is nowhere else. */
export function CredentialMadeCard({
  made,
  onDone,
}: {
  readonly made: CredentialMade
  readonly onDone: () => void
}) {
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
          <div key={label} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3">
            <dt className="text-state text-muted">{label}</dt>
            <dd className="row-start-2 font-mono break-all select-all">{value}</dd>
            <dd className="col-start-2 row-span-2 row-start-1">
              <CopyButton text={value} label={label} />
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-state text-muted">
            <Trans>Connection</Trans>
          </dt>
          <dd>{made.tls ? <Trans>Encrypted (TLS)</Trans> : <Trans>Not encrypted</Trans>}</dd>
        </div>
      </dl>
      <div className="grid justify-items-center gap-2">
        <QrCode text={made.uri} label={t`Code with all access data for ${made.name}`} />
        <p className="text-center text-state font-normal text-muted">
          <Trans>Everything in one, for an app that reads codes. Whoever sees it has the password.</Trans>
        </p>
        <CopyButton text={made.uri} name={t`Copy all in one`} label={t`as one address with the password`} />
      </div>
      <Button variant="primary" full onPress={onDone}>
        <Trans>I have entered it</Trans>
      </Button>
    </section>
  )
}
