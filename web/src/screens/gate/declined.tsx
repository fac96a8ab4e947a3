import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'

/** After a no: nothing was kept, nothing nags, and the gate opens again only when the person opens it. // sa.4 */
export function Declined({
  signedIn,
  onReopen,
}: {
  readonly signedIn: boolean
  readonly onReopen: () => void
}) {
  return (
    <Front
      title={t`You declined`}
      lead={
        signedIn ? (
          <Trans>
            Your refusal is on record, since you have an account here. Your devices go on working; this app
            shows nothing of your home until you agree.
          </Trans>
        ) : (
          <Trans>
            Nothing about you was kept, neither here in the browser nor on the server. The documents and the
            contact stay open to you.
          </Trans>
        )
      }
    >
      <div className="grid gap-3">
        {signedIn && (
          <LinkButton to={paths.privacy} full>
            <Trans>See, copy or erase your data</Trans>
          </LinkButton>
        )}
        <LinkButton to={paths.documents} full>
          <Trans>Read the documents</Trans>
        </LinkButton>
        <LinkButton to={paths.contact} full>
          <Trans>Contact</Trans>
        </LinkButton>
        <Button variant="quiet" full onPress={onReopen}>
          <Trans>Decide again</Trans>
        </Button>
      </div>
      {!signedIn && (
        <p className="text-state font-normal text-muted">
          <Trans>You can simply close this page.</Trans>
        </p>
      )}
    </Front>
  )
}
