import type { SceneCaptured, SceneCreate, SceneEdit, SceneRunView, SceneView } from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const scenesQuery = (home: string) =>
  queryOptions({
    queryKey: ['scenes', home],
    queryFn: ({ signal }) => api.get<readonly SceneView[]>(at`/api/homes/${home}/scenes`, { signal }),
  })
/** The scenes of a home in the order of its people. */
export const useScenes = (home: string) => useQuery(scenesQuery(home))

/** Making, changing, copying and deleting scenes. */
export function useChangeScenes(home: string) {
  const cache = useQueryClient()
  const onSuccess = () => cache.invalidateQueries(scenesQuery(home))
  return {
    add: useMutation({
      mutationFn: (body: SceneCreate) => api.post<SceneView>(at`/api/homes/${home}/scenes`, body),
      onSuccess,
    }),
    edit: useMutation({
      mutationFn: ({ scene, ...body }: SceneEdit & { readonly scene: string }) =>
        api.patch<SceneView>(at`/api/homes/${home}/scenes/${scene}`, body),
      onSuccess,
    }),
    copy: useMutation({
      mutationFn: ({ scene, name }: { scene: string; name: string }) =>
        api.post<SceneView>(at`/api/homes/${home}/scenes/${scene}/copies`, { name }),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (scene: string) => api.delete<undefined>(at`/api/homes/${home}/scenes/${scene}`),
      onSuccess,
    }),
  }
}

/** What these devices are now, as settings. */
export const captureNow = (
  home: string,
  devices: readonly string[],
  locks: boolean,
): Promise<SceneCaptured> =>
  api.post<SceneCaptured>(at`/api/homes/${home}/scene-captures`, { devices, locks })

export interface SceneRunWish {
  readonly devices?: readonly string[]
  readonly pin?: string
}
/** Answers once everything is on its way. */
export const runScene = (
  home: string,
  scene: string,
  { devices, pin }: SceneRunWish = {},
): Promise<SceneRunView> =>
  api.post<SceneRunView>(at`/api/homes/${home}/scenes/${scene}/run`, {
    ...(devices === undefined ? {} : { devices }),
    ...(pin === undefined ? {} : { confirm: { pin } }),
  })
/** How it ended, after half a minute at most. */
export const runEnded = (home: string, { scene, id }: SceneRunView): Promise<SceneRunView> =>
  api.get<SceneRunView>(`${at`/api/homes/${home}/scenes/${scene}/runs/${id}`}?wait=ended`)
export const undoRun = (home: string, { scene, id }: SceneRunView): Promise<SceneRunView> =>
  api.post<SceneRunView>(`${at`/api/homes/${home}/scenes/${scene}/runs/${id}/undo`}?wait=ended`, {})
