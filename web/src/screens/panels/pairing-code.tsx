import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { PanelCode } from '@eaves/model/api'
import { Button } from '../../ui/button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { clockTime } from '../../words/time.ts'

/** What pairs a tablet, once: as text to type and as a code to scan. */
export function PairingCode({
  name,
  code,
  onDone,
}: {
  readonly name: string
  readonly code: PanelCode
  readonly onDone: () => void
}) {
  const address = location.origin + code.link
  return (
    <section aria-labelledby="pairing" className="grid gap-4 rounded-card border border-line bg-surface p-4">
      <h2 id="pairing" className="text-group">
        <Trans>Pair the tablet for {name}</Trans>
      </h2>
      <ol className="grid list-decimal gap-2 ps-6">
        <li>
          <Trans>
            On the tablet, open <code className="break-all select-all">{location.origin}/wall</code>
          </Trans>
        </li>
        <li>
          <Trans>
            Enter <strong className="font-mono text-section whitespace-nowrap select-all">{code.code}</strong>
          </Trans>
        </li>
      </ol>
      <div className="grid justify-items-center gap-2">
        <QrCode text={address} label={t`Code with the address and the code for ${name}`} />
        <p className="text-center text-state font-normal text-muted">
          <Trans>
            Or scan this with the tablet. It works once, until {clockTime(Date.parse(code.expiresAt))}.
          </Trans>
        </p>
      </div>
      <Button variant="primary" full onPress={onDone}>
        <Trans>Done</Trans>
      </Button>
    </section>
  )
}
