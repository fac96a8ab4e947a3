import type {
  AutomationBody,
  AutomationCheck,
  AutomationChecked,
  AutomationEdit,
  AutomationExport,
  AutomationTextPreview,
  AutomationTextSaved,
  AutomationVersionView,
  AutomationView,
  AutomationWrite,
  DryRunView,
  ReplayView,
  RunView,
  StepTried,
  StepTry,
} from '@eaves/model/api'
import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { hasScreen } from '../screens.ts'
import { api, at } from './api.ts'

const automationsKey = (home: string) => ['automations', home] as const
const automationsQuery = (home: string) =>
  queryOptions({
    queryKey: automationsKey(home),
    queryFn: ({ signal }) =>
      api.get<readonly AutomationView[]>(at`/api/homes/${home}/automations`, { signal }),
    // Runs happen without anybody asking, and nothing tells of them.
    refetchInterval: 15_000,
  })
export const useAutomations = (home: string, enabled = true) =>
  useQuery({ ...automationsQuery(home), enabled })

const runsKey = (home: string, automation: string) => ['automation-runs', home, automation] as const
/** What its runs did, newest first. */
export const useRuns = (home: string, automation: string) =>
  useQuery({
    queryKey: runsKey(home, automation),
    queryFn: ({ signal }) =>
      api.get<readonly RunView[]>(`${at`/api/homes/${home}/automations/${automation}/runs`}?limit=100`, {
        signal,
      }),
    staleTime: 0,
    refetchInterval: 5_000,
  })
/** One run, as long as it is kept. */
export const useRun = (home: string, automation: string, run: string) =>
  useQuery({
    queryKey: [...runsKey(home, automation), run],
    queryFn: ({ signal }) =>
      api.get<RunView>(at`/api/homes/${home}/automations/${automation}/runs/${run}`, { signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.result === 'running' ? 2_000 : false),
  })
const versionsKey = (home: string, automation: string) => ['automation-versions', home, automation] as const
/** How it read at each save, newest first. */
export const useVersions = (home: string, automation: string) =>
  useQuery({
    queryKey: versionsKey(home, automation),
    queryFn: ({ signal }) =>
      api.get<readonly AutomationVersionView[]>(at`/api/homes/${home}/automations/${automation}/versions`, {
        signal,
      }),
  })

/** What looks wrong in one as it is saved, or as it is being written. */
export const useFindings = (home: string, asked: AutomationCheck) =>
  useQuery({
    queryKey: ['automation-check', home, asked],
    queryFn: ({ signal }) =>
      api.post<AutomationChecked>(at`/api/homes/${home}/automations/check`, asked, { signal }),
    staleTime: 0,
    gcTime: 0,
  })

/** Names of scenes for sentences; none where this app has no scenes. */
export const useSceneNames = (home: string, enabled: boolean) =>
  useQuery({
    queryKey: ['scenes', home],
    queryFn: ({ signal }) =>
      api.get<readonly { readonly id: string; readonly name: string }[]>(at`/api/homes/${home}/scenes`, {
        signal,
      }),
    enabled: enabled && hasScreen('scenes'),
  })

function again(cache: QueryClient, home: string, automation?: string): Promise<unknown> {
  return Promise.all([
    cache.invalidateQueries({ queryKey: automationsKey(home) }),
    ...(automation === undefined
      ? []
      : [
          cache.invalidateQueries({ queryKey: runsKey(home, automation) }),
          cache.invalidateQueries({ queryKey: versionsKey(home, automation) }),
        ]),
  ])
}
/** Takes in what the server answered, so that nothing flickers back. */
function take(cache: QueryClient, home: string, one: AutomationView): Promise<unknown> {
  cache.setQueryData<readonly AutomationView[]>(automationsKey(home), (all) =>
    all?.map((each) => (each.id === one.id ? one : each)),
  )
  return again(cache, home, one.id)
}

/** Writing, switching, reverting, running and deleting automations. */
export function useChangeAutomations(home: string) {
  const cache = useQueryClient()
  const one = (automation: string) => at`/api/homes/${home}/automations/${automation}`
  const onSuccess = (view: AutomationView) => take(cache, home, view)
  return {
    add: useMutation({
      mutationFn: (body: AutomationWrite) =>
        api.post<{ readonly id: string }>(at`/api/homes/${home}/automations`, body),
      onSuccess: () => again(cache, home),
    }),
    edit: useMutation({
      mutationFn: ({ automation, ...body }: AutomationEdit & { readonly automation: string }) =>
        api.put<AutomationView>(one(automation), body),
      onSuccess,
    }),
    enable: useMutation({
      mutationFn: ({ automation, enabled }: { readonly automation: string; readonly enabled: boolean }) =>
        api.put<AutomationView>(`${one(automation)}/enabled`, { enabled }),
      onSuccess,
    }),
    revert: useMutation({
      mutationFn: ({ automation, version }: { readonly automation: string; readonly version: number }) =>
        api.post<AutomationView>(`${one(automation)}/versions/${version}/revert`),
      onSuccess,
    }),
    run: useMutation({
      mutationFn: (automation: string) => api.post<RunView>(`${one(automation)}/run`),
      onSuccess: (_, automation) => again(cache, home, automation),
    }),
    remove: useMutation({
      mutationFn: (automation: string) => api.delete<undefined>(one(automation)),
      onSuccess: () => again(cache, home),
    }),
  }
}
/** The newest that the server has, after somebody else has saved. */
export const useReread = (home: string) => {
  const cache = useQueryClient()
  return async (automation: string): Promise<AutomationView | undefined> =>
    (await cache.fetchQuery({ ...automationsQuery(home), staleTime: 0 })).find(({ id }) => id === automation)
}

/** All automations of a home as a text. */
export const useAllText = (home: string) =>
  useMutation({
    mutationFn: async (as: 'yaml' | 'json') =>
      (await api.get<{ readonly text: string }>(`${at`/api/homes/${home}/automations/export`}?as=${as}`))
        .text,
  })
/** One that is being written, as a text. */
export const useText = (home: string) =>
  useMutation({
    mutationFn: async (ask: AutomationExport) =>
      (await api.post<{ readonly text: string }>(at`/api/homes/${home}/automations/export`, ask)).text,
  })
/** What a text would do, and where it is wrong. Nothing is saved. */
export const useReadText = (home: string) =>
  useMutation({
    mutationFn: (text: string) =>
      api.post<AutomationTextPreview>(at`/api/homes/${home}/automations/import/preview`, { text }),
  })
export const useBringText = (home: string) => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (asked: { readonly text: string; readonly leaveFaulty: boolean }) =>
      api.post<AutomationTextSaved>(at`/api/homes/${home}/automations/import`, asked),
    onSuccess: () => again(cache, home),
  })
}

/** What it would do now, as it is written at this moment. Nobody receives anything. */
export const useTry = (home: string) =>
  useMutation({
    mutationFn: (automation: AutomationBody) =>
      api.post<DryRunView>(at`/api/homes/${home}/automations/dry-run`, { automation }),
  })
/** One step, done now as whoever asks. */
export const useTryStep = (home: string) => {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (step: StepTry) => api.post<StepTried>(at`/api/homes/${home}/automations/step`, step),
    onSuccess: () => again(cache, home),
  })
}
/** How often it would have run over the past days. */
export const useReplay = (home: string) =>
  useMutation({
    mutationFn: ({ automation, days }: { readonly automation: AutomationBody; readonly days: number }) =>
      api.post<ReplayView>(at`/api/homes/${home}/automations/replay`, { automation, days }),
  })
