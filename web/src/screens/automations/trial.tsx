import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { AutomationBody, DryRunView, ReplayView } from '@eaves/model/api'
import { Banner } from '../../ui/banner.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Part } from '../../ui/part.tsx'
import { list, dateAndTime } from '../../words/time.ts'
import { Dot } from './dot.tsx'
import type { Names } from './names.ts'
import { conditionPhrase, triggerPhrase } from './phrases.ts'
import { resultTone, resultWord } from './results.ts'
import { itemAt, type Action, type Condition, type Trigger } from './shape.ts'
import { Timeline, Would } from './trace.tsx'

/** What it would do at this moment. */
export function Tried({
  tried,
  body,
  names,
}: {
  readonly tried: DryRunView
  readonly body: AutomationBody
  readonly names: Names
}) {
  return (
    <Part id="tried" title={t`If it ran now`} lead={t`Only tried: no device and nobody received anything.`}>
      <div role="status" className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <p className="flex items-center gap-2">
          <Dot tone={resultTone(tried.result)} />
          {tried.result === 'skipped' ? (
            <Trans>It would be skipped: a condition does not hold now.</Trans>
          ) : tried.result === 'failed' ? (
            <Trans>Something of it would fail.</Trans>
          ) : (
            <Trans>It would run.</Trans>
          )}
        </p>
        {tried.result !== 'skipped' && <Would would={tried.would} names={names} />}
      </div>
      <Disclosure title={t`Step by step`} {...(tried.result === 'skipped' ? { open: true } : {})}>
        <Timeline steps={tried.steps} more={tried.more} body={body} names={names} />
      </Disclosure>
    </Part>
  )
}

/** How often it would have run over the past days, each of them to be opened. */
export function Replayed({
  replay,
  body,
  names,
}: {
  readonly replay: ReplayView
  readonly body: AutomationBody
  readonly names: Names
}) {
  const { times, atNight, skipped, runs, unknown, truncated } = replay
  const unheard = unknown.flatMap((at) => {
    const item = itemAt(body, at) as Trigger | Condition | Action | undefined
    if (item === undefined) return []
    if (item.kind === 'ask') return [t`what would have been answered to “${item.text}”`]
    const said = at.startsWith('conditions/')
      ? conditionPhrase(item as Condition, names)
      : triggerPhrase(item as Trigger, names)
    return [said]
  })
  return (
    <Part
      id="replayed"
      title={t`Over the past days`}
      lead={t`From ${dateAndTime(replay.from)} to ${dateAndTime(replay.to)}, by what your devices reported.`}
    >
      <p role="status" className="text-group">
        <Plural
          value={times}
          _0="It would not have run."
          one="It would have run once"
          other="It would have run # times"
        />
        {times > 0 && (
          <Plural value={atNight} _0=", never at night." one=", once at night." other=", # times at night." />
        )}
      </p>
      {skipped > 0 && (
        <p className="text-muted">
          <Plural
            value={skipped}
            one="One more time a condition did not hold."
            other="# more times a condition did not hold."
          />
        </p>
      )}
      {unheard.length > 0 && (
        <Banner>{t`Nothing is kept of this, so it could not be played: ${list(unheard)}`}</Banner>
      )}
      {unknown.includes('holds') && (
        <p className="text-state text-muted">
          <Trans>
            What somebody wanted left alone is not known for all of this time; steps that were left alone then
            may be shown as sent.
          </Trans>
        </p>
      )}
      {truncated && (
        <Banner tone="warn">
          <Trans>There was more than could be read at once. Choose fewer days.</Trans>
        </Banner>
      )}
      {runs.length > 0 && (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface px-4">
          {runs.map((run, at) => (
            <li key={at}>
              <Disclosure
                title={`${dateAndTime(run.at)} · ${resultWord(run.result)}${run.night ? ` · ${t`at night`}` : ''}`}
              >
                <div className="grid grid-cols-[minmax(0,1fr)] gap-4 pb-4">
                  <Would would={run.would} names={names} />
                  <Timeline steps={run.steps} more={run.more} body={body} names={names} />
                </div>
              </Disclosure>
            </li>
          ))}
        </ul>
      )}
      {times > runs.length && runs.length > 0 && (
        <p className="text-state text-muted">
          <Trans>The newest {runs.length} are listed.</Trans>
        </p>
      )}
    </Part>
  )
}
