import type { ModeChangeView, ModeId, ModesView, OwnMode } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const modesQuery = (home: string) =>
  queryOptions({
    queryKey: ['modes', home],
    queryFn: ({ signal }) => api.get<ModesView>(at`/api/homes/${home}/modes`, { signal }),
    // Automations set it as well, and nothing tells of that.
    refetchInterval: 15_000,
  })
/** What the home is in, and the modes that it named. */
export const useModes = (home: string, enabled = true) => useQuery({ ...modesQuery(home), enabled })

/** When it has changed, newest first. */
export const useModeChanges = (home: string) =>
  useQuery({
    queryKey: ['mode-changes', home],
    queryFn: ({ signal }) =>
      api.get<readonly ModeChangeView[]>(at`/api/homes/${home}/modes/changes`, { signal }),
  })

export function useSetMode(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (mode: ModeId) => api.put<ModesView>(at`/api/homes/${home}/mode`, { mode }),
    onSuccess: (view) => {
      cache.setQueryData(modesQuery(home).queryKey, view)
      return cache.invalidateQueries({ queryKey: ['mode-changes', home] })
    },
  })
}

/** Naming modes of one's own, and taking those away. */
export function useChangeModes(home: string) {
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries(modesQuery(home))
  return {
    add: useMutation({
      mutationFn: (name: string) => api.post<OwnMode>(at`/api/homes/${home}/modes`, { name }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (mode: string) => api.delete<undefined>(at`/api/homes/${home}/modes/${mode}`),
      onSuccess,
    }),
  }
}
