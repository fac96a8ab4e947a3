import type { BringReport } from '@eaves/model/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from './api.ts'

/** Says what a copy would bring, or brings it. The file goes to one's own server and nowhere else. // pp.4.4.c */
export function useBring() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async ({ file, dryRun }: { readonly file: File; readonly dryRun: boolean }) =>
      api.post<BringReport>('/api/me/import', { archive: await base64Of(file), dryRun }),
    onSuccess: ({ applied }) => (applied ? cache.invalidateQueries() : undefined),
  })
}

/** A step that every engine takes as arguments of one call. */
const step = 0x8000
async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step))
  return btoa(text)
}
