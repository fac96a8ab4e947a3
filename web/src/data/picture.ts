import { useQuery } from '@tanstack/react-query'
import { at, isProblem, readProblem } from './api.ts'

export interface Picture {
  /** A data address, since the page may show nothing else that is not a file of the server. */
  readonly src: string
  readonly takenAt: string | undefined
}
export const pictureKey = (home: string, device: string) => ['picture', home, device] as const

/** The last picture of a camera; null while there is none. A new one arrives with its event. */
export const usePicture = (home: string, device: string, part: string) =>
  useQuery({
    queryKey: [...pictureKey(home, device), part],
    queryFn: ({ signal }) =>
      load(`${at`/api/homes/${home}/devices/${device}/picture`}?${new URLSearchParams({ part })}`, signal),
    // Pictures of a home are not kept longer than the page that shows them.
    gcTime: 0,
    staleTime: 0,
  })

async function load(path: string, signal: AbortSignal): Promise<Picture | null> {
  const response = await fetch(path, { credentials: 'same-origin', signal })
  if (response.status === 204) return null
  if (!response.ok) {
    const problem: Error = await readProblem(response)
    if (isProblem(problem, 'auth.not-found')) return null
    throw problem
  }
  const taken = response.headers.get('last-modified')
  const takenMs = taken === null ? Number.NaN : Date.parse(taken)
  return {
    src: await dataAddress(await response.blob()),
    takenAt: Number.isNaN(takenMs) ? undefined : new Date(takenMs).toISOString(),
  }
}
const dataAddress = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(reader.error ?? new Error('unreadable picture')))
    reader.readAsDataURL(blob)
  })
