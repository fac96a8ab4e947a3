import type { SearchAnswer, SearchHome } from '@eaves/model/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { paths } from '../paths.ts'
import { api } from './api.ts'

const restMs = 150
/** The text once the person has paused. */
export function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}

/** What is looked for travels in the body and is forgotten with the panel: it stands in no address and no history. // pp.2.2.3 */
export const useSearch = (q: string) =>
  useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => api.post<SearchAnswer>('/api/search', { q }, { signal }),
    enabled: q !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: 0,
    // Without a network it says so at once instead of waiting for one.
    networkMode: 'always',
    retry: false,
  })

export type HitKind = 'home' | 'room' | 'device' | 'member'
export interface Hit {
  readonly key: string
  readonly home: string
  readonly kind: HitKind
  readonly name: string
  readonly hint?: string | undefined
  readonly device?: SearchHome['devices'][number]
  readonly to: string
}
/** The finds of one home in one list: itself, its rooms, devices and people. */
export function hitsOf(found: SearchHome): Hit[] {
  const { id: home } = found
  return [
    ...(found.isMatch
      ? [{ key: home, home, kind: 'home' as const, name: found.name, to: paths.home(home) }]
      : []),
    ...found.rooms.map(({ id, name }): Hit => ({
      key: `${home} ${id}`,
      home,
      kind: 'room',
      name,
      to: paths.room(home, id),
    })),
    ...found.devices.map((device): Hit => ({
      key: `${home} ${device.id}`,
      home,
      kind: 'device',
      name: device.name,
      hint: device.roomName ?? undefined,
      device,
      to: paths.device(home, device.id),
    })),
    ...found.members.map(({ accountId, name }): Hit => ({
      key: `${home} ${accountId}`,
      home,
      kind: 'member',
      name,
      to: paths.member(home, accountId),
    })),
  ]
}
