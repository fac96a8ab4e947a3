import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Reach } from '@eaves/model/api'
import { useReach } from '../../data/reach.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Page } from './page.tsx'
import { Section } from './steps.tsx'

/** Brings a phone in. The code holds an address and nothing else: whoever photographs it stands before the sign-in. */
export function Phone() {
  const reach = useReach()
  return (
    <Page
      title={t`Use on your phone`}
      lead={<Trans>On any phone, tablet or computer in the same network.</Trans>}
    >
      {reach.error && !reach.data ? (
        <QueryError error={reach.error} retry={reach.refetch} />
      ) : !reach.data ? (
        <BlockSkeleton />
      ) : reach.data.kind === 'loopback' ? (
        <OnlyHere />
      ) : (
        <Ways reach={reach.data} />
      )}
    </Page>
  )
}

const command = 'EAVES_HOST=0.0.0.0 npm start'
function OnlyHere() {
  return (
    <>
      <Banner>
        <Trans>
          Eaves answers only on the machine it runs on. That is how it starts, so that nothing in your network
          can reach it before you want it to.
        </Trans>
      </Banner>
      <Section id="let-in" title={t`Let phones in`}>
        <p>
          <Trans>
            Stop Eaves and start it as below. It then speaks to your network, encrypted, and this page shows a
            code to scan.
          </Trans>
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <code className="break-all select-all">{command}</code>
          <CopyButton text={command} label={t`The command`} />
        </div>
      </Section>
    </>
  )
}

function Ways({ reach: { start, app, fingerprint } }: { readonly reach: Reach }) {
  const [first, ...others] = start
  const address = app[0]
  return (
    <>
      <Section id="scan" title={t`Scan this with the phone`}>
        {first === undefined ? (
          <p className="text-muted">
            <Trans>
              This machine has no address in a private network now. Connect it to your network; this page
              follows.
            </Trans>
          </p>
        ) : (
          <>
            <QrCode text={first} label={t`Code with the address ${first}`} />
            <Addresses label={t`Or open this address:`} list={[first, ...others]} />
          </>
        )}
        <p className="text-muted">
          <Trans>The code holds this address and nothing else. The phone is not signed in by it.</Trans>
        </p>
      </Section>
      {fingerprint !== undefined && (
        <Section id="compare" title={t`Compare the fingerprint`}>
          <p>
            <Trans>
              The page it opens leads through trusting this hub, which is needed once. When the phone shows
              the fingerprint (SHA-256) of the certificate, it must be this one:
            </Trans>
          </p>
          <Fingerprint text={fingerprint} />
        </Section>
      )}
      <Section id="keep" title={t`Keep it on the phone`}>
        <p>
          <Trans>
            Open Eaves there and sign in. Then choose Add to Home Screen in the share menu (iPhone, iPad), or
            Install in the browser’s menu.
          </Trans>
        </p>
        {fingerprint !== undefined && address !== undefined && (
          <Addresses label={t`The address of the app:`} list={app} />
        )}
      </Section>
    </>
  )
}

function Addresses({ label, list }: { readonly label: string; readonly list: readonly string[] }) {
  return (
    <div className="grid gap-1">
      <p>{label}</p>
      <ul className="grid gap-1">
        {list.map((address) => (
          <li key={address}>
            <code className="break-all select-all">{address}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Eight pairs a line, so that eyes find their way back. */
function Fingerprint({ text }: { readonly text: string }) {
  const pairs = text.split(':')
  const lines = [0, 8, 16, 24].map((from) => pairs.slice(from, from + 8).join(':'))
  return (
    <p
      className="grid justify-start rounded-card bg-surface p-4 outline outline-line select-all"
      aria-label={text}
      role="group"
    >
      {lines.map((line, n) => (
        <code key={line + String(n)}>{line}</code>
      ))}
    </p>
  )
}
