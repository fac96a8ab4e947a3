import { Trans } from '@lingui/react/macro'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { isProblem } from '../../data/api.ts'
import { stopLive, useConnection } from '../../data/connection.ts'
import { selfQuery, useSelf } from '../../data/panels.ts'
import { liveAsPerson } from '../../data/tickets.ts'
import { QueryError } from '../../shell/query-error.tsx'
import { BlockSkeleton } from '../../ui/skeleton.tsx'
import { Board } from './board.tsx'
import { Pairing } from './pairing.tsx'
import { useWallLooks } from './looks.ts'

/** A wall panel: pairs with a code, then shows what it may reach and nothing else. */
export function Screen() {
  const { live } = useConnection()
  const self = useSelf(live)
  const cache = useQueryClient()
  const [paired, setPaired] = useState(false)
  useWallLooks()
  const { refetch } = self
  // The connection may have ended because the panel did.
  useEffect(() => {
    if (!live) void refetch()
  }, [live, refetch])
  const isOver = isProblem(self.error, 'auth.required', 'auth.forbidden')
  useEffect(() => {
    if (!isOver) return
    // Nothing of the home stays behind on a tablet that is no longer one of its panels.
    stopLive()
    liveAsPerson()
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== selfQuery.queryKey[0] })
  }, [isOver, cache])
  if (isOver)
    return (
      <Pairing
        wasPaired={paired && isProblem(self.error, 'auth.required')}
        signedIn={isProblem(self.error, 'auth.forbidden')}
        onPaired={() => void self.refetch()}
      />
    )
  const rests = isProblem(self.error, 'policy.agreement-required')
  if (self.data && !rests)
    return <Board self={self.data} onShown={() => setPaired(true)} onLeft={() => void self.refetch()} />
  return (
    <main id="main" className="page-gutter mx-auto max-w-[36rem] py-12">
      {rests ? (
        <>
          <h1 className="text-display">
            <Trans>This panel rests</Trans>
          </h1>
          <p role="status" className="mt-3 text-body text-muted">
            <Trans>
              It works again as soon as an owner or administrator of the home has agreed to the present
              documents in their own app.
            </Trans>
          </p>
        </>
      ) : self.error ? (
        <QueryError level={1} error={self.error} retry={self.refetch} />
      ) : (
        <BlockSkeleton />
      )}
    </main>
  )
}
