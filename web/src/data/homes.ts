import type { Home } from '@eaves/model/api'
import type { HomeVerb } from '@eaves/policy'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from './api.ts'

export const homesQuery = queryOptions({
  queryKey: ['homes'],
  queryFn: ({ signal }) => api.get<Home[]>('/api/homes', { signal }),
})
export const useHomes = () => useQuery(homesQuery)
export const useHome = (home: string): Home | undefined => useHomes().data?.find((entry) => entry.id === home)
/** What the person can do in the home at all: what they cannot is absent, not disabled. The server decides again each time. */
export function useCan(home: string | undefined): (verb: HomeVerb) => boolean {
  const verbs = useHomes().data?.find((entry) => entry.id === home)?.verbs
  return (verb) => verbs?.includes(verb) ?? false
}

const lastHomeKey = 'eaves.home'
/** The home opened last on this device. */
export function lastHome(): string | null {
  return localStorage.getItem(lastHomeKey)
}
export function rememberHome(home: string): void {
  localStorage.setItem(lastHomeKey, home)
}
export function forgetLastHome(home: string): void {
  if (lastHome() === home) localStorage.removeItem(lastHomeKey)
}
