import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useRemoveSearches, useSearches } from '../../data/activity.ts'
import { useChoices, useSetChoice } from '../../data/choices.ts'
import { useGate } from '../../data/gate.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { Button } from '../../ui/button.tsx'
import { RadioGroup } from '../../ui/choice.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { PurposeFacts } from '../gate/purpose-facts.tsx'
import { Rows } from './page.tsx'

const asked = 'account.search-history'

/** The choice about searches where it belongs, off until somebody says yes, with what it has kept. // pp.2.2.3 */
export function SearchHistory() {
  const row = useChoices().data?.find(({ purpose }) => purpose === asked)
  const purpose = useGate(pageLocale()).data?.purposes.find((each) => each.purpose === asked)
  const set = useSetChoice()
  const list = useSearches(row?.given === true)
  const remove = useRemoveSearches()
  if (row === undefined || purpose === undefined) return null
  const kept = row.given ? (list.data ?? []) : []
  return (
    <section aria-labelledby="searches" className="grid gap-3">
      <h2 id="searches" className="text-section">
        <Trans>Your searches</Trans>
      </h2>
      <div className="grid gap-4 rounded-card border border-line bg-surface p-4 md:p-6">
        <Failure error={set.error ?? remove.error ?? list.error} />
        <RadioGroup
          label={purpose.name}
          value={row.given ? 'yes' : 'no'}
          disabled={set.isPending}
          onChange={(next) => set.mutate({ purpose: asked, given: next === 'yes' })}
          options={[
            { id: 'no', name: t({ context: 'consent', message: 'No' }) },
            { id: 'yes', name: t({ context: 'consent', message: 'Yes' }) },
          ]}
        />
        <PurposeFacts id="search-facts" purpose={purpose} />
        <div className="flex flex-wrap gap-3">
          <LinkButton to={paths.mine('choices')}>
            <Trans>All your choices</Trans>
          </LinkButton>
          {kept.length > 0 && (
            <Button variant="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
              <Trans>Remove all searches</Trans>
            </Button>
          )}
        </div>
      </div>
      {row.given && kept.length === 0 && !list.isPending && !list.error && (
        <p className="text-muted">
          <Trans>No search is kept.</Trans>
        </p>
      )}
      {kept.length > 0 && (
        <Rows>
          {kept.map((search) => (
            <li key={search.id} className="flex flex-wrap justify-between gap-x-4 gap-y-1 p-4">
              <span className="min-w-0 wrap-anywhere">{search.text}</span>
              <time dateTime={search.at} className="tabular text-state text-muted">
                {dateAndTime(search.at)}
              </time>
            </li>
          ))}
        </Rows>
      )}
    </section>
  )
}
