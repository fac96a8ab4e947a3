import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { GuardianNotice, GuardianState } from '@eaves/model/api'
import { Link } from '@tanstack/react-router'
import { Database, ScrollText } from 'lucide-react'
import { useChild, useChildAge, useGuardianAct, useGuardianNotice } from '../../data/guardian.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { Part } from '../../ui/part.tsx'
import { Select } from '../../ui/select.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { toasts } from '../../ui/toasts.ts'
import { ageName, ages } from '../../words/later/ages.ts'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Door, Doors } from '../me/doors.tsx'

interface Place {
  readonly home: string
  readonly child: string
}

/** What an adult decides for the child they answer for: the text, their consent, the child's age. // pp.6 */
export function Consent(place: Place) {
  const state = useChild(place.home, place.child)
  const notice = useGuardianNotice(pageLocale())
  const failed = (!state.data && state.error) || (!notice.data && notice.error)
  return (
    <Part id="consent" title={t`Your consent for this child`}>
      {failed ? (
        <QueryError error={failed} retry={() => Promise.all([state.refetch(), notice.refetch()])} />
      ) : state.data && notice.data ? (
        <Decision {...place} state={state.data} notice={notice.data} />
      ) : (
        <BlockSkeleton />
      )}
    </Part>
  )
}

function Decision({
  home,
  child,
  state,
  notice,
}: Place & { readonly state: GuardianState; readonly notice: GuardianNotice }) {
  const act = useGuardianAct(home, child)
  const age = useChildAge(home, child)
  const { since } = state
  const given = since !== undefined
  return (
    <>
      {state.need !== 'consent' ? (
        <Banner>
          {state.need === 'none' ? (
            <Trans>This account works without your consent.</Trans>
          ) : (
            <Trans>At this age they decide themselves. Please read along with them what is kept.</Trans>
          )}
        </Banner>
      ) : since !== undefined ? (
        <Banner>
          <Trans>You agreed on {dateAndTime(since)}. Their account works.</Trans>
        </Banner>
      ) : (
        <Banner tone="warn">
          <Trans>You have not agreed. Their account is closed.</Trans>
        </Banner>
      )}
      <div className="grid gap-3">
        {notice.paragraphs.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <p className="flex flex-wrap gap-x-4">
          {notice.documents.map(({ document, title }) => (
            <Link
              key={document}
              to={paths.document(document)}
              className="inline-flex min-h-11 items-center underline underline-offset-2"
            >
              {title}
            </Link>
          ))}
        </p>
      </div>
      <Failure error={act.error ?? age.error} />
      {(state.need === 'consent' || given) && (
        <div className="flex flex-wrap gap-3">
          {given ? (
            <Button
              isDisabled={act.isPending}
              onPress={() =>
                act.mutate(
                  { given: false },
                  { onSuccess: () => toasts.show(t`Taken back. Their account is closed.`) },
                )
              }
            >
              <Trans>Take my consent back</Trans>
            </Button>
          ) : (
            <Button
              isDisabled={act.isPending}
              onPress={() =>
                act.mutate(
                  { given: true, sha256: notice.sha256, locale: notice.locale },
                  { onSuccess: () => toasts.show(t`You agreed. Their account works now.`) },
                )
              }
            >
              <Trans>I agree for this child</Trans>
            </Button>
          )}
        </div>
      )}
      {state.mayAsk === true && (
        <Doors>
          <Door
            to={paths.ofChild(home, child, 'held')}
            icon={Database}
            name={t`What is held of this child`}
            hint={t`Every value, what for, how long, and who gets it`}
          />
          <Door
            to={paths.ofChild(home, child, 'requests')}
            icon={ScrollText}
            name={t`Copy or erase it`}
            hint={
              given ? t`With 72 hours to take an erasure back` : t`Their account is closed; this still works`
            }
          />
        </Doors>
      )}
      {state.need === 'consent' && given && (
        <div className="grid gap-2">
          <Select
            label={t`How old they are`}
            value={state.age}
            disabled={age.isPending}
            onChange={(next) => age.mutate(next)}
            options={ages.map((id) => ({ id, name: ageName(id) }))}
          />
          <p className="text-state font-normal text-muted">
            <Trans>
              Once they are old enough where they live, your consent ends and they are asked to agree
              themselves.
            </Trans>
          </p>
        </div>
      )}
    </>
  )
}
