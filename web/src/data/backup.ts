import type { BackupState } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'
import { useHomes } from './homes.ts'

const key = ['backup'] as const
/** How it stands with the copies of this server; asked often while one is being made. */
export const useBackup = (enabled = true) =>
  useQuery({
    queryKey: key,
    enabled,
    queryFn: ({ signal }) => api.get<BackupState>('/api/instance/backup', { signal }),
    refetchInterval: ({ state }) => (state.data?.isRunning === true ? 2_000 : 60_000),
  })
/** Whether this person keeps a home on a server that nobody could restore: the kit that opens its backups was never made. */
export function useKitIsMissing(): boolean {
  const isKeeper = useHomes().data?.some(({ role }) => role === 'owner' || role === 'admin') === true
  const { data } = useBackup(isKeeper)
  return isKeeper && data?.isSupported === true && data.kit === undefined
}
export function useBackUpNow() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => api.post<BackupState>('/api/instance/backup'),
    onSuccess: (now) => cache.setQueryData<BackupState>(key, now),
  })
}
