import type { Locale } from '@eaves/model'
import type { PromiseEntry, VersionChanges, VersionEntry } from '@eaves/model/api'
import { useQuery } from '@tanstack/react-query'
import { api, at } from './api.ts'

/** Every version of the texts, the newest first. */
export const useVersions = (locale: Locale) =>
  useQuery({
    queryKey: ['documents', 'history', locale],
    queryFn: ({ signal }) =>
      api.get<VersionEntry[]>(`${at`/api/documents/history`}?locale=${locale}`, { signal }),
  })

/** What two versions say differently. */
export const useVersionChanges = (from: string | undefined, to: string | undefined, locale: Locale) =>
  useQuery({
    enabled: from !== undefined && to !== undefined && from !== to,
    queryKey: ['documents', 'changes', from, to, locale],
    queryFn: ({ signal }) => {
      const asked = new URLSearchParams({ from: from ?? '', to: to ?? '', locale })
      return api.get<VersionChanges>(`${at`/api/documents/changes`}?${asked.toString()}`, { signal })
    },
    staleTime: Infinity,
  })

/** How each promise is kept. */
export const usePromises = (locale: Locale, enabled: boolean) =>
  useQuery({
    enabled,
    queryKey: ['documents', 'promises', locale],
    queryFn: ({ signal }) =>
      api.get<PromiseEntry[]>(`${at`/api/documents/promises`}?locale=${locale}`, { signal }),
    staleTime: 60_000,
  })
