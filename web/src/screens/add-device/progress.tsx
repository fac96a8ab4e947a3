import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Onboarding } from '@eaves/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useDevices } from '../../data/devices.ts'
import { diagnostic, useCancelOnboarding, useOnboarding, useRetryOnboarding } from '../../data/onboarding.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Failure } from '../../shell/failure.tsx'
import { Back } from '../../shell/back.tsx'
import { NewDevicesLater } from './new-devices-later.tsx'
import { Steps } from './steps.tsx'

/** Named steps with their live state; leaving the page does not end them. */
export function Progress({ home, onboarding }: { readonly home: string; readonly onboarding: string }) {
  const progress = useOnboarding(home, onboarding)
  const devices = useDevices(home).data ?? []
  const fresh = devices.filter((device) => device.isNew)
  if (progress.error && !progress.data) return <QueryError error={progress.error} retry={progress.refetch} />
  if (!progress.data) return <BlockSkeleton />
  const { state } = progress.data
  return (
    <div className="grid max-w-[52rem] gap-8">
      <header className="grid gap-1">
        <Back to={paths.add(home)}>
          <Trans>Add devices</Trans>
        </Back>
        <h1 className="text-display">
          {state === 'done' ? (
            <Trans>Connected</Trans>
          ) : state === 'failed' ? (
            <Trans>It did not work yet</Trans>
          ) : (
            <Trans>Connecting…</Trans>
          )}
        </h1>
        <p role="status" className="text-body text-muted">
          {state === 'running' ? (
            <Trans>You can leave this page; it goes on.</Trans>
          ) : state === 'done' ? (
            fresh.length === 0 ? (
              <Trans>No new devices yet. What your broker announces shows up here by itself.</Trans>
            ) : (
              <Plural value={fresh.length} one="# device was found." other="# devices were found." />
            )
          ) : (
            <Trans>Nothing else in your home is affected.</Trans>
          )}
        </p>
      </header>
      <Steps steps={progress.data.steps} />
      {state === 'failed' && <Mend home={home} of={progress.data} />}
      {fresh.length > 0 && <NewDevicesLater home={home} devices={fresh} />}
      {state === 'done' && (
        <LinkButton to={paths.home(home)} variant={fresh.length === 0 ? 'primary' : 'plain'}>
          <Trans>Go to Home</Trans>
        </LinkButton>
      )}
    </div>
  )
}

function Mend({ home, of }: { readonly home: string; readonly of: Onboarding }) {
  const retry = useRetryOnboarding(home, of.id)
  const cancel = useCancelOnboarding(home, of.id)
  const navigate = useNavigate()
  return (
    <div className="grid gap-3">
      <Failure error={retry.error ?? cancel.error} />
      <div className="flex flex-wrap gap-3">
        <Button variant="primary" isDisabled={retry.isPending} onPress={() => retry.mutate(undefined)}>
          <Trans>Retry from this step</Trans>
        </Button>
        <LinkButton to={paths.add(home)} search={{ with: of.driver, again: of.id }}>
          <Trans>Change the settings</Trans>
        </LinkButton>
        <CopyButton
          text={diagnostic(of)}
          name={t`Copy a report`}
          label={t`without secrets, for somebody who helps you`}
        />
        <Button
          variant="quiet"
          isDisabled={cancel.isPending}
          onPress={() =>
            cancel.mutate(undefined, {
              onSuccess: () => void navigate({ to: paths.add(home), replace: true }),
            })
          }
        >
          <Trans>Give up</Trans>
        </Button>
      </div>
    </div>
  )
}
