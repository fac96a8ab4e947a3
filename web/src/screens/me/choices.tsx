import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import type { ChoiceRow, Gate } from '@eaves/model/api'
import { Download } from 'lucide-react'
import { useChoices, useReceipt, useSetChoice } from '../../data/choices.ts'
import { useGate } from '../../data/gate.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { PurposeFacts } from '../gate/purpose-facts.tsx'
import { Page } from './page.tsx'

export function Choices() {
  const choices = useChoices()
  const gate = useGate(pageLocale())
  const failed = choices.error ?? gate.error
  return (
    <Page
      title={t`Your choices`}
      lead={
        <Trans>Optional uses of your information. A no costs nothing else, and takes effect at once.</Trans>
      }
    >
      {failed ? (
        <QueryError error={failed} retry={() => Promise.all([choices.refetch(), gate.refetch()])} />
      ) : !choices.data || !gate.data ? (
        <BlockSkeleton />
      ) : choices.data.length === 0 ? (
        <p className="text-muted">
          <Trans>There are no optional uses.</Trans>
        </p>
      ) : (
        choices.data.map((row) => {
          const purpose = gate.data.purposes.find((each) => each.purpose === row.purpose)
          return purpose && <Choice key={row.purpose} row={row} purpose={purpose} />
        })
      )}
    </Page>
  )
}

const events: Readonly<Record<string, () => string>> = {
  shown: () => t`Shown to you`,
  given: () => t`You said yes`,
  refused: () => t`You said no`,
  withdrawn: () => t`You withdrew it`,
  renewed: () => t`You said yes again`,
}

/** Yes and no weigh the same; what was said, when, is below, with its proof. // pp.4.4.e */
function Choice({ row, purpose }: { readonly row: ChoiceRow; readonly purpose: Gate['purposes'][number] }) {
  const set = useSetChoice()
  const receipt = useReceipt()
  // A yes to what the purpose used to mean: neither answer stands until one is given. // pp.5.6
  const rests = !row.given && ['given', 'renewed'].includes(row.events.at(-1)?.event ?? '')
  const save = (): void =>
    receipt.mutate(row.purpose, {
      onSuccess: (found) =>
        saveFile(
          `eaves-receipt-${row.purpose}.json`,
          JSON.stringify(found, undefined, 2),
          'application/json',
        ),
    })
  return (
    <article
      aria-label={purpose.name}
      className="grid gap-4 rounded-card border border-line bg-surface p-4 md:p-6"
    >
      <Failure error={set.error ?? receipt.error} />
      <RadioGroup
        label={purpose.name}
        value={rests ? undefined : row.given ? 'yes' : 'no'}
        disabled={set.isPending}
        onChange={(next) => set.mutate({ purpose: row.purpose, given: next === 'yes' })}
        options={[
          { id: 'no', name: t({ context: 'consent', message: 'No' }) },
          { id: 'yes', name: t({ context: 'consent', message: 'Yes' }) },
        ]}
      />
      {rests && (
        <p>
          <Trans>
            You said yes to what this used to mean. It means more now, so it rests until you answer again.
            What was kept stays until you say no.
          </Trans>
        </p>
      )}
      <PurposeFacts id={`facts-${row.purpose}`} purpose={purpose} />
      {row.events.length > 0 && (
        <div className="grid gap-2 border-t border-line pt-4">
          <h2 className="text-card">
            <Trans>What you said, and when</Trans>
          </h2>
          <ol className="grid gap-1 text-state text-muted">
            {row.events.map((event) => (
              <li key={`${event.at}${event.event}`} className="flex justify-between gap-4">
                <span>{events[event.event]?.() ?? event.event}</span>
                <time dateTime={event.at} className="tabular">
                  {dateAndTime(event.at)}
                </time>
              </li>
            ))}
          </ol>
          <div>
            <Button icon={Download} isDisabled={receipt.isPending} onPress={save}>
              <Trans>Save the receipt</Trans>
            </Button>
          </div>
        </div>
      )}
    </article>
  )
}
