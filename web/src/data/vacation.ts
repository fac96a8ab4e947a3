import type { VacationEdit, VacationPlan, VacationView } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string, ...more: readonly string[]) => ['vacation', home, ...more]
export const useVacation = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<VacationView>(at`/api/homes/${home}/vacation`, { signal }),
    refetchOnWindowFocus: false,
  })
/** What it would do this evening, with the lamps as they are saved. */
export const useVacationPlan = (home: string, version: number) =>
  useQuery({
    queryKey: key(home, 'plan', String(version)),
    queryFn: ({ signal }) => api.get<VacationPlan>(at`/api/homes/${home}/vacation/plan`, { signal }),
  })
export function useEditVacation(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: VacationEdit) => api.put<VacationView>(at`/api/homes/${home}/vacation`, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: key(home) }),
  })
}
