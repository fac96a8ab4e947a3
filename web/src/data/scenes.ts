import type {
  SceneCaptured,
  SceneCreate,
  SceneEdit,
  SceneRunView,
  SceneVersionView,
  SceneView,
} from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, at } from './api.ts'

const scenesQuery = (home: string) =>
  queryOptions({
    queryKey: ['scenes', home],
    queryFn: ({ signal }) => api.get<readonly SceneView[]>(at`/api/homes/${home}/scenes`, { signal }),
  })
/** The scenes of a home in the order of its people. */
export const useScenes = (home: string, everyMs?: number, enabled = true) =>
  useQuery({ ...scenesQuery(home), enabled, ...(everyMs === undefined ? {} : { refetchInterval: everyMs }) })

const versionsKey = (home: string) => ['scene-versions', home] as const
/** How a scene read at each save, newest first. */
export const useSceneVersions = (home: string, scene: string) =>
  useQuery({
    queryKey: [...versionsKey(home), scene],
    queryFn: ({ signal }) =>
      api.get<readonly SceneVersionView[]>(at`/api/homes/${home}/scenes/${scene}/versions`, { signal }),
    staleTime: 0,
  })

/** Making, changing, copying and deleting scenes. */
export function useChangeScenes(home: string) {
  const cache = useQueryClient()
  const onSuccess = () =>
    Promise.all([
      cache.invalidateQueries(scenesQuery(home)),
      cache.invalidateQueries({ queryKey: versionsKey(home) }),
    ])
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
    revert: useMutation({
      mutationFn: ({ scene, version }: { readonly scene: string; readonly version: number }) =>
        api.post<SceneView>(at`/api/homes/${home}/scenes/${scene}/versions/${version}/revert`),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (scene: string) => api.delete<undefined>(at`/api/homes/${home}/scenes/${scene}`),
      onSuccess,
    }),
    restore: useMutation({
      mutationFn: (scene: string) => api.post<SceneView>(at`/api/homes/${home}/scenes/${scene}/restore`),
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
