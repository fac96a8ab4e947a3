import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AutomationBody, RunStep, WouldDo } from '@eaves/model/api'
import { cx } from '../../ui/cx.ts'
import { Dot } from './dot.tsx'
import { took } from './moments.ts'
import type { Names } from './names.ts'
import { exactly, failWords, linesOf, wouldWords } from './trace-words.ts'

/** What a run did, line by line: when, what, and how long it took. */
export function Timeline({
  steps,
  more,
  body,
  names,
}: {
  readonly steps: readonly RunStep[]
  readonly more: number | undefined
  readonly body: AutomationBody
  readonly names: Names
}) {
  const lines = linesOf(steps, body, names)
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {lines.map(({ key, text, tone, afterMs, tookMs }) => (
        <li key={key} className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
          <Dot tone={tone} />
          <div className="grid gap-0.5">
            <p className="wrap-anywhere">{text}</p>
            <p className="tabular text-state text-muted">
              {[
                afterMs === 0 ? t`at the start` : t`after ${took(afterMs)}`,
                ...(tookMs === undefined ? [] : [t`took ${took(tookMs)}`]),
              ].join(' · ')}
            </p>
          </div>
        </li>
      ))}
      {lines.length === 0 && (
        <li className="text-muted">
          <Trans>Nothing had to be looked at.</Trans>
        </li>
      )}
      {more !== undefined && (
        <li className="text-state text-muted">
          <Trans>{more} more steps were taken and are not written down.</Trans>
        </li>
      )}
    </ol>
  )
}

const heldCode = 'automation.held'
/** What would be sent, in words and to the letter; nobody receives it. */
export function Would({ would, names }: { readonly would: readonly WouldDo[]; readonly names: Names }) {
  if (would.length === 0)
    return (
      <p className="text-muted">
        <Trans>Nothing would be done.</Trans>
      </p>
    )
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {would.map((each, at) => {
        const letters = exactly(each)
        const said = wouldWords(each, names)
        return (
          <li key={at} className="grid gap-0.5 rounded-control bg-surface-2 px-3 py-2">
            <p className="wrap-anywhere">
              {said.charAt(0).toLocaleUpperCase() + said.slice(1)}
              {each.afterMs > 0 && (
                <span className="text-state text-muted"> {t`after ${took(each.afterMs)}`}</span>
              )}
            </p>
            {letters !== undefined && (
              <code className="text-caption wrap-anywhere text-muted">{letters}</code>
            )}
            {each.code !== undefined && (
              <p className={cx('text-state', each.code === heldCode ? 'text-muted' : 'text-alert')}>
                {each.code === heldCode
                  ? t`Left alone, not sent: somebody had set it by hand.`
                  : t`It would not be carried out: ${failWords(each.code)}`}
              </p>
            )}
          </li>
        )
      })}
    </ol>
  )
}
