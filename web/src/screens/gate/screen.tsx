import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import {
  actsOn,
  changeEntry,
  choicesOn,
  forgetEntry,
  useEntry,
  useGate,
  useMustRenew,
  useRenewAgreement,
} from '../../data/gate.ts'
import { safeNext } from '../../data/next.ts'
import { paths } from '../../paths.ts'
import { Front } from '../../shell/front.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { errorWords } from '../../words/errors.ts'
import { pageLocale } from '../../words/locale.ts'
import { Acts } from './acts.tsx'
import { Age } from './age.tsx'
import { Changed } from './changed.tsx'
import { Declined } from './declined.tsx'
import { Region } from './region.tsx'
import { Summary } from './summary.tsx'
import { Switches } from './switches.tsx'

/** Shown before anything is kept; nothing is ticked, and both answers weigh the same. // sa.1 sa.4 fm.read */
export function Screen() {
  const locale = pageLocale()
  const gate = useGate(locale)
  const standing = useMustRenew(gate.data?.claimed, locale)
  const mustRenew = gate.data?.claimed === false ? false : standing.data
  const { claimCode, region, age, choices, declined } = useEntry()
  const { next } = useSearch({ strict: false }) as { next?: string }
  const navigate = useNavigate()
  const renew = useRenewAgreement()
  const [refused, setRefused] = useState(false)
  const [isAgeMissing, setAgeMissing] = useState(false)
  const isAgain = mustRenew !== undefined && mustRenew !== false && !mustRenew.isFirst
  const notice = mustRenew ? mustRenew.notice : undefined
  const title = notice ? t`The texts change` : isAgain ? t`Please read and decide again` : t`Before you begin`
  const failed = gate.error ?? standing.error
  if (failed)
    return (
      <Front title={title}>
        <QueryError error={failed} retry={() => Promise.all([gate.refetch(), standing.refetch()])} />
      </Front>
    )
  if (!gate.data || mustRenew === undefined)
    return (
      <Front title={title}>
        <BlockSkeleton />
      </Front>
    )
  if (declined || refused)
    return (
      <Declined
        signedIn={refused}
        onReopen={() => {
          changeEntry({ declined: false })
          setRefused(false)
        }}
      />
    )

  const { documents, purposes } = gate.data
  const agree = (): void => {
    const acts = actsOn(documents, locale, region, mustRenew ? undefined : age)
    if (acts === undefined) return
    if (mustRenew)
      return renew.mutate(
        { acts },
        { onSuccess: () => void navigate({ href: safeNext(next), replace: true }) },
      )
    if (age === undefined) return setAgeMissing(true)
    changeEntry({ acts, choices: choicesOn(purposes, choices) })
    // An account here begins with the claim; its code is not kept through a refusal.
    void navigate({
      to: gate.data?.claimed === false && claimCode === undefined ? paths.claim : paths.signIn,
      // Somebody with an invitation goes on to it.
      search: next === undefined ? {} : { next },
    })
  }
  const decline = (): void => {
    if (mustRenew) return renew.mutate({ refuse: true, locale }, { onSuccess: () => setRefused(true) })
    // Nothing has left this page; now it forgets too. // sa.4
    forgetEntry(true)
  }
  return (
    <Front
      wide
      title={title}
      lead={
        notice ? (
          <Trans>
            Please look at what is different and decide in your own time. Your yes to the text before stays on
            record.
          </Trans>
        ) : isAgain ? (
          <Trans>
            The texts have changed since you agreed, or you have not agreed yet. Until you do, your devices go
            on working, but the app shows nothing of your home.
          </Trans>
        ) : (
          <Trans>Two documents say what holds here. Nothing about you is kept until you have decided.</Trans>
        )
      }
    >
      {notice && mustRenew && <Changed notice={notice} standing={mustRenew.standing} />}
      <Summary documents={documents} />
      <Acts documents={documents} />
      {!mustRenew && purposes.length > 0 && (
        <Switches
          purposes={purposes}
          choices={choices}
          onChange={(purpose, given) => changeEntry({ choices: { ...choices, [purpose]: given } })}
        />
      )}
      <Region value={region} onChange={(value) => changeEntry({ region: value })} />
      {!mustRenew && (
        <Age
          value={age}
          isMissing={isAgeMissing && age === undefined}
          onChange={(value) => changeEntry({ age: value })}
        />
      )}
      {renew.error && (
        <div role="alert">
          <Banner tone="alert">
            {isProblem(renew.error, 'policy.document-changed')
              ? t`The documents changed while you were reading. Please reload the page and read the new ones.`
              : `${errorWords(renew.error).title} ${errorWords(renew.error).todo}`}
          </Banner>
        </div>
      )}
      <section aria-labelledby="decide" className="grid gap-4 border-t border-line pt-6">
        <h2 id="decide" className="text-section">
          <Trans>Your decision</Trans>
        </h2>
        <p className="text-muted">
          {notice ? (
            <Trans>
              With “Agree” you accept the new service agreement and confirm that you have taken note of the
              new privacy statement. “Not now” records nothing.
            </Trans>
          ) : (
            <Trans>
              With “Agree” you do two things: you accept the service agreement, and you confirm that you have
              taken note of the privacy statement. “Decline” keeps nothing about you.
            </Trans>
          )}
        </p>
        <div className="grid grid-cols-2 gap-3">
          {notice ? (
            <Button
              full
              isDisabled={renew.isPending}
              onPress={() => void navigate({ href: safeNext(next), replace: true })}
            >
              <Trans>Not now</Trans>
            </Button>
          ) : (
            <Button full isDisabled={renew.isPending} onPress={decline}>
              <Trans>Decline</Trans>
            </Button>
          )}
          <Button full isDisabled={renew.isPending} onPress={agree}>
            <Trans>Agree</Trans>
          </Button>
        </div>
        {notice && (
          <Button variant="quiet" full isDisabled={renew.isPending} onPress={decline}>
            <Trans>Decline and leave</Trans>
          </Button>
        )}
        {mustRenew && (
          <LinkButton to={paths.privacy} full>
            <Trans>See, copy or erase your data</Trans>
          </LinkButton>
        )}
      </section>
    </Front>
  )
}
