import type { ChoiceRow, Receipt } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import { rememberLabelChoice } from './device-label.ts'

const key = ['choices'] as const
export const useChoices = () =>
  useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<ChoiceRow[]>('/api/me/choices', { signal }) })
/** Withdrawing is as easy as giving; what the server refuses leaves the choice as it was. // pp.4.4.e */
export function useSetChoice() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ purpose, given }: { purpose: ChoiceRow['purpose']; given: boolean }) =>
      api.put<ChoiceRow>(at`/api/me/choices/${purpose}`, { given }),
    onSuccess: (row) => {
      if (row.purpose === 'account.device-label') rememberLabelChoice(row.given)
      cache.setQueryData<ChoiceRow[]>(key, (rows) =>
        rows?.map((each) => (each.purpose === row.purpose ? row : each)),
      )
      // What a choice kept may have ended with it.
      cache.removeQueries({ queryKey: ['searches'] })
      return cache.invalidateQueries({ queryKey: ['sign-ins'] })
    },
  })
}
export const useReceipt = () =>
  useMutation({
    mutationFn: (purpose: ChoiceRow['purpose']) => api.get<Receipt>(at`/api/me/choices/${purpose}/receipt`),
  })
