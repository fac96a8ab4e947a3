import { QueryClient } from '@tanstack/react-query'
import { isProblem } from './api.ts'

/** One cache for the whole app. Live frames write into it, so answers do not go stale by age while the socket is open. */
export const queryClient = new QueryClient({
  defaultOptions: {
    // Whether the house answers has nothing to do with what the browser thinks of the internet; and an act never waits for it.
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 30_000,
      retry: (failures, error) =>
        failures < 2 && (!isProblem(error) || error.status === 0 || error.status >= 502),
      refetchOnWindowFocus: false,
    },
  },
})
