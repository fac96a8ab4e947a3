import { useQuery } from '@tanstack/react-query'
import { api, isProblem } from './api.ts'

export type InstanceAlert =
  | 'disk-full'
  | 'drivers-down'
  | 'retention-failing'
  | 'sms-ceiling'
  | 'sms-unused'
  | 'sms-failing'
/** Alerts about the server itself; empty for people who do not answer for it. */
export const useInstanceAlerts = () =>
  useQuery({
    queryKey: ['instance'],
    queryFn: async ({ signal }) => {
      try {
        return (await api.get<{ alerts: InstanceAlert[] }>('/api/instance', { signal })).alerts
      } catch (error) {
        if (isProblem(error) && (error.status === 403 || error.status === 404)) return []
        throw error
      }
    },
    refetchInterval: 60_000,
  })
export const useHealth = () =>
  useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) =>
      api.get<{ status: string; version: string; claimed: boolean }>('/health', { signal }),
  })
