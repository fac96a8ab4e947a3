import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useHeld, useOpenHeld } from '../../data/own-data.ts'
import { paths } from '../../paths.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { pageLocale } from '../../words/locale.ts'
import { Page } from '../me/page.tsx'
import { Closed, HeldList } from '../privacy/held.tsx'
import { Offline } from '../privacy/offline.tsx'

/** Everything held about the child, as its guardian sees it. // pp.6 pp.4.4.a */
export function Held({ home, child }: { readonly home: string; readonly child: string }) {
  const held = useHeld(pageLocale(), child)
  const opened = useOpenHeld(pageLocale(), child)
  useTitle(t`What is held of this child`)
  return (
    <Page
      title={t`What is held of this child`}
      up={{ to: paths.member(home, child), name: t`The child’s page` }}
      lead={
        <Trans>
          What stands in the store now, by kind. The child’s own list of activity says that you looked.
        </Trans>
      }
    >
      <Offline />
      {held.error && !held.data ? (
        <QueryError error={held.error} retry={held.refetch} />
      ) : held.data ? (
        <>
          {opened.data === undefined && <Closed opened={opened} />}
          <HeldList
            held={opened.data ?? held.data}
            toCopy={paths.ofChild(home, child, 'requests')}
            mayCorrect={false}
          />
        </>
      ) : (
        <BlockSkeleton />
      )}
    </Page>
  )
}
