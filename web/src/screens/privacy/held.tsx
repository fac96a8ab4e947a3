import { t } from '@lingui/core/macro'
import { Plural, Trans } from '@lingui/react/macro'
import type { Held } from '@eaves/model/api'
import { Database, Eye } from 'lucide-react'
import { useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { useOnline } from '../../data/online.ts'
import { useHeld, useOpenHeld } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { Failure } from '../../shell/failure.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { Button } from '../../ui/button.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { pageLocale } from '../../words/locale.ts'
import { dateAndTime } from '../../words/time.ts'
import { Page } from '../me/page.tsx'
import { HeldField } from './held-field.tsx'
import { Offline } from './offline.tsx'

/** Everything held about oneself: category and field, and once it is proved who asks, the values themselves. // pp.4.4.a pp.4.3 */
export function HeldPage() {
  const locale = pageLocale()
  const held = useHeld(locale)
  const opened = useOpenHeld(locale)
  useTitle(t`What is held`)
  return (
    <Page
      title={t`What is held`}
      up={{ to: paths.privacy, name: t`Your data` }}
      lead={<Trans>What stands in the store now, by kind. What is of other people is left out.</Trans>}
    >
      <Offline />
      {held.error && !held.data ? (
        <QueryError error={held.error} retry={held.refetch} />
      ) : held.data ? (
        <>
          {opened.data === undefined && <Closed opened={opened} />}
          <HeldList held={opened.data ?? held.data} />
        </>
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}

/** Whoever finds a device that is signed in learns what is held, and not what it says. */
export function Closed({ opened }: { readonly opened: ReturnType<typeof useOpenHeld> }) {
  const online = useOnline()
  const isLeft = isProblem(opened.error, 'auth.step-up-required')
  return (
    <>
      <Failure error={isLeft ? null : opened.error} />
      <p className="text-state font-normal text-muted">
        <Trans>To see the values themselves, confirm that it is you.</Trans>
      </p>
      <div>
        <Button icon={Eye} isDisabled={!online || opened.isPending} onPress={() => opened.mutate()}>
          <Trans>Show the values</Trans>
        </Button>
      </div>
    </>
  )
}

/** What is held, and the way to a copy of it. */
export function HeldList({
  held,
  toCopy = paths.ofPrivacy('requests'),
  mayCorrect = true,
}: {
  readonly held: Held
  readonly toCopy?: string
  /** Not of somebody else: where one edits is one's own page. */
  readonly mayCorrect?: boolean
}) {
  const categories = held.categories.filter(({ fields }) => fields.some(({ count }) => count > 0))
  if (categories.length === 0) return <EmptyState icon={Database} title={t`Nothing is held`} level={2} />
  return (
    <>
      <p className="text-state font-normal text-muted">
        <Trans>As of {dateAndTime(held.at)}</Trans>
      </p>
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-3">
        {categories.map((category) => (
          <Category
            key={category.category}
            category={category}
            isOpen={held.open}
            mayCorrect={mayCorrect}
            correction={held.correction}
          />
        ))}
      </ul>
      <div>
        <LinkButton to={toCopy}>
          <Trans>Get it all as a copy</Trans>
        </LinkButton>
      </div>
    </>
  )
}

/** Drawn when it is opened: all of it at once is long. */
function Category({
  category,
  isOpen,
  mayCorrect,
  correction,
}: {
  readonly correction: Held['correction']
  readonly category: Held['categories'][number]
  readonly isOpen: boolean
  readonly mayCorrect: boolean
}) {
  const [open, setOpen] = useState(false)
  const fields = category.fields.filter(({ count }) => count > 0)
  const count = fields.reduce((total, field) => total + field.count, 0)
  return (
    <li className="rounded-card border border-line bg-surface px-4 py-1 md:px-6">
      <Disclosure
        open={open}
        onChange={setOpen}
        title={
          <span className="grid py-2">
            <span className="text-ink">{category.label}</span>
            <span className="text-state font-normal text-muted">
              <Plural value={count} one="# value" other="# values" />
            </span>
          </span>
        }
      >
        {open && (
          <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line">
            {fields.map((field) => (
              <HeldField
                key={`${field.place}.${field.field}`}
                field={field}
                isOpen={isOpen}
                mayCorrect={mayCorrect}
                correction={correction}
              />
            ))}
          </ul>
        )}
      </Disclosure>
    </li>
  )
}
