import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { isProblem } from '../../data/api.ts'
import { Front } from '../../shell/front.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { minutesAndSeconds } from '../../words/durations.ts'
import { errorWords } from '../../words/errors.ts'

/** Why an invitation opens nothing, and what to do. What was used, taken back or never was gives one and the same answer. // T13 */
export function Refused({
  error,
  onRetry,
  onOther,
}: {
  readonly error: Error
  readonly onRetry: () => void
  readonly onOther: () => void
}) {
  const isUnknown = isProblem(error, 'auth.not-found', 'input.invalid')
  const isExpired = isProblem(error, 'invitation.expired')
  return (
    <Front title={t`Your invitation`}>
      <div role="alert">
        <Banner tone={isUnknown || isExpired ? 'warn' : 'alert'}>
          {isExpired ? (
            <Expired inviter={error.detail} />
          ) : isUnknown ? (
            <Trans>
              This code opens nothing. It may be mistyped, used already, or taken back. Look at it again, or
              ask for a new one.
            </Trans>
          ) : (
            <Other error={error} />
          )}
        </Banner>
      </div>
      <div className="grid gap-3">
        {!isUnknown && !isExpired && (
          <Button variant="primary" full onPress={onRetry}>
            <Trans>Try again</Trans>
          </Button>
        )}
        <Button full onPress={onOther}>
          <Trans>Enter another code</Trans>
        </Button>
      </div>
    </Front>
  )
}
function Expired({ inviter }: { readonly inviter: string | undefined }) {
  return inviter === undefined ? (
    <Trans>This invitation has expired. Ask whoever invited you for a new one.</Trans>
  ) : (
    <Trans>
      This invitation has expired. Ask <bdi>{inviter}</bdi> for a new one.
    </Trans>
  )
}
function Other({ error }: { readonly error: Error }) {
  const { title, todo } = errorWords(error)
  const waitSeconds = isProblem(error, 'auth.too-many') ? error.retryAfterSeconds : undefined
  return (
    <>
      {title} {waitSeconds === undefined ? todo : t`Try again in ${minutesAndSeconds(waitSeconds)}.`}
    </>
  )
}
