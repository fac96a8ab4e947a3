import type { NamedPlace } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { allKey, ownKey } from './presence.ts'

const placesQuery = (home: string) =>
  queryOptions({
    queryKey: ['named-places', home],
    queryFn: ({ signal }) => api.get<readonly NamedPlace[]>(at`/api/homes/${home}/places`, { signal }),
  })
/** Places that the home knows by name. */
export const useNamedPlaces = (home: string, enabled: boolean) => useQuery({ ...placesQuery(home), enabled })

/** Naming places, and taking names away. */
export function useChangeNamedPlaces(home: string) {
  const cache = useQueryClient()
  const onSuccess = () =>
    Promise.all(
      [placesQuery(home).queryKey, ownKey(home), allKey(home)].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    )
  return {
    add: useMutation({
      mutationFn: (name: string) => api.post<NamedPlace>(at`/api/homes/${home}/places`, { name }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (place: string) => api.delete<undefined>(at`/api/homes/${home}/places/${place}`),
      onSuccess,
    }),
  }
}
