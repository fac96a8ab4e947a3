import { t } from '@lingui/core/macro'
import { Trans } from '@lingui/react/macro'
import { useParams } from '@tanstack/react-router'
import { useCan } from '../../data/homes.ts'
import { useModes } from '../../data/modes.ts'
import { paths } from '../../paths.ts'
import { Back } from '../../shell/back.tsx'
import { QueryError } from '../../shell/query-error.tsx'
import { useTitle } from '../../shell/title.ts'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Changes } from './changes.tsx'
import { NamedPlaces } from './named-places.tsx'
import { ModeNow } from './now.tsx'
import { OwnModes } from './own.tsx'
import { OwnPresence } from './own-presence.tsx'
import { People } from './people.tsx'

/** What the home is in, who is there, and since when. */
export function Screen() {
  const { home } = useParams({ strict: false }) as { home: string }
  const can = useCan(home)
  const modes = useModes(home)
  useTitle(t`Modes and presence`)
  return (
    <div className="grid max-w-[48rem] grid-cols-[minmax(0,1fr)] gap-8">
      <header className="grid gap-1">
        <Back to={paths.home(home)}>
          <Trans>Home</Trans>
        </Back>
        <h1 className="text-display">
          <Trans>Modes and presence</Trans>
        </h1>
      </header>
      {modes.data ? (
        <>
          <ModeNow home={home} view={modes.data} />
          {can('mode.set') && <OwnModes home={home} view={modes.data} />}
          {can('mode.set') && <NamedPlaces home={home} />}
          {can('presence.read') && <People home={home} />}
          {can('member.self') && <OwnPresence home={home} />}
          <Changes home={home} own={modes.data.own} />
        </>
      ) : modes.error ? (
        <QueryError error={modes.error} retry={modes.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </div>
  )
}
