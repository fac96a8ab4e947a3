import type { Locale } from '@eaves/model'
import type { CorrectionAnswer, WaitingCorrections } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = ['corrections'] as const
/** What people of this server say is wrong, for those who keep a home on it; kept nowhere once the page is left. // pp.8 */
export const useCorrections = (locale: Locale, enabled = true) =>
  useQuery({
    queryKey: [...key, locale],
    enabled,
    queryFn: ({ signal }) =>
      api.get<WaitingCorrections>(`/api/instance/corrections?locale=${locale}`, { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchInterval: 60_000,
  })
export function useAnswerCorrection() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...answer }: CorrectionAnswer & { readonly id: string }) =>
      api.post<undefined>(at`/api/instance/corrections/${id}`, answer),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  })
}
