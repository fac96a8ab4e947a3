import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { Home, InvitationMade } from '@eaves/model/api'
import { Share2 } from 'lucide-react'
import { paths } from '../../paths.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { toasts } from '../../ui/toasts.ts'
import { dateIn } from '../../words/later/hours.ts'
import { isolated } from '../../words/later/reach.ts'
import { roleName } from '../../words/later/members.ts'

/** The code, shown this once: to scan, to send, to type. */
export function InvitationShown({
  home,
  made,
  sentTo,
  onAnother,
}: {
  readonly home: Home
  readonly made: InvitationMade
  readonly sentTo: string | undefined
  readonly onAnother: () => void
}) {
  const until = dateIn(made.expiresAt, home.zone)
  const who = made.name === undefined ? roleName(made.role) : isolated(made.name)
  const share = (): void => {
    const text = t`You are invited to ${home.name} on Eaves.`
    navigator.share({ title: 'Eaves', text, url: made.link }).catch((error: unknown) => {
      // Closing the sheet is an answer, not a fault.
      if (!(error instanceof DOMException && error.name === 'AbortError'))
        toasts.show(t`It could not be shared. Copy the link instead.`)
    })
  }
  const canShare = typeof (navigator as { share?: unknown }).share === 'function'
  return (
    <>
      <p className="text-muted">
        <Trans>
          For {who}, until {until}. It works once and is shown only now: whoever has it can come in, so give
          it to nobody else.
        </Trans>
      </p>
      {sentTo !== undefined && (
        <Banner>
          <Trans>
            It is on its way to <bdi>{sentTo}</bdi>. The address is forgotten.
          </Trans>
        </Banner>
      )}
      <section
        aria-label={t`Invitation`}
        className="grid justify-items-center gap-5 rounded-card border border-line bg-surface p-6 sm:grid-cols-[auto_minmax(0,1fr)] sm:items-center sm:justify-items-start"
      >
        <QrCode text={made.link} label={t`Code to scan with the camera of their phone`} />
        <div className="grid w-full min-w-0 gap-4">
          <div className="grid gap-1">
            <p className="text-state text-muted">
              <Trans>To scan with their phone, or to type at “I have an invitation”:</Trans>
            </p>
            <p data-code className="tabular font-mono text-section break-all select-all">
              {made.code}
            </p>
          </div>
          <p className="font-mono text-state font-normal break-all text-muted select-all">{made.link}</p>
          <div className="flex flex-wrap gap-3">
            <CopyButton text={made.link} name={t`Copy link`} />
            <CopyButton text={made.code} name={t`Copy code`} />
            {canShare && (
              <Button icon={Share2} onPress={share}>
                <Trans>Share…</Trans>
              </Button>
            )}
          </div>
        </div>
      </section>
      <div className="flex flex-wrap gap-3">
        <LinkButton to={paths.members(home.id)} variant="primary">
          <Trans>Done</Trans>
        </LinkButton>
        <Button onPress={onAnother}>
          <Trans>Invite somebody else</Trans>
        </Button>
      </div>
    </>
  )
}
