import type { BlueprintPreview, BlueprintRead, BlueprintWrite, BlueprintWritten } from '@eaves/model/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, at } from './api.ts'

const restMs = 300
/** What was asked last, once nobody has changed it for a moment: nothing is asked for each letter that is typed. */
function useSettled<T>(asked: T): T {
  const key = JSON.stringify(asked)
  const [settled, setSettled] = useState({ key, asked })
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ key, asked }), restMs)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says all of it
  }, [key])
  return settled.asked
}
const fresh = { staleTime: 0, gcTime: 0, placeholderData: keepPreviousData } as const

/** What a blueprint asks for and what would be made of it. Nothing is saved. */
export function useBlueprint(home: string, wish: BlueprintRead) {
  const asked = useSettled(wish)
  const query = useQuery({
    queryKey: ['blueprint', home, asked],
    queryFn: ({ signal }) =>
      api.post<BlueprintPreview>(at`/api/homes/${home}/automations/blueprint/preview`, asked, { signal }),
    enabled: asked.text !== '',
    ...fresh,
  })
  return { ...query, isBehind: query.isPlaceholderData || JSON.stringify(asked) !== JSON.stringify(wish) }
}

/** An automation that is being written, as a blueprint. */
export function useShared(home: string, wish: BlueprintWrite, enabled: boolean) {
  const asked = useSettled(wish)
  const query = useQuery({
    queryKey: ['blueprint-export', home, asked],
    queryFn: ({ signal }) =>
      api.post<BlueprintWritten>(at`/api/homes/${home}/automations/blueprint/export`, asked, { signal }),
    enabled,
    ...fresh,
  })
  return { ...query, isBehind: query.isPlaceholderData || JSON.stringify(asked) !== JSON.stringify(wish) }
}
