import type { AgeBand, Locale, Purpose, Region } from '@eaves/model'
import type { Acts, AgreementState, Choices, Gate } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { api, at, isProblem } from './api.ts'

/** What somebody has typed and decided before an account exists. It lives in this page's memory alone and is gone with it. // sa.4 */
export interface Entry {
  readonly claimCode: string | undefined
  readonly region: Region
  /** Chosen by the person alone. // pp.6 */
  readonly age: AgeBand | undefined
  readonly choices: Choices
  /** Present once the person has pressed Agree. */
  readonly acts: Acts | undefined
  readonly declined: boolean
}
const nothing: Entry = {
  claimCode: undefined,
  region: 'other',
  age: undefined,
  choices: {},
  acts: undefined,
  declined: false,
}
let entry: Entry = nothing
const listeners = new Set<() => void>()

export function changeEntry(change: Partial<Entry>): void {
  entry = { ...entry, ...change }
  listeners.forEach((listener) => listener())
}
/** Forgets everything that was typed or decided; with `declined` the documents stay open and the gate waits for the person's own act. // sa.4 */
export function forgetEntry(declined = false): void {
  changeEntry({ ...nothing, declined })
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const currentEntry = (): Entry => entry
export const useEntry = (): Entry => useSyncExternalStore(subscribe, currentEntry)

/** The two acts on exactly the texts that were shown; undefined when one of them was not. // sa.1 */
export function actsOn(
  documents: Gate['documents'],
  locale: Locale,
  region: Region,
  age?: AgeBand,
): Acts | undefined {
  const shown = (id: 'agreement' | 'privacy') =>
    documents.find((each) => each.document === id && each.locale === locale)
  const agreement = shown('agreement')
  const privacy = shown('privacy')
  if (agreement === undefined || privacy === undefined) return undefined
  return {
    agreement: { act: 'accept', sha256: agreement.sha256 },
    privacy: { act: 'acknowledge', sha256: privacy.sha256 },
    locale,
    region,
    ...(age === undefined ? {} : { age }),
  }
}
/** Every switch that was shown gets an answer; one that was not touched is a no. // pp.lb.2 */
export function choicesOn(shown: Gate['purposes'], switched: Choices): Choices {
  return Object.fromEntries(
    shown.map(({ purpose }): [Purpose, boolean] => [purpose, switched[purpose] === true]),
  )
}

export const gateQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['gate', locale],
    queryFn: ({ signal }) => api.get<Gate>(`${at`/api/gate`}?locale=${locale}`, { signal }),
  })
export const useGate = (locale: Locale) => useQuery(gateQuery(locale))

/** What a signed-in person is asked at the gate, if anything. */
export interface Renewal {
  readonly standing: AgreementState['standing']
  /** Never agreed to anything here. */
  readonly isFirst: boolean
  /** The change that waits for an answer; one may go on without giving it. // pp.7.3 */
  readonly notice: AgreementState['notice'] | undefined
}
/** Whether somebody is signed in here who has yet to agree to the present texts: for the first time, or again. */
export const useMustRenew = (claimed: boolean | undefined, locale: Locale) =>
  useQuery<false | Renewal>({
    // Before the claim nobody can be signed in.
    enabled: claimed === true,
    queryKey: ['agreements', 'standing', locale],
    queryFn: async ({ signal }) => {
      try {
        const { standing, notice, acts } = await api.get<AgreementState>(
          `${at`/api/me/agreements`}?locale=${locale}`,
          { signal, stay: true },
        )
        if (standing === 'current') return false
        return { standing, notice, isFirst: acts.length === 0 }
      } catch (error) {
        if (isProblem(error, 'auth.required')) return false
        throw error
      }
    },
    staleTime: 0,
  })

export function useRenewAgreement() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (body: { acts: Acts } | { refuse: true; locale: Locale }) =>
      api.post<unknown>('/api/me/agreements', body, { stay: true }),
    onSuccess: () => cache.resetQueries(),
  })
}
