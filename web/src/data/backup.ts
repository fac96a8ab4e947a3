import type { BackupState } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'

const key = ['backup'] as const
/** How it stands with the copies of this server; asked often while one is being made. */
export const useBackup = () =>
  useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<BackupState>('/api/instance/backup', { signal }),
    refetchInterval: ({ state }) => (state.data?.isRunning === true ? 2_000 : 60_000),
  })
export function useBackUpNow() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<BackupState>('/api/instance/backup'),
    onSuccess: (now) => cache.setQueryData<BackupState>(key, now),
  })
}
