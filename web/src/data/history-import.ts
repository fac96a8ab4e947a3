import { mostTableLetters } from '@eaves/model'
import type { HistoryImported, HistoryImportPreview } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'
import type { HistoryOf } from './history-id.ts'

export interface TableFile {
  readonly name: string
  readonly text: string
}
/** The text of a file that somebody chose, or why it can be none. It is read in the browser. */
export async function readTable(file: File): Promise<TableFile | 'too-large' | 'not-text'> {
  if (file.size > mostTableLetters) return 'too-large'
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return { name: file.name, text }
  } catch {
    return 'not-text'
  }
}

export interface TableAsked {
  readonly csv: string
  /** Whether a counter may begin anew. */
  readonly resets: boolean
}
/** What a table would bring to this value; nothing is written. */
export const useLookAtTable = (home: string, { device, part, capability, attribute }: HistoryOf) =>
  useMutation({
    mutationFn: (asked: TableAsked) =>
      api.post<HistoryImportPreview>(at`/api/homes/${home}/history/import/preview`, {
        ...{ device, part, capability, attribute },
        ...asked,
      }),
  })
/** Brings a table in. Whatever is shown of the past is asked for anew. */
export function useBringTable(home: string, { device, part, capability, attribute }: HistoryOf) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (asked: TableAsked) =>
      api.post<HistoryImported>(at`/api/homes/${home}/history/import`, {
        ...{ device, part, capability, attribute },
        ...asked,
      }),
    onSuccess: () =>
      cache.invalidateQueries({
        predicate: ({ queryKey: [name, of] }) => of === home && /^(history|energy)/.test(String(name)),
      }),
  })
}
