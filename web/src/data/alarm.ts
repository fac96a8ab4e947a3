import type { AlarmMode } from '@eaves/model'
import type {
  AlarmCodeCreate,
  AlarmCodeView,
  AlarmEvent,
  AlarmSetupEdit,
  AlarmSetupView,
  AlarmView,
} from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string, ...more: readonly string[]) => ['alarm', home, ...more]
const quickMs = 1_500
const calmMs = 5_000

/** How it stands; asked for again and again, and oftener while a delay runs. */
export const useAlarm = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<AlarmView>(at`/api/homes/${home}/alarm`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.until === undefined ? calmMs : quickMs),
  })
export const useAlarmLog = (home: string) =>
  useQuery({
    queryKey: key(home, 'log'),
    queryFn: ({ signal }) => api.get<readonly AlarmEvent[]>(at`/api/homes/${home}/alarm/log`, { signal }),
    refetchInterval: 15_000,
  })
export const useAlarmSetup = (home: string) =>
  useQuery({
    queryKey: key(home, 'setup'),
    queryFn: ({ signal }) => api.get<AlarmSetupView>(at`/api/homes/${home}/alarm/setup`, { signal }),
    refetchOnWindowFocus: false,
  })
export const useAlarmCodes = (home: string) =>
  useQuery({
    queryKey: key(home, 'codes'),
    queryFn: ({ signal }) =>
      api.get<readonly AlarmCodeView[]>(at`/api/homes/${home}/alarm/codes`, { signal }),
  })

/** A refusal of a code says so in its place and does not lead to a sign-in. */
export function useUseAlarm(home: string) {
  const cache = useQueryClient()
  const onSuccess = (view: AlarmView): void => {
    cache.setQueryData(key(home), view)
    void cache.invalidateQueries({ queryKey: key(home, 'log') })
  }
  return {
    arm: useMutation({
      mutationFn: (body: { readonly to: AlarmMode; readonly anyway?: boolean }) =>
        api.post<AlarmView>(at`/api/homes/${home}/alarm/arm`, body),
      onSuccess,
    }),
    disarm: useMutation({
      mutationFn: (body: { readonly code?: string }) =>
        api.post<AlarmView>(at`/api/homes/${home}/alarm/disarm`, body),
      onSuccess,
    }),
  }
}
export function useChangeAlarm(home: string) {
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries({ queryKey: key(home) })
  return {
    setUp: useMutation({
      mutationFn: (body: AlarmSetupEdit) => api.put<AlarmSetupView>(at`/api/homes/${home}/alarm/setup`, body),
      onSuccess,
    }),
    setOwn: useMutation({
      mutationFn: (body: { readonly code: string; readonly isDuress: boolean }) =>
        api.put<undefined>(at`/api/homes/${home}/alarm/codes/me`, body),
      onSuccess,
    }),
    removeOwn: useMutation({
      mutationFn: () => api.delete<undefined>(at`/api/homes/${home}/alarm/codes/me`),
      onSuccess,
    }),
    addCode: useMutation({
      mutationFn: (body: AlarmCodeCreate) => api.post<undefined>(at`/api/homes/${home}/alarm/codes`, body),
      onSuccess,
    }),
    removeCode: useMutation({
      mutationFn: (code: string) => api.delete<undefined>(at`/api/homes/${home}/alarm/codes/${code}`),
      onSuccess,
    }),
  }
}
