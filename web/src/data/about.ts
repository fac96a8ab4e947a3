import type { Locale } from '@eaves/model'
import type { FieldNotice, HomeAbout, HomeAboutEdit } from '@eaves/model/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const key = (home: string) => ['about', home] as const
/** What is noted about a home; kept no longer than the page that shows it. */
export const useAbout = (home: string) =>
  useQuery({
    queryKey: key(home),
    queryFn: ({ signal }) => api.get<HomeAbout>(at`/api/homes/${home}/about`, { signal }),
    gcTime: 0,
    staleTime: 0,
  })
/** null deletes that one. */
export function useEditAbout(home: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: HomeAboutEdit) => api.patch<HomeAbout>(at`/api/homes/${home}/about`, body),
    onSuccess: (about) => cache.setQueryData(key(home), about),
  })
}
/** What stands beside the fields, in the words of the data map. // pp.lb.3 */
export const useHomeNotices = (locale: Locale) =>
  useQuery({
    queryKey: ['notices', locale],
    queryFn: ({ signal }) => api.get<FieldNotice[]>(`/api/notices/home?locale=${locale}`, { signal }),
    staleTime: Infinity,
  })

/** A floor area as people type it, with a point or a comma; undefined when it is none that can be kept. */
export function readArea(text: string): number | undefined {
  const plain = text.trim().replace(',', '.')
  if (!/^\d{1,6}(\.\d)?$/.test(plain)) return undefined
  const value = Number(plain)
  return value >= 1 && value <= 100_000 ? value : undefined
}
