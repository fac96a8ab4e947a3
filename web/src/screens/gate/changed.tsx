import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { AgreementState } from '@eaves/model/api'
import { useState } from 'react'
import { Disclosure } from '../../ui/disclosure.tsx'
import { longDate } from '../../words/dates.ts'
import { LargeChanges, TextChanges } from '../versions/changes.tsx'

type Notice = NonNullable<AgreementState['notice']>

/** Asked again: what is large about the new text, from when, what holds until a yes, and every word that differs. // pp.7.3 */
export function Changed({
  notice,
  standing,
}: {
  readonly notice: Notice
  readonly standing: AgreementState['standing']
}) {
  const [open, setOpen] = useState(false)
  return (
    <section
      aria-labelledby="changed"
      className="grid gap-4 rounded-card bg-surface p-4 outline outline-line md:p-6"
    >
      <h2 id="changed" className="text-section">
        <Trans>What changes</Trans>
      </h2>
      <LargeChanges changes={notice.changes} />
      <p>
        <Until standing={standing} effectiveAt={notice.effectiveAt} />
      </p>
      <Disclosure
        open={open}
        onChange={setOpen}
        title={t`Every difference between version ${notice.from} and version ${notice.version}`}
      >
        <div className="border-t border-line pt-4">
          {open && <TextChanges from={notice.from} to={notice.version} />}
        </div>
      </Disclosure>
    </section>
  )
}

function Until({
  standing,
  effectiveAt,
}: {
  readonly standing: AgreementState['standing']
  readonly effectiveAt: string
}) {
  const day = longDate(effectiveAt)
  if (standing === 'notice_pending')
    return (
      <Trans>
        The new version takes effect on {day}. Until then everything goes on under the text you agreed to.
      </Trans>
    )
  if (standing === 'old_terms')
    return (
      <Trans>
        It has been in effect since {day}. You may keep the text you agreed to for as long as you like:
        nothing that is new is done with what is known about you.
      </Trans>
    )
  return (
    <Trans>
      It has been in effect since {day}. Until you agree you can see what is yours, use every right you have
      and switch what is in your home; nothing new is added.
    </Trans>
  )
}
